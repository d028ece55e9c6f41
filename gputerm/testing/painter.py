"""Pictures of terminals under test: one offscreen context, kept from picture to picture."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gputerm.configured.appearance import look_of
from gputerm.configured.geometry import font_options, padding_px, window_size
from gputerm.render.canvas import Canvas
from gputerm.render.offscreen import OffscreenContext
from gputerm.render.pipeline import Pipeline
from gputerm.render.renderer import Renderer
from gputerm.text import glyphs_for

if TYPE_CHECKING:
    import numpy as np

    from gputerm.config import Config
    from gputerm.vt import Terminal

__all__ = ["pixels"]

#: Mesa draws in software, alike on every machine.
_SOFTWARE = "LIBGL_ALWAYS_SOFTWARE"


def pixels(terminal: Terminal, config: Config, *, bundled_fonts: bool) -> np.ndarray[Any, Any]:
    """uint8[height, width, 4]: what a focused window of this size shows. Raises GLError."""
    context, renderer = _studio()
    context.make_current()  # Somebody else may have drawn meanwhile.
    glyphs = glyphs_for(font_options(config, scale=1.0).replace(bundled_only=bundled_fonts))
    width, height = window_size(config, glyphs.metrics, 1.0, terminal.lines, terminal.columns)
    canvas = Canvas(renderer, glyphs, width, height, padding_px(config, 1.0))
    try:
        canvas.draw(terminal.snapshot(), focused=True, look=look_of(config, translucent=True))
        return canvas.pixels()
    finally:
        canvas.close()


@lru_cache(maxsize=1)
def _studio() -> tuple[OffscreenContext, Renderer]:
    before = os.environ.get(_SOFTWARE)
    os.environ.setdefault(_SOFTWARE, "1")
    try:
        return OffscreenContext(), Renderer(Pipeline())
    finally:
        if before is None:
            del os.environ[_SOFTWARE]
