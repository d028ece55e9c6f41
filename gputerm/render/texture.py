"""Pictures in the driver's memory that can be drawn into. Imports no numpy; see pipeline.py."""

from gputerm.errors import GLError
from gputerm.limits import MAX_SIDE_PX
from gputerm.render import gl

_CANT_DRAW = "the graphics driver can't draw into a {} × {} texture"

COVERAGE_UNIT, COLOR_UNIT, CELLS_UNIT, WORK_UNIT = range(4)  #: texture units


def sample_texels(target: int) -> None:
    """No mipmaps, no filtering, no repetition for the texture bound to `target`."""
    for name, value in (
        (gl.GL_TEXTURE_MIN_FILTER, gl.GL_NEAREST),
        (gl.GL_TEXTURE_MAG_FILTER, gl.GL_NEAREST),
        (gl.GL_TEXTURE_WRAP_S, gl.GL_CLAMP_TO_EDGE),
        (gl.GL_TEXTURE_WRAP_T, gl.GL_CLAMP_TO_EDGE),
    ):
        gl.glTexParameteri(target, name, value)


class Texture:
    """A canvas-sized picture that can be drawn into, stored top row first.

    Its memory layout is BGRA because windows have that: presenting is then a plain copy (0.04
    instead of 0.7 ms for 800 × 510 on llvmpipe). The unsized internal format is what lets a driver
    follow the layout of the (absent) data.
    """

    def __init__(self, width: int, height: int) -> None:
        """Raises GLError when the driver can't make one so large, or has no memory for it."""
        # A window that is being shrunk to nothing still needs a texture.
        width, height = max(width, 1), max(height, 1)
        if max(width, height) > MAX_SIDE_PX:
            raise GLError(_CANT_DRAW.format(width, height))
        self.width, self.height = width, height
        self.texture = gl.generate(gl.glGenTextures)
        gl.glActiveTexture(gl.GL_TEXTURE0 + WORK_UNIT)
        gl.glBindTexture(gl.GL_TEXTURE_2D, self.texture)
        sample_texels(gl.GL_TEXTURE_2D)
        gl.glTexImage2D(
            gl.GL_TEXTURE_2D, 0, gl.GL_RGBA, width, height, 0, gl.GL_BGRA, gl.GL_UNSIGNED_BYTE, None
        )
        self.framebuffer = gl.generate(gl.glGenFramebuffers)
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, self.framebuffer)
        gl.glFramebufferTexture2D(
            gl.GL_FRAMEBUFFER, gl.GL_COLOR_ATTACHMENT0, gl.GL_TEXTURE_2D, self.texture, 0
        )
        if gl.glCheckFramebufferStatus(gl.GL_FRAMEBUFFER) != gl.GL_FRAMEBUFFER_COMPLETE:
            self.close()
            gl.glGetError()  # of the calls that this is about
            raise GLError(_CANT_DRAW.format(width, height))

    def close(self) -> None:
        """Give the memory back; needs the context to be current."""
        gl.delete(gl.glDeleteFramebuffers, self.framebuffer)
        gl.delete(gl.glDeleteTextures, self.texture)
