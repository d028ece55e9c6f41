"""Pictures of terminals under test: one offscreen context, kept from picture to picture."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gputerm.configured.geometry import font_options
from gputerm.export.studio import Studio
from gputerm.text import glyphs_for

if TYPE_CHECKING:
    import numpy as np

    from gputerm.testing.rig import Rig

__all__ = ["pixels"]

#: Mesa draws in software, alike on every machine.
_SOFTWARE = "LIBGL_ALWAYS_SOFTWARE"


def pixels(rig: Rig) -> np.ndarray[Any, Any]:
    """uint8[height, width, 4]: what a focused window of this size shows. Raises GLError."""
    fonts = font_options(rig.config, scale=1.0).replace(bundled_only=rig.bundled_fonts)
    return _studio().picture(
        rig.terminal,
        rig.config,
        glyphs_for(fonts),
        cursor_on=rig.phases.cursor_on,
        blink_on=rig.phases.text_on,
    )


@lru_cache(maxsize=1)
def _studio() -> Studio:
    before = os.environ.get(_SOFTWARE)
    os.environ.setdefault(_SOFTWARE, "1")
    try:
        return Studio()
    finally:
        if before is None:
            del os.environ[_SOFTWARE]
