"""Cells to sprites: the table, clusters, wide characters, icons, a full atlas."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gputerm.text import FontOptions, FontSpec, Glyphs, discovery, glyphs_for
from gputerm.text import atlas as atlas_module
from gputerm.text import glyphs as glyphs_module
from gputerm.text.face import Bitmap
from gputerm.text.glyphs import ATTRS, BOLD, CHAR, CLUSTER, HIDDEN, ITALIC, TAIL, WIDE
from gputerm.text.placing import place, place_cluster, place_within, shrink
from gputerm.vt.core import cells as vt_cells

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def glyphs():
    return Glyphs(FontOptions())


def row(*characters, attrs=0, columns=12):
    """One row of cells. A pair is a wide character, a str of several codepoints a cluster."""
    found = np.zeros((1, columns, 4), np.uint32)
    found[..., ATTRS] = attrs
    texts = []
    column = 0
    for character in characters:
        wide = isinstance(character, tuple)
        text = character[0] if wide else character
        if len(text) > 1:
            found[0, column, CHAR] = CLUSTER | len(texts)
            texts.append(text)
        else:
            found[0, column, CHAR] = ord(text)
        if wide:
            found[0, column, CHAR] |= WIDE
            found[0, column + 1, CHAR] = TAIL
        column += 1 + wide
    return found, texts.__getitem__


def sprites(glyphs, *characters, **options):
    cells, cluster_text = row(*characters, **options)
    found = glyphs.sprites(cells, cluster_text)
    assert found.shape == cells.shape[:2]
    assert found.dtype == np.uint32
    return found[0].tolist()


def pixels(glyphs, sprite):
    record = glyphs.atlas.records[sprite]
    pages = glyphs.atlas.color if record["colored"] else glyphs.atlas.coverage
    x, y, w, h = (int(record[name]) for name in "xywh")
    return pages[record["page"]][y : y + h, x : x + w]


def emoji_font_or_skip():
    system = discovery.fontconfig()
    query = {"bold": False, "italic": False, "size_px": 15, "color": True}
    for file in system.fallback("😀", "emoji", **query) if system else ():
        face = glyphs_module.Face(file, 15)
        drawn = face.render(face.glyph_index(ord("😀"))) if face.color else None
        if drawn is not None and drawn.pixels.ndim == 3:
            return
    pytest.skip("no colour emoji font is installed (fonts-noto-color-emoji)")


def font_for_or_skip(text):
    system = discovery.fontconfig()
    query = {"bold": False, "italic": False, "size_px": 15, "color": False}
    if system is None or not list(system.fallback(text, "monospace", **query)):
        pytest.skip(f"no installed font has {text!r}")


def test_bits_are_those_of_the_terminals_cells():
    for name in (
        "CHAR",
        "ATTRS",
        "CODEPOINT",
        "TAIL",
        "WIDE",
        "CLUSTER",
        "BOLD",
        "ITALIC",
        "HIDDEN",
    ):
        assert getattr(glyphs_module, name) == getattr(vt_cells, name), name


def test_equal_cells_have_equal_slots_and_others_differ(glyphs):
    found = sprites(glyphs, *"abcabc")
    assert found[:3] == found[3:6]
    assert len(set(found[:3])) == 3
    assert 0 not in found[:6]
    assert found[6:] == [0] * 6


def test_styles_are_different_glyphs(glyphs):
    found = {sprites(glyphs, "a", attrs=attrs)[0] for attrs in (0, BOLD, ITALIC, BOLD | ITALIC)}
    assert len(found) == 4


def test_other_attributes_and_colours_make_no_difference(glyphs):
    cells, cluster_text = row("a")
    plain = glyphs.sprites(cells, cluster_text)
    cells[..., 1:3] = 0x2FF8040
    cells[..., ATTRS] = 0xFFFF0000 | 1 << 9 | 1 << 1 | 2 << 3
    assert (glyphs.sprites(cells, cluster_text) == plain).all()


def test_what_shows_nothing_has_slot_zero(glyphs):
    blank = ("\x00", " ", "\x01", "\x7f", "\xa0", "\u200b", "\ufeff", "\u3000")
    assert sprites(glyphs, *blank)[: len(blank)] == [0] * len(blank)
    assert sprites(glyphs, "a", "\u2500", "e\u0301\u0302", attrs=HIDDEN)[:3] == [0, 0, 0]
    cells, cluster_text = row("a", "b")
    cells[0, 1, ATTRS] = HIDDEN | BOLD
    assert glyphs.sprites(cells, cluster_text)[0, :2].tolist() == [sprites(glyphs, "a")[0], 0]


def test_no_rows_and_no_columns_are_fine(glyphs):
    for shape in ((0, 80, 4), (3, 0, 4)):
        assert glyphs.sprites(np.zeros(shape, np.uint32), str).shape == shape[:2]


def test_rows_of_a_larger_array_needn_t_be_contiguous(glyphs):
    cells, cluster_text = row(*"abcdef")
    strided = np.repeat(cells, 4, axis=0)[::2, ::2]
    assert glyphs.sprites(strided, cluster_text)[1].tolist()[:3] == sprites(glyphs, *"ace")[:3]


def test_any_number_is_answered(glyphs):
    random = np.random.default_rng(3)
    cells = random.integers(0, 1 << 32, (20, 40, 4), dtype=np.uint32)
    found = glyphs.sprites(cells, lambda index: "x" * (index % 3))
    assert found.max() < glyphs.atlas.count


def test_pictures_stay_in_their_row_and_near_their_cells(glyphs):
    metrics = glyphs.metrics
    characters = [chr(c) for c in (*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x2190, 0x2300))]
    for attrs in (0, BOLD | ITALIC):
        sprites(glyphs, *characters, attrs=attrs, columns=len(characters))
    sprites(glyphs, ("Ż\u0323\u0330\u0316",), "Z\u0351\u036b\u0343", ("中",), ("ﷺ",), ("😀",))
    records = glyphs.atlas.records[1 : glyphs.atlas.count]
    left, top = records["left"].astype(int), records["top"].astype(int)
    assert (top >= 0).all()
    assert (top + records["h"] <= metrics.cell_height).all()
    assert (left >= -metrics.cell_width).all()
    assert (left + records["w"] <= 3 * metrics.cell_width).all()


def test_a_letter_stands_on_the_baseline(glyphs):
    record = glyphs.atlas.records[sprites(glyphs, "H")[0]]
    assert int(record["top"]) + int(record["h"]) == glyphs.metrics.baseline
    below = glyphs.atlas.records[sprites(glyphs, "p")[0]]
    assert int(below["top"]) + int(below["h"]) > glyphs.metrics.baseline


def test_glyph_offset_moves_letters_but_not_boxes():
    plain = Glyphs(FontOptions())
    moved = Glyphs(FontOptions(glyph_offset=(1, 2)))
    first, second = (g.atlas.records[sprites(g, "x")[0]] for g in (plain, moved))
    assert (int(second["left"]) - int(first["left"]), int(second["top"]) - int(first["top"])) == (
        1,
        -2,
    )
    box = moved.atlas.records[sprites(moved, "┼")[0]]
    assert (box["left"], box["top"]) == (0, 0)


def test_boxes_are_built_in_unless_switched_off(glyphs):
    record = glyphs.atlas.records[sprites(glyphs, "┼")[0]]
    size = glyphs.metrics.cell_width, glyphs.metrics.cell_height
    assert (record["w"], record["h"]) == size
    plain = Glyphs(FontOptions(builtin_box_drawing=False, offset=(4, 4)))
    drawn = plain.atlas.records[sprites(plain, "─")[0]]
    assert int(drawn["h"]) < 5


def test_boxes_of_two_cells_fill_them(glyphs):
    """Where characters of ambiguous width are wide, lines still meet."""
    for box in "─┼█╱":
        record = glyphs.atlas.records[sprites(glyphs, (box,))[0]]
        assert int(record["w"]) == 2 * glyphs.metrics.cell_width, box
        assert int(record["h"]) == glyphs.metrics.cell_height, box


def test_a_wide_character_is_one_picture_in_its_left_cell(glyphs):
    font_for_or_skip("中")
    found = sprites(glyphs, ("中",), "a")
    assert found[0] != 0
    assert found[1] == 0
    record = glyphs.atlas.records[found[0]]
    width = glyphs.metrics.cell_width
    assert int(record["w"]) > width
    spare = 2 * width - int(record["w"])
    assert abs(int(record["left"]) - spare / 2) <= 2, "centred"


def test_the_same_character_narrow_and_wide_differs(glyphs):
    assert sprites(glyphs, "\u2b1b")[0] != sprites(glyphs, ("\u2b1b",))[0]


def test_a_missing_character_shows_its_number_once(glyphs):
    found = sprites(glyphs, "\ue7ff", "\ue7fe", "\ue7ff")
    assert found[0] == found[2] != found[1]
    assert not (pixels(glyphs, found[0]) == pixels(glyphs, found[1])).all()
    before = glyphs.atlas.count
    assert sprites(glyphs, "\ue7ff")[0] == found[0]
    assert glyphs.atlas.count == before


def test_astral_characters_and_private_planes_are_told_apart(glyphs):
    found = sprites(glyphs, "\U00010041", "A", "\U000f0041", "\U00100041")
    assert len(set(found[:4])) == 4


def test_an_icon_is_wider_when_a_blank_follows(glyphs):
    icon = "\u27f9"  # ⟹
    font_for_or_skip(icon)
    alone, tight = sprites(glyphs, icon, " ")[0], sprites(glyphs, icon, "x")[0]
    assert alone == tight + 1
    width = glyphs.metrics.cell_width
    assert int(glyphs.atlas.records[alone]["w"]) > int(glyphs.atlas.records[tight]["w"])
    assert int(glyphs.atlas.records[tight]["w"]) <= width + 1
    assert sprites(glyphs, icon, "\x00")[0] == alone
    assert sprites(glyphs, *([icon] * 12))[11] == tight, "nothing follows the last column"
    assert sprites(glyphs, icon, ("中",))[0] == tight


def test_composed_and_decomposed_letters_are_one_glyph(glyphs):
    assert sprites(glyphs, "e\u0301", "é")[:2] == [sprites(glyphs, "é")[0]] * 2


def test_marks_without_a_composed_form_are_shaped_above_the_letter(glyphs):
    found = sprites(glyphs, "q\u0303", "q")
    marked, plain = (glyphs.atlas.records[sprite] for sprite in found[:2])
    assert found[0] != found[1]
    assert int(marked["top"]) < int(plain["top"])
    assert int(marked["top"]) + int(marked["h"]) == int(plain["top"]) + int(plain["h"])


def test_a_mark_drawn_beside_its_letter_is_brought_home():
    if Glyphs(FontOptions(normal=FontSpec("DejaVu Sans Mono"))).problems:
        pytest.skip("the font DejaVu Sans Mono is not installed")
    glyphs = Glyphs(FontOptions(normal=FontSpec("DejaVu Sans Mono")))
    record = glyphs.atlas.records[sprites(glyphs, "q\u0303", attrs=ITALIC)[0]]
    assert int(record["left"]) + int(record["w"]) <= glyphs.metrics.cell_width + 1


def test_clusters_are_known_by_text_not_by_number(glyphs):
    cells, _ = row("q\u0303", "x\u20d7")
    first = glyphs.sprites(cells, ["q\u0303", "x\u20d7"].__getitem__)[0, :2].tolist()
    again = glyphs.sprites(cells, ["x\u20d7", "q\u0303"].__getitem__)[0, :2].tolist()
    assert first == again[::-1]
    cells[0, 0, CHAR] = CLUSTER | 0x4E2D
    count = glyphs.atlas.count
    found = glyphs.sprites(cells, lambda index: {0x4E2D: "q\u0303", 1: "x\u20d7"}[index])
    assert found[0, :2].tolist() == first
    assert glyphs.atlas.count == count, "the number was drawn as if it were a codepoint"
    bold, _ = row("q\u0303", attrs=BOLD)
    assert glyphs.sprites(bold, ["q\u0303"].__getitem__)[0, 0] not in first


def test_a_cluster_beside_plain_cells_leaves_them_alone(glyphs):
    found = sprites(glyphs, "a", "q\u0303", "b", "x\u20d7", attrs=BOLD)
    assert [found[0], found[2]] == sprites(glyphs, "a", "b", attrs=BOLD)[:2]


def test_endless_and_empty_clusters_are_drawn_or_blank(glyphs):
    assert sprites(glyphs, "e" + "\u0316" * 10_000)[0] != 0
    cells, _ = row("ab")
    assert glyphs.sprites(cells, lambda index: "")[0, 0] == 0
    assert glyphs.sprites(cells, lambda index: "\ufe0f")[0, 0] == 0


def test_emoji_are_coloured_pictures_in_two_cells():
    emoji_font_or_skip()
    glyphs = Glyphs(FontOptions())
    metrics = glyphs.metrics
    for text in ("😀", "👍🏽", "👨‍👩‍👧", "🇩🇪", "❤\ufe0f"):
        sprite = sprites(glyphs, (text,))[0]
        record = glyphs.atlas.records[sprite]
        assert record["colored"], text
        assert int(record["w"]) <= 2 * metrics.cell_width
        drawn = pixels(glyphs, sprite).astype(int)
        assert (drawn[..., :3] <= drawn[..., 3:] + 1).all(), "premultiplied"
        assert drawn[..., 3].max() > 250
    assert not glyphs.atlas.records[sprites(glyphs, "❤\ufe0e")[0]]["colored"]


def test_text_presentation_is_the_default_for_narrow_symbols():
    font_for_or_skip("☺")
    glyphs = Glyphs(FontOptions())
    assert not glyphs.atlas.records[sprites(glyphs, "☺")[0]]["colored"]
    for symbol in "☎♥♣":  # wide by choice only, and emoji where a selector says so
        assert not glyphs.atlas.records[sprites(glyphs, (symbol,))[0]]["colored"]


def test_a_full_atlas_is_forgotten_and_filled_anew(monkeypatch):
    monkeypatch.setattr(atlas_module, "MAX_COVERAGE_PAGES", 1)
    monkeypatch.setattr(atlas_module, "PAGE_SIZE", 64)
    glyphs = Glyphs(FontOptions())
    marked = "q\u0303"
    sprites(glyphs, *"abcdef", marked)
    assert glyphs.atlas.generation == 0
    for start in range(0x41, 0x79, 8):
        found = sprites(glyphs, *(chr(start + i) for i in range(8)))
        for character, sprite in zip(range(start, start + 8), found, strict=False):
            assert 0 < sprite < glyphs.atlas.count, chr(character)
    assert glyphs.atlas.generation > 0
    again = sprites(glyphs, *"abcdef", marked)
    monkeypatch.undo()
    reference = Glyphs(FontOptions())
    for sprite, old in zip(again[:7], sprites(reference, *"abcdef", marked)[:7], strict=True):
        assert (pixels(glyphs, sprite) == pixels(reference, old)).all()


def test_more_glyphs_than_the_atlas_holds_leave_some_cells_empty(monkeypatch):
    monkeypatch.setattr(atlas_module, "MAX_SPRITES", 20)
    glyphs = Glyphs(FontOptions())
    found = sprites(glyphs, *(chr(c) for c in range(0x30, 0x60)), columns=48)
    assert found.count(0) == 48 - 19
    assert max(found) < 20


def test_windows_with_equal_options_share():
    assert glyphs_for(FontOptions()) is glyphs_for(FontOptions())
    assert glyphs_for(FontOptions(size_pt=13)) is not glyphs_for(FontOptions())


def test_a_missing_family_is_a_problem_not_an_error():
    glyphs = Glyphs(FontOptions(normal=FontSpec("No Such Family")))
    assert len(glyphs.problems) == 1
    assert sprites(glyphs, "a")[0] != 0


def test_shrinking_averages_areas():
    checker = np.indices((8, 8)).sum(axis=0) % 2 * np.uint8(200)
    assert np.unique(shrink(checker.astype(np.uint8), 4, 4)).tolist() == [100]
    flat = np.full((7, 5, 4), 33, np.uint8)
    assert np.unique(shrink(flat, 3, 4)).tolist() == [33]
    assert shrink(flat, 3, 4).shape == (3, 4, 4)


def test_placing_cuts_at_the_row_and_shrinks_what_is_borrowed(glyphs):
    metrics = glyphs.metrics
    huge = Bitmap(np.full((100, 100), 255, np.uint8), -50, 60, 100.0)
    cut = place(huge, metrics, 1)
    assert cut.pixels.shape == (metrics.cell_height, 3 * metrics.cell_width)
    assert (cut.left, cut.top) == (-metrics.cell_width, 0)
    fitted = place_within(lambda scale: huge, metrics, 2)
    assert fitted.pixels.shape[1] == 2 * metrics.cell_width
    narrow = Bitmap(np.full((4, 8), 255, np.uint8), 1, 4, 10.0)
    room = 2 * metrics.cell_width
    assert place_within(lambda scale: narrow, metrics, 2).left == 1 + (room - 10) // 2
    assert place_within(lambda scale: narrow, metrics, 1).left == 1
    away = Bitmap(np.full((4, 4), 255, np.uint8), 0, 200, 9.0)
    assert place(away, metrics, 1).pixels.size == 0
    assert place_within(lambda scale: None, metrics, 1) is None


def test_what_a_row_of_slots_costs(glyphs, capsys):
    """Prints; asserts nothing about time."""
    from timeit import timeit

    random = np.random.default_rng(1)
    cells = np.zeros((50, 200, 4), np.uint32)
    cells[..., CHAR] = random.integers(0x20, 0x7F, (50, 200))
    cells[..., ATTRS] = random.choice([0, BOLD, ITALIC], (50, 200))
    glyphs.sprites(cells, str)
    line = np.ascontiguousarray(cells[:1, :100])
    full_us = timeit(lambda: glyphs.sprites(cells, str), number=50) / 50 * 1e6
    row_us = timeit(lambda: glyphs.sprites(line, str), number=200) / 200 * 1e6
    with capsys.disabled():
        print(f"\n  sprites: 50x200 {full_us:.0f} us, one row of 100 {row_us:.1f} us")


def test_what_was_drawn_without_descriptors_is_drawn_again_with_them():
    """In a process of its own, where neither fontconfig nor the shaper are loaded yet."""
    code = """
import resource
import numpy as np
from gputerm.text import FontOptions, Glyphs
from gputerm.text.glyphs import ATTRS, BOLD, CHAR, CLUSTER, WIDE
def cells():
    found = np.zeros((1, 8, 4), np.uint32)
    found[0, :4, CHAR] = ord("a"), CLUSTER, ord("b"), WIDE | ord("\u4e2d")
    found[0, 2, ATTRS] = BOLD
    return found
glyphs = Glyphs(FontOptions())
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
for _ in range(3):
    short = glyphs.sprites(cells(), lambda index: "q\u0303")
assert (short[0, :4] != 0).all(), short
assert glyphs.atlas.generation == 0 and glyphs.atlas.count == 5, "drawn once"
assert len(glyphs.problems) == 1, glyphs.problems
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
again = glyphs.sprites(cells(), lambda index: "q\u0303")
assert glyphs.atlas.generation == 1
other = Glyphs(FontOptions(offset=(0, 0)))
fresh = other.sprites(cells(), lambda index: "q\u0303")
assert (again == fresh).all()
assert (glyphs.atlas.coverage[0] == other.atlas.coverage[0]).all()
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_clusters_of_a_borrowed_face_keep_the_size_of_their_letters(glyphs):
    """A mark wider than the letter overhangs; only what the letters take of the line must fit."""
    width = glyphs.metrics.cell_width
    ring = np.full((14, 2 * width), 255, np.uint8)
    drawn = []

    def draw(scale):
        drawn.append(scale)
        return Bitmap(ring, -width // 2, 12, float(width))

    placed = place_cluster(draw, glyphs.metrics, 1)
    assert drawn == [1.0]
    assert placed.pixels.shape == ring.shape
    assert placed.left == -width // 2
    assert place_cluster(lambda scale: None, glyphs.metrics, 1) is None


def test_a_cluster_whose_letters_are_too_wide_is_drawn_smaller(glyphs):
    width = glyphs.metrics.cell_width

    def draw(scale):
        size = round(14 * scale)
        return Bitmap(np.full((size, size), 255, np.uint8), 0, size, 2.0 * width * scale)

    assert place_cluster(draw, glyphs.metrics, 1).pixels.shape == (7, 7)
    assert place_cluster(draw, glyphs.metrics, 2).pixels.shape == (14, 14)


@pytest.mark.parametrize("text", ["\u1e26\u0324", "a\u20dd", "\u1e1b\u0308", "H\u20dd"])
def test_marks_of_a_borrowed_face_lie_over_their_letter(glyphs, text):
    font_for_or_skip(text)
    record = glyphs.atlas.records[sprites(glyphs, text, "x")[0]]
    letter = glyphs.atlas.records[sprites(glyphs, text[0], "x")[0]]
    assert int(record["h"]) >= 7, "a speck"
    assert int(record["left"]) + int(record["w"]) <= glyphs.metrics.cell_width + 3
    assert int(record["w"]) >= int(letter["w"]) - 2


def test_numbers_in_circles_are_of_one_size_whatever_follows(glyphs):
    font_for_or_skip("①")
    for circled in "①②③ⓐ❶":
        assert sprites(glyphs, circled, " ")[0] == sprites(glyphs, circled, "x")[0], circled
