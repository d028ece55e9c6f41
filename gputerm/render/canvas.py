"""One window's picture: a texture that keeps its pixels, so that only what changed is drawn.

The same Canvas serves a window (`present`, then the owner swaps) and a picture without one
(`pixels`); both show the same bytes. All methods need the Renderer's context to be current.
"""

import time

from gputerm.render import gl
from gputerm.render.frame import DEFAULT_LOOK, Changes, Frame, Glyphs, Snapshot
from gputerm.render.paint import Array, Look
from gputerm.render.renderer import Renderer, pixels_of
from gputerm.render.texture import Texture
from gputerm.view.overlay import NO_OVERLAY, Overlay


class Canvas:
    """A grid of cells on a background, in pixels."""

    def __init__(
        self,
        renderer: Renderer,
        glyphs: Glyphs,
        width: int,
        height: int,
        padding: tuple[int, int] = (0, 0),
    ) -> None:
        """`width` × `height` px; `padding` is where the grid's top left corner lies, (x, y)."""
        self._renderer = renderer
        self._texture = Texture(width, height)
        self._height = height  # of what `present` copies to, which may be higher than the texture
        self._frame = Frame(glyphs, width, height, padding)
        self._stale = 0, height  # rows of pixels from the top that `present` hasn't copied yet
        self.painted = 0.0  #: when the last draw had its arrays and went to OpenGL, monotonic

    def resize(
        self,
        width: int,
        height: int,
        padding: tuple[int, int] = (0, 0),
        glyphs: Glyphs | None = None,
    ) -> None:
        """Another size, padding or font; the next draw paints everything.

        Raises GLError when there is no picture of this size to be had; then the one that there is
        shows the top left of what it should.
        """
        self._height = height
        try:
            if (width, height) != (self._texture.width, self._texture.height):
                old, self._texture = self._texture, Texture(width, height)
                old.close()
        finally:
            width, height = self._texture.width, self._texture.height
            self._stale = 0, height
            self._frame = Frame(glyphs or self._frame.glyphs, width, height, padding)

    def forget(self) -> None:
        """The picture may be wrong, since drawing it failed: the next draw paints everything."""
        self._frame.forget()

    def draw(
        self,
        snapshot: Snapshot,
        overlay: Overlay = NO_OVERLAY,
        *,
        focused: bool = True,
        cursor_on: bool = True,
        blink_on: bool = True,
        look: Look = DEFAULT_LOOK,
    ) -> bool:
        """Make the picture show `snapshot` under `overlay`. False: it already did.

        `cursor_on` and `blink_on` are the phases of the blinking cursor and of blinking text.
        Whatever goes wrong, the next call begins with an empty picture.
        """
        try:
            return self._draw(
                snapshot,
                overlay,
                focused=focused,
                cursor_on=cursor_on,
                blink_on=blink_on,
                look=look,
            )
        except BaseException:
            self._frame.forget()
            raise

    def _draw(
        self,
        snapshot: Snapshot,
        overlay: Overlay,
        *,
        focused: bool,
        cursor_on: bool,
        blink_on: bool,
        look: Look,
    ) -> bool:
        changes = self._frame.update(
            snapshot, overlay, focused=focused, cursor_on=cursor_on, blink_on=blink_on, look=look
        )
        self.painted = time.monotonic()
        if changes is None:
            return False
        if changes.batches:
            self._renderer.follow(self._frame.glyphs.atlas)  # or fail before anything is erased
        self._note(changes)
        metrics = self._frame.glyphs.metrics
        top, height = self._frame.top, metrics.cell_height
        if changes.everything:
            self._renderer.erase(self._texture, self._frame.background)
        if changes.moves:
            self._renderer.move(
                self._texture,
                [
                    (top + move.source * height, top + move.target * height, move.rows * height)
                    for move in changes.moves
                ],
            )
        if changes.erased:
            strips = [
                (top + start * height, (stop - start) * height) for start, stop in changes.erased
            ]
            self._renderer.erase(self._texture, self._frame.background, strips)
        for batch in changes.batches:
            self._renderer.draw(self._texture, batch, self._frame.geometry)
        return True

    def _note(self, changes: Changes) -> None:
        """Remember which rows of pixels change, with a row of cells to spare for overhang."""
        if changes.everything:
            self._stale = 0, self._texture.height
            return
        rows = changes.rows + [row for m in changes.moves for row in (m.target, m.target + m.rows)]
        top, height = self._frame.top, self._frame.glyphs.metrics.cell_height
        start, stop = top + (min(rows) - 1) * height, top + (max(rows) + 2) * height
        self._stale = (
            max(min(self._stale[0], start), 0),
            min(max(self._stale[1], stop), self._texture.height),
        )

    @property
    def blinks(self) -> bool:
        """Whether the picture holds blinking text."""
        return self._frame.blinks

    def present(self, *, part: bool = False) -> tuple[int, int, int, int]:
        """Copy the picture to the back buffer of the window that is current; its owner swaps.

        `part`: only what changed since it was last copied. Answers what was, as (x, y, width,
        height) with y from the bottom.
        """
        texture, height = self._texture, self._height
        width = texture.width
        start, stop = self._stale if part else (0, texture.height)
        self._stale = texture.height, 0
        gl.glBindFramebuffer(gl.GL_READ_FRAMEBUFFER, texture.framebuffer)
        gl.glBindFramebuffer(gl.GL_DRAW_FRAMEBUFFER, 0)
        # Upside down, since the top row comes first here and last in a window.
        gl.glBlitFramebuffer(
            *(0, start, width, stop, 0, height - start, width, height - stop),
            *(gl.GL_COLOR_BUFFER_BIT, gl.GL_NEAREST),
        )
        return 0, height - stop, width, stop - start

    def pixels(self) -> Array:
        """uint8[height, width, 4]: the picture as RGBA with straight alpha, top row first."""
        return pixels_of(self._texture)

    def close(self) -> None:
        """Give the picture's memory back."""
        self._texture.close()
