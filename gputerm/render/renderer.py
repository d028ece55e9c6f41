"""Draws batches of quads into canvases: one Renderer for each GL context, shared by all windows of
the process.

It owns what windows have in common besides the Pipeline: a texture copy of each glyph atlas, and a
scratch texture for moving pixels. What a window shows is a Canvas's business; which quads there are
is Frame's.
"""

import weakref
from collections.abc import Sequence
from typing import Any

import numpy as np

from gputerm.errors import GLError
from gputerm.render import gl
from gputerm.render.frame import DOUBLE_BOTTOM, DOUBLE_WIDTH, SINGLE_SIZE, Batch
from gputerm.render.paint import QUAD_WORDS, Array, Geometry, curl_band
from gputerm.render.pipeline import QUAD_BYTES, Pipeline, Transform
from gputerm.render.texture import COLOR_UNIT, COVERAGE_UNIT, Texture, sample_texels
from gputerm.text.atlas import PAGE_SIZE

assert QUAD_BYTES == 4 * QUAD_WORDS


class _Pages:
    """One array texture: the pages of an atlas that have one pixel format."""

    def __init__(self, unit: int, internal: int, layout: int, pixel_bytes: int) -> None:
        self.unit, self.internal, self.layout = unit, internal, layout
        self.pixel_bytes = pixel_bytes
        self.texture = 0
        self.layers = 0

    def bind(self) -> None:
        gl.glActiveTexture(gl.GL_TEXTURE0 + self.unit)
        gl.glBindTexture(gl.GL_TEXTURE_2D_ARRAY, self.texture)

    def hold(self, pages: list[Array]) -> bool:
        """Make room for `pages`; True when the texture is new and wants all of them.

        Raises GLError when the driver has no memory for them.
        """
        layers = len(pages)
        if layers <= self.layers:
            return False
        before, self.texture = self.texture, gl.generate(gl.glGenTextures)
        self.bind()
        sample_texels(gl.GL_TEXTURE_2D_ARRAY)
        gl.glTexImage3D(
            gl.GL_TEXTURE_2D_ARRAY, 0, self.internal, PAGE_SIZE, PAGE_SIZE, layers, 0,
            self.layout, gl.GL_UNSIGNED_BYTE, None,
        )  # fmt: skip
        try:
            gl.check("making room for glyphs")
        except GLError:
            before, self.texture = self.texture, before
            raise
        finally:
            if before:
                gl.delete(gl.glDeleteTextures, before)
        self.layers = layers
        return True

    def write(self, page: int, pixels: Array, x: int, y: int, width: int, height: int) -> None:
        """Copy a rectangle of the page whose whole memory is `pixels`."""
        start = gl.address(pixels) + (y * PAGE_SIZE + x) * self.pixel_bytes
        gl.glTexSubImage3D(
            gl.GL_TEXTURE_2D_ARRAY, 0, x, y, page, width, height, 1,
            self.layout, gl.GL_UNSIGNED_BYTE, start,
        )  # fmt: skip

    def close(self) -> None:
        if self.texture:
            gl.delete(gl.glDeleteTextures, self.texture)
        self.texture = self.layers = 0


class _AtlasCopy:
    """The GPU's copy of a glyph atlas."""

    def __init__(self) -> None:
        self.coverage = _Pages(COVERAGE_UNIT, gl.GL_R8, gl.GL_RED, 1)
        self.color = _Pages(COLOR_UNIT, gl.GL_RGBA8, gl.GL_RGBA, 4)
        self.generation = -1
        self.seen = 0

    def follow(self, atlas: Any) -> None:
        """Copy what the atlas has gained and bind both textures."""
        if atlas.generation != self.generation:
            self.generation, self.seen = atlas.generation, 0
        fresh = [self.coverage.hold(atlas.coverage), self.color.hold(atlas.color)]
        self.coverage.bind()
        if self.color.texture:
            self.color.bind()
        if atlas.count == self.seen and not any(fresh):
            return
        gl.glPixelStorei(gl.GL_UNPACK_ROW_LENGTH, PAGE_SIZE)
        for change in atlas.changes(0 if any(fresh) else self.seen):
            pages, copy = (
                (atlas.color, self.color) if change.colored else (atlas.coverage, self.coverage)
            )
            copy.bind()
            copy.write(change.page, pages[change.page], change.x, change.y, change.w, change.h)
        gl.glPixelStorei(gl.GL_UNPACK_ROW_LENGTH, 0)
        self.seen = atlas.count

    def close(self) -> None:
        self.coverage.close()
        self.color.close()


class Renderer:
    """Atlas copies and the drawing of batches in the current GL context."""

    def __init__(self, pipeline: Pipeline) -> None:
        """The pipeline stays its maker's to close, after this."""
        self._pipeline = pipeline
        self._atlases: weakref.WeakKeyDictionary[Any, _AtlasCopy] = weakref.WeakKeyDictionary()
        self._forgotten: list[
            _AtlasCopy
        ] = []  #: atlases that died; freed when the context is current
        self._scratch: Texture | None = None

    def follow(self, atlas: Any) -> None:
        """Bring the GPU's copy of `atlas` up to date and make it the one that glyphs come from.

        Raises GLError, and then the copy is as it was.
        """
        copy = self._atlases.get(atlas)
        if copy is None:
            copy = self._atlases[atlas] = _AtlasCopy()
            weakref.finalize(atlas, self._forgotten.append, copy)
        copy.follow(atlas)
        while self._forgotten:
            self._forgotten.pop().close()

    def erase(
        self, target: Texture, color: int, strips: Sequence[tuple[int, int]] | None = None
    ) -> None:
        """Fill strips (y, height) of `target`, or all of it, with premultiplied 0xAARRGGBB."""
        alpha, red, green, blue = ((color >> shift & 0xFF) / 255 for shift in (24, 16, 8, 0))
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, target.framebuffer)
        gl.glClearColor(red, green, blue, alpha)
        if strips is None:
            gl.glClear(gl.GL_COLOR_BUFFER_BIT)
            return
        gl.glEnable(gl.GL_SCISSOR_TEST)
        for y, height in strips:
            gl.glScissor(0, y, target.width, height)
            gl.glClear(gl.GL_COLOR_BUFFER_BIT)
        gl.glDisable(gl.GL_SCISSOR_TEST)

    def move(self, target: Texture, strips: list[tuple[int, int, int]]) -> None:
        """Copy strips (source y, target y, height) within `target`, as if all at once."""
        scratch = self._scratch
        if scratch is None or scratch.width < target.width or scratch.height < target.height:
            width, height = target.width, target.height
            if scratch is not None:
                width, height = max(width, scratch.width), max(height, scratch.height)
                scratch.close()
            self._scratch = scratch = Texture(width, height)
        # A blit whose rectangles overlap in one picture is undefined. [OpenGL 3.3 core, section
        # 4.3.2]
        self._blit(target, scratch, [(source, source, height) for source, _, height in strips])
        self._blit(scratch, target, strips)

    @staticmethod
    def _blit(source: Texture, target: Texture, strips: list[tuple[int, int, int]]) -> None:
        gl.glBindFramebuffer(gl.GL_READ_FRAMEBUFFER, source.framebuffer)
        gl.glBindFramebuffer(gl.GL_DRAW_FRAMEBUFFER, target.framebuffer)
        width = min(source.width, target.width)
        for y, to, height in strips:
            gl.glBlitFramebuffer(
                0, y, width, y + height, 0, to, width, to + height,
                gl.GL_COLOR_BUFFER_BIT, gl.GL_NEAREST,
            )  # fmt: skip

    def draw(self, target: Texture, batch: Batch, geometry: Geometry) -> None:
        """Draw a batch's quads into `target`, with glyphs of the atlas followed last."""
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, target.framebuffer)
        gl.glViewport(0, 0, target.width, target.height)
        transform = _transform(target, batch, geometry)
        if batch.size != SINGLE_SIZE:
            metrics = geometry.metrics
            top = geometry.top + batch.row * metrics.cell_height
            gl.glEnable(gl.GL_SCISSOR_TEST)
            gl.glScissor(0, top, target.width, metrics.cell_height)
        quads = batch.quads
        if len(quads.backgrounds):
            height, width = quads.cells.shape
            self._pipeline.upload_cells(width, height, gl.address(quads.cells))
            self._quads("background", quads.backgrounds, transform, blend=False)
        self._quads("fill", quads.fills, transform, blend=True)
        if len(quads.lines):
            program = self._pipeline.program("line")
            program.use()
            gl.glUniform1f(program.location("height"), curl_band(geometry.metrics)[1])
            self._quads("line", quads.lines, transform, blend=True)
        self._quads("glyph", quads.glyphs, transform, blend=True)
        self._quads("color_glyph", quads.color_glyphs, transform, blend=True)
        self._quads("fill", quads.over, transform, blend=False)
        if batch.size != SINGLE_SIZE:
            gl.glDisable(gl.GL_SCISSOR_TEST)

    def _quads(self, name: str, quads: Array, transform: Transform, *, blend: bool) -> None:
        if len(quads):
            self._pipeline.draw(name, gl.address(quads), len(quads), transform, blend=blend)

    def close(self) -> None:
        """Give everything back; needs the context to be current."""
        for copy in (*self._atlases.values(), *self._forgotten):
            copy.close()
        self._atlases.clear()
        self._forgotten.clear()
        if self._scratch is not None:
            self._scratch.close()


def _transform(target: Texture, batch: Batch, geometry: Geometry) -> Transform:
    """Canvas pixels to clip coordinates, as (scale x, scale y, offset x, offset y)."""
    across, down = 2 / target.width, 2 / target.height
    if batch.size == SINGLE_SIZE:
        return across, down, -1.0, -1.0
    # x' = left + 2 (x - left); y' = top + stretch (y - top), a row higher to show the bottom half.
    left = geometry.left
    top = geometry.top + batch.row * geometry.metrics.cell_height
    stretch = 1 if batch.size == DOUBLE_WIDTH else 2
    shift = geometry.metrics.cell_height if batch.size == DOUBLE_BOTTOM else 0
    return (
        2 * across,
        stretch * down,
        -left * across - 1.0,
        (top - stretch * top - shift) * down - 1.0,
    )


def pixels_of(target: Texture) -> Array:
    """uint8[height, width, 4]: RGBA with straight alpha, top row first."""
    out = np.empty((target.height, target.width, 4), np.uint8)
    gl.glBindFramebuffer(gl.GL_READ_FRAMEBUFFER, target.framebuffer)
    gl.glPixelStorei(gl.GL_PACK_ALIGNMENT, 1)
    gl.glReadPixels(
        0, 0, target.width, target.height, gl.GL_RGBA, gl.GL_UNSIGNED_BYTE, gl.address(out)
    )
    alpha = out[..., 3]
    if alpha.min(initial=255) < 255:
        full = np.maximum(alpha, 1)[..., None].astype(np.uint16)
        straight = (out[..., :3].astype(np.uint16) * 255 + full // 2) // full
        out[..., :3] = np.minimum(straight, 255)
    return out
