"""One offscreen context for all tests of this folder; each test starts and ends without a GL error.

No GL 3.3 here (no libEGL, no software renderer): the tests that need it are skipped with the
reason.
"""

import os
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from gputerm.errors import GLError
from gputerm.render.png import decode_png, encode_png
from gputerm.testing.golden import beside, compared
from gputerm.testing.plugin import TOLERANCE
from gputerm.text import discovery
from gputerm.text.glyphs import Glyphs
from gputerm.text.metrics import FontOptions

TESTS = Path(__file__).resolve().parents[1]
GOLDEN, FAILURES = TESTS / "golden", TESTS / "failures"


@pytest.fixture(scope="session")
def context():
    try:
        from gputerm.render.offscreen import OffscreenContext

        found = OffscreenContext()
    except GLError as error:
        pytest.skip(f"no OpenGL: {error}")
    yield found
    found.close()


@pytest.fixture(scope="session")
def shared_renderer(context):
    from gputerm.render.pipeline import Pipeline
    from gputerm.render.renderer import Renderer

    pipeline = Pipeline()
    renderer = Renderer(pipeline)
    yield renderer
    renderer.close()
    pipeline.close()


@pytest.fixture
def renderer(context, shared_renderer):
    from gputerm.render import gl

    context.make_current()  # Other tests of this process have contexts of their own.
    assert gl.glGetError() == 0, "an error was left over from before"
    yield shared_renderer
    assert gl.glGetError() == 0


@pytest.fixture(scope="session")
def glyphs():
    """Bundled fonts only, so that a picture doesn't depend on what is installed."""
    with _without_fontconfig():
        made = Glyphs(FontOptions(size_pt=12))
    plain = made.sprites

    def sprites(cells, cluster_text):
        with _without_fontconfig():
            return plain(cells, cluster_text)

    made.sprites = sprites
    return made


@contextmanager
def _without_fontconfig():
    # Only for as long as it takes: tests of text/ in the same run ask for installed fonts.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discovery, "fontconfig", lambda: None)
        yield


@pytest.fixture
def canvas(renderer, glyphs):
    """A function: screen → Canvas that fits it with 4 px of padding."""
    from gputerm.render.canvas import Canvas

    made = []

    def make(screen, padding=4):
        metrics = glyphs.metrics
        width = screen.columns * metrics.cell_width + 2 * padding
        height = screen.lines * metrics.cell_height + 2 * padding
        made.append(Canvas(renderer, glyphs, width, height, (padding, padding)))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def golden():
    """A function: (name, pixels) compares with tests/golden/name.png, or records it.

    GPUTERM_GOLDEN=record (`make golden`) writes the picture instead; look at the diff before
    committing it. On failure expected | actual | difference lie side by side in tests/failures.
    """

    def compare(name: str, pixels: np.ndarray) -> None:
        file = GOLDEN / f"{name}.png"
        if os.environ.get("GPUTERM_GOLDEN") == "record":
            if file.exists() and np.array_equal(decode_png(file.read_bytes()), pixels):
                return
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(encode_png(pixels))
            return
        assert file.exists(), f"{file} was never recorded: make golden"
        difference = compared(decode_png(file.read_bytes()), pixels, TOLERANCE)
        if difference is not None:
            FAILURES.mkdir(exist_ok=True)
            failure = FAILURES / f"{name}.png"
            failure.write_bytes(encode_png(beside(difference.parts)))
            sheet = f"expected | actual | difference in {failure}"
            pytest.fail(f"{name}: {difference.why}; {sheet}", pytrace=False)

    return compare
