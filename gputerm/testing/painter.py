"""Pictures of terminals under test: one offscreen context, kept from picture to picture."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gputerm.configured.geometry import font_options, padding_px
from gputerm.export.studio import Studio
from gputerm.text import glyphs_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np

    from gputerm.testing.rig import Rig

__all__ = ["pixels"]

#: Mesa draws in software, alike on every machine.
_SOFTWARE = "LIBGL_ALWAYS_SOFTWARE"


#: What masked cells are painted with: no theme's background, so that one sees it.
_MASK = (255, 0, 255, 255)


def pixels(rig: Rig, mask: Iterable[tuple[int, int, int]]) -> np.ndarray[Any, Any]:
    """uint8[height, width, 4]: what a window of this size shows, with the cells (line,
    column, stop column) of `mask` painted over. Raises GLError.
    """
    fonts = font_options(rig.config, scale=1.0).replace(bundled_only=rig.bundled_fonts)
    glyphs = glyphs_for(fonts)
    picture = _studio().picture(
        rig.terminal,
        rig.config,
        glyphs,
        focused=rig.pane.focused,
        cursor_on=rig.phases.cursor_on,
        blink_on=rig.phases.text_on,
    )
    width, height = glyphs.metrics.cell_width, glyphs.metrics.cell_height
    left, top = padding_px(rig.config, 1.0)
    for line, column, stop in mask:
        rows = slice(top + line * height, top + (line + 1) * height)
        picture[rows, left + column * width : left + stop * width] = _MASK
    return picture


@lru_cache(maxsize=1)
def _studio() -> Studio:
    before = os.environ.get(_SOFTWARE)
    os.environ.setdefault(_SOFTWARE, "1")
    try:
        return Studio()
    finally:
        if before is None:
            del os.environ[_SOFTWARE]
