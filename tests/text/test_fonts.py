"""Finding, opening and measuring fonts, with the bundled family and whatever is installed."""

import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakValueDictionary

import numpy as np
import pytest

from gputerm.errors import FontError
from gputerm.text import Glyphs, contents, discovery
from gputerm.text.discovery import FontFile, FontSpec
from gputerm.text.face import Face
from gputerm.text.fonts import Fonts
from gputerm.text.metrics import FontOptions, LineMetrics, cell_metrics

ROOT = Path(__file__).resolve().parents[2]
REGULAR, BOLD = {"bold": False, "italic": False}, {"bold": True, "italic": False}


@pytest.fixture
def face():
    return Face(discovery.bundled(), 15.0)


def fontconfig_or_skip():
    found = discovery.fontconfig()
    if found is None:
        pytest.skip("libfontconfig is not installed")
    return found


def installed_or_skip(family):
    file, problem = discovery.find(FontSpec(family), **REGULAR, size_px=15)
    if problem:
        pytest.skip(f"the font {family} is not installed")
    return file


def test_no_family_is_the_bundled_one_without_asking_fontconfig(monkeypatch):
    monkeypatch.setattr(discovery, "fontconfig", lambda: pytest.fail("asked"))
    for bold, name in ((False, "Regular"), (True, "Bold")):
        file, problem = discovery.find(FontSpec(), bold=bold, italic=False, size_px=15)
        assert Path(file.path).name == f"JetBrainsMono-{name}.ttf"
        assert problem is None


def test_the_bundled_family_has_its_licence_and_stays_small():
    folder = Path(discovery.bundled().path).parent
    assert "SIL OPEN FONT LICENSE" in (folder / "JetBrainsMono-OFL.txt").read_text()
    assert sum(file.stat().st_size for file in folder.iterdir()) < 2_000_000


def test_a_family_that_is_not_installed_gives_one_line_and_the_default():
    file, problem = discovery.find(FontSpec("No Such Family"), **BOLD, size_px=15)
    assert file == discovery.bundled(bold=True)
    assert problem is not None
    assert "\n" not in problem
    assert "'No Such Family'" in problem
    assert "using JetBrains Mono" in problem


def test_problems_are_told_once_for_all_four_styles():
    fonts = Fonts(FontOptions(normal=FontSpec("No Such Family")))
    assert len(fonts.problems) == 1


def test_monospace_without_fontconfig_is_the_bundled_family(monkeypatch):
    monkeypatch.setattr(discovery, "fontconfig", lambda: None)
    assert discovery.find(FontSpec("monospace"), **REGULAR, size_px=15) == (
        discovery.bundled(),
        None,
    )
    _, problem = discovery.find(FontSpec("Courier"), **REGULAR, size_px=15)
    assert problem is not None
    assert "libfontconfig" in problem


def test_styles_of_an_installed_family_are_matched():
    fontconfig_or_skip()
    installed_or_skip("DejaVu Sans Mono")
    bold, _ = discovery.find(FontSpec("DejaVu Sans Mono"), **BOLD, size_px=15)
    assert Path(bold.path).name == "DejaVuSansMono-Bold.ttf"
    assert not bold.synthetic_bold
    named, _ = discovery.find(FontSpec("DejaVu Sans Mono", "Bold"), **REGULAR, size_px=15)
    assert named.path == bold.path


def test_a_family_without_bold_or_italic_gets_them_drawn():
    fontconfig_or_skip()
    installed_or_skip("Droid Sans Fallback")
    file, _ = discovery.find(FontSpec("Droid Sans Fallback"), bold=True, italic=True, size_px=15)
    assert file.synthetic_bold
    assert file.synthetic_oblique


def test_fallback_has_the_character_or_is_empty():
    system = fontconfig_or_skip()
    query = {**REGULAR, "size_px": 15, "color": False}
    for file in list(system.fallback("中", "monospace", **query))[:3]:
        assert Face(file, 15).glyph_index(ord("中"))
    assert list(system.fallback("\U0010fffd", "monospace", **query)) == []


def test_text_is_served_by_one_face_that_has_all_of_it(face):
    fonts = Fonts(FontOptions())
    found = fonts.for_text("aé", **REGULAR, emoji=False)
    assert found is not None
    assert found.file == discovery.bundled()
    assert fonts.is_primary(found)
    assert fonts.for_text("\U0010fffd", **REGULAR, emoji=False) is None


def test_an_unreadable_file_is_an_error_that_names_it(tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"not a font")
    with pytest.raises(FontError, match=r"broken\.ttf"):
        Face(FontFile(str(broken)), 15)


def test_a_primary_font_that_became_unreadable_is_replaced(monkeypatch, tmp_path):
    gone = FontFile(str(tmp_path / "gone.ttf"))
    monkeypatch.setattr(discovery, "find", lambda *args, **kwargs: (gone, None))
    fonts = Fonts(FontOptions())
    assert fonts.face(**REGULAR).file == discovery.bundled()
    assert len(fonts.problems) == 1
    assert "gone.ttf" in fonts.problems[0]


def test_a_glyph_is_drawn_where_it_stands(face):
    drawn = face.render(face.glyph_index(ord("g")))
    assert drawn.pixels.dtype == np.uint8
    assert drawn.pixels.max() == 255
    assert drawn.top < 12
    assert drawn.pixels.shape[0] > drawn.top, "g reaches below the baseline"
    assert drawn.advance == 9
    blank = face.render(face.glyph_index(ord(" ")))
    assert blank.pixels.size == 0


def test_a_scaled_glyph_leaves_the_face_as_it_was(face):
    glyph = face.glyph_index(ord("M"))
    before = face.render(glyph)
    half = face.render(glyph, 0.5)
    assert half.pixels.shape[0] < before.pixels.shape[0] * 0.7
    assert (face.render(glyph).pixels == before.pixels).all()


def test_synthetic_bold_is_darker_and_oblique_leans():
    file = discovery.bundled()
    plain = Face(file, 30.0)
    bold = Face(FontFile(file.path, synthetic_bold=True), 30.0)
    oblique = Face(FontFile(file.path, synthetic_oblique=True), 30.0)
    glyph = plain.glyph_index(ord("|"))
    upright = plain.render(glyph).pixels
    assert bold.render(glyph).pixels.astype(int).sum() > upright.astype(int).sum() * 1.1
    leaning = oblique.render(glyph).pixels.astype(float)
    rows, columns = np.arange(leaning.shape[0]), np.arange(leaning.shape[1])
    centres = (leaning * columns).sum(axis=1) / leaning.sum(axis=1)
    slope = np.polyfit(rows, centres, 1)[0]
    assert slope == pytest.approx(-0.21, abs=0.03)  # 12 degrees, leaning to the right


def test_mono_rendering_has_two_levels():
    drawn = Face(FontFile(discovery.bundled().path, antialias=False), 15.0)
    pixels = drawn.render(drawn.glyph_index(ord("S"))).pixels
    assert set(np.unique(pixels)) == {0, 255}


def test_the_bundled_font_makes_alacrittys_grid(face):
    metrics = cell_metrics(face.line_metrics())
    assert (metrics.cell_width, metrics.cell_height) == (9, 21)
    assert metrics.baseline == 16
    assert metrics.descent == 5
    assert 16 < metrics.underline_top < 21
    assert 5 < metrics.strikeout_top < 16
    assert metrics.box_thickness == 1


@pytest.mark.parametrize(
    ("size_pt", "cell"), [(9, (7, 15)), (11.25, (9, 18)), (14, (11, 23))], ids=str
)
def test_cells_measure_as_alacritty_was_seen_to(size_pt, cell):
    fontconfig_or_skip()
    file = installed_or_skip("DejaVu Sans Mono")
    options = FontOptions(size_pt=size_pt)
    metrics = cell_metrics(Face(file, options.size_px).line_metrics())
    assert (metrics.cell_width, metrics.cell_height) == cell


@pytest.mark.parametrize(
    ("size_pt", "scale", "cell"),
    [
        *((9, 1, (7, 17)), (12, 1, (10, 22)), (14, 1, (11, 26)), (15, 1, (12, 27))),
        *((22.5, 1, (18, 40)), (9, 2, (14, 33)), (12, 2, (19, 43)), (14, 2, (22, 51))),
        *((15, 2, (24, 53)), (22.5, 2, (36, 80))),
    ],
    ids=str,
)
def test_the_bundled_font_measures_as_alacritty_was_seen_to(size_pt, scale, cell):
    """Of Alacritty 0.11, which knows sizes of half points only: it takes 11.25 for 11, whose line
    is 20 pixels. Newer ones keep six decimals."""
    options = FontOptions(size_pt=size_pt, scale=scale)
    metrics = cell_metrics(Face(discovery.bundled(), options.size_px).line_metrics())
    assert (metrics.cell_width, metrics.cell_height) == cell


@pytest.mark.parametrize(("scale", "cell"), [(1, (9, 21)), (2, (18, 40))])
def test_the_default_size_at_both_scales(scale, cell):
    options = FontOptions(scale=scale)
    metrics = cell_metrics(Face(discovery.bundled(), options.size_px).line_metrics())
    assert (metrics.cell_width, metrics.cell_height) == cell


def test_an_unhinted_font_is_as_wide_as_its_outlines():
    file = FontFile(discovery.bundled().path, hinting=False)
    assert Face(file, 16).line_metrics().advance == pytest.approx(9.6, abs=1 / 64)
    assert Face(file, 20).line_metrics().advance == 12
    assert Face(file, 30).line_metrics().advance == 18


def line(**changes):
    figures = {
        "advance": 8.6,
        "ascent": 12.0,
        "descent": -4.0,
        "line_height": 17.0,
        "underline_position": -2.0,
        "underline_thickness": 1.0,
        "strikeout_position": 4.0,
        "strikeout_thickness": 1.0,
    }
    return LineMetrics(**{**figures, **changes})


def test_offset_makes_room_above_the_text_and_beside():
    plain, roomy = cell_metrics(line()), cell_metrics(line(), (2, 3))
    assert (plain.cell_width, plain.cell_height) == (8, 17)
    assert (roomy.cell_width, roomy.cell_height) == (10, 20)
    assert roomy.descent == plain.descent


def test_a_cell_never_vanishes_and_lines_stay_inside():
    for offset in ((-100, -100), (0, -12), (0, 100)):
        metrics = cell_metrics(line(underline_position=-30.0), offset)
        assert metrics.cell_width >= 1
        assert metrics.cell_height >= 1
        for top, thickness in (
            (metrics.underline_top, metrics.underline_thickness),
            (metrics.strikeout_top, metrics.strikeout_thickness),
        ):
            assert top >= 0
            assert thickness >= 1
            assert top + thickness <= metrics.cell_height


def test_missing_line_metrics_are_made_up():
    metrics = cell_metrics(
        line(
            underline_position=0.0,
            underline_thickness=0.0,
            strikeout_position=0.0,
            strikeout_thickness=0.0,
        )
    )
    assert metrics.underline_top >= metrics.baseline
    assert metrics.underline_thickness == 1
    assert 0 < metrics.strikeout_top < metrics.baseline


def test_a_smaller_or_larger_size_is_clamped():
    assert FontOptions(size_pt=0).size_px == FontOptions(size_pt=1).size_px
    assert FontOptions(size_pt=12, scale=2).size_px == 32


def test_bold_inherits_the_family_but_not_the_style():
    options = FontOptions(normal=FontSpec("A", "Light"), bold=FontSpec(None, "Heavy"))
    assert options.spec(bold=True, italic=False) == FontSpec("A", "Heavy")
    assert options.spec(bold=False, italic=True) == FontSpec("A", None)
    assert options.spec(bold=False, italic=False) == FontSpec("A", "Light")


def test_structures_have_freetypes_size():
    """On 64-bit Linux, from FreeType's own headers; a wrong field would read another's bytes."""
    from gputerm.text import ft

    if ctypes.sizeof(ctypes.c_long) != 8:
        pytest.skip("figures are for LP64")
    assert ft.FaceRecord.glyph.offset == 152
    assert ft.GlyphSlot.bitmap.offset == 152
    assert ft.GlyphSlot.bitmap_left.offset == 192
    assert ft.OS2Prefix.strikeout_size.offset == 26


def run(code, **options):
    """Run Python in a process that may die of it."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, **options
    )


def test_a_file_cut_short_while_it_is_open_kills_nobody(tmp_path):
    shutil.copy(discovery.bundled().path, tmp_path / "mine.ttf")
    code = f"""
import os
from gputerm.text import shaper
from gputerm.text.discovery import FontFile
from gputerm.text.face import Face
face = Face(FontFile({str(tmp_path / "mine.ttf")!r}), 15)
os.truncate(face.file.path, 0)
for codepoint in range(0x21, 0x2000):
    face.render(face.glyph_index(codepoint))
assert face.render(face.glyph_index(ord("g"))).pixels.any()
assert shaper.shape(face, 15, "q\u0303").glyphs
print("alive")
"""
    done = run(code)
    assert (done.returncode, done.stdout) == (0, "alive\n"), done.stderr


def test_only_what_nobody_but_root_can_write_is_mapped(tmp_path):
    """In a process without root's rights, which may write anything."""
    if os.getuid() != 0:
        pytest.skip("needs root, to make files that a user can't write")
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:-2]:
        parent.chmod(0o755)
    for name in ("roots", "users", "open"):
        shutil.copy(discovery.bundled().path, tmp_path / name)
    os.chown(tmp_path / "users", 65534, 65534)
    (tmp_path / "open").chmod(0o666)
    (tmp_path / "public").mkdir()
    (tmp_path / "public").chmod(0o777)
    shutil.copy(discovery.bundled().path, tmp_path / "public" / "roots")
    code = f"""
import os
from gputerm.text.contents import contents
os.setgid(65534); os.setuid(65534)
os.chdir({str(tmp_path)!r})
print([name for name in ("roots", "users", "open", "public/roots") if contents(name) is None])
"""
    assert run(code).stdout == "['roots']\n"


def test_faces_of_one_file_share_its_bytes():
    one, other = Face(discovery.bundled(), 15), Face(discovery.bundled(), 30)
    assert one.contents is other.contents


@contextmanager
def no_descriptors_left():
    """Nothing more can be opened."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limit[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limit)


def test_without_descriptors_a_style_is_shown_in_a_face_that_is_open(monkeypatch):
    # Other tests' fonts may still hold the file's bytes, and then no descriptor is needed.
    monkeypatch.setattr(contents, "_read", WeakValueDictionary())
    fonts = Fonts(FontOptions())
    regular = fonts.face(**REGULAR)
    with no_descriptors_left():
        assert fonts.face(**BOLD) is regular
        assert fonts.for_text("a", **BOLD, emoji=False) is regular
        assert fonts.for_text("中", **REGULAR, emoji=False) is None
    assert len(fonts.problems) == 1
    assert "Too many open files" in fonts.problems[0]
    assert fonts.face(**BOLD).file == discovery.bundled(bold=True), "opened as soon as it can be"


def test_another_size_needs_no_descriptor():
    open_already = Glyphs(FontOptions())
    with no_descriptors_left():
        assert open_already.problems == []
        assert Glyphs(FontOptions(size_pt=47)).metrics.cell_height > 80


def test_no_face_at_all_is_an_error_of_one_line():
    code = """
import resource
from gputerm.errors import FontError
from gputerm.text import FontOptions, Glyphs
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
try:
    Glyphs(FontOptions())
except FontError as error:
    print(error)
"""
    done = run(code)
    assert done.stdout == "a font can't be opened: Too many open files\n", done.stderr


def installation_without(tmp_path, *styles):
    """A copy of what text needs, whose fonts lack some of the bundled faces."""
    package = tmp_path / "gputerm"
    package.mkdir()
    for name in ("__init__", "errors", "paths", "records"):
        shutil.copy(ROOT / "gputerm" / f"{name}.py", package)
    shutil.copytree(ROOT / "gputerm" / "text", package / "text")
    fonts = tmp_path / "fonts"
    shutil.copytree(ROOT / "fonts", fonts)
    for style in styles:
        (fonts / f"JetBrainsMono-{style}.ttf").unlink()
    return tmp_path


def opened_styles(folder):
    """The files of the four faces, and the problems, of the default options."""
    code = """
import json
from gputerm.text.fonts import Fonts
from gputerm.text.metrics import FontOptions
fonts = Fonts(FontOptions())
fonts.line_metrics()
faces = [fonts.face(bold=bold, italic=italic).file for bold in (0, 1) for italic in (0, 1)]
print(json.dumps([[[file.path, file.synthetic_bold] for file in faces], fonts.problems]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_bundled_face_that_is_missing_is_told_once_and_drawn_from_the_next_best(tmp_path):
    faces, problems = opened_styles(installation_without(tmp_path, "Bold"))
    regular, italic, bold, bold_italic = faces
    assert bold == [regular[0], True]
    assert [Path(path).name for path, _ in (italic, bold_italic)] == [
        "JetBrainsMono-Italic.ttf",
        "JetBrainsMono-BoldItalic.ttf",
    ]
    assert len(problems) == 1
    assert "JetBrainsMono-Bold.ttf" in problems[0]
    assert "\n" not in problems[0]


def test_without_any_bundled_face_the_systems_is_used(tmp_path):
    fontconfig_or_skip()
    installed_or_skip("DejaVu Sans Mono")
    styles = ("Regular", "Italic", "Bold", "BoldItalic")
    faces, problems = opened_styles(installation_without(tmp_path, *styles))
    assert not any("JetBrains" in path for path, _ in faces)
    assert len(problems) == len(set(problems)) == len(faces)
