"""Pictures without a window: an offscreen context with its shaders, for one picture or for many."""

from typing import TYPE_CHECKING, Any

from gputerm.config import Config
from gputerm.configured.appearance import look_of
from gputerm.configured.geometry import padding_px, window_size
from gputerm.render.canvas import Canvas
from gputerm.render.offscreen import OffscreenContext
from gputerm.render.pipeline import Pipeline
from gputerm.render.renderer import Renderer
from gputerm.text import Glyphs
from gputerm.vt import Terminal

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Studio"]


class Studio:
    """Where pictures are taken."""

    def __init__(self) -> None:
        """Raises GLError."""
        self._context = OffscreenContext()
        try:
            self._pipeline = Pipeline()
            self._renderer = Renderer(self._pipeline)
        except BaseException:
            self._context.close()
            raise

    def picture(
        self,
        terminal: Terminal,
        config: Config,
        glyphs: Glyphs,
        *,
        focused: bool = True,
        cursor_on: bool = True,
        blink_on: bool = True,
    ) -> "np.ndarray[Any, Any]":
        """uint8[height, width, 4]: what a window of this size shows. Raises GLError."""
        self._context.make_current()  # Somebody else may have drawn meanwhile.
        width, height = window_size(config, glyphs.metrics, 1.0, terminal.lines, terminal.columns)
        canvas = Canvas(self._renderer, glyphs, width, height, padding_px(config, 1.0))
        try:
            canvas.draw(
                terminal.snapshot(),
                focused=focused,
                cursor_on=cursor_on,
                blink_on=blink_on,
                look=look_of(config, translucent=True),
            )
            return canvas.pixels()
        finally:
            canvas.close()

    def close(self) -> None:
        """Free the context; there are no more pictures."""
        self._context.make_current()
        self._renderer.close()
        self._pipeline.close()
        self._context.close()
