"""What draws quads, whatever they show: programs, the stream of instances, and the state of the GL
context that all draw calls share.

Imports no numpy, so that the thread that connects to the display makes it while the main thread
imports the rest (app/main.py). Each kind of quad has its program, because on a software renderer a
shader that can do everything costs half as much again for every pixel. All but the one for glyphs
are made when first needed.
"""

import ctypes

from gputerm.errors import GLError
from gputerm.render import gl
from gputerm.render.shaders import Program, read_ahead
from gputerm.render.texture import (
    CELLS_UNIT,
    COLOR_UNIT,
    COVERAGE_UNIT,
    Texture,
    sample_texels,
)

QUAD_BYTES = 20  #: one instance; paint.py says what is in it

Transform = tuple[float, float, float, float]  #: canvas pixels to clip: scale x, y, offset x, y


#: With what nearly every first screen is drawn; True: blended.
_FIRST = {"background": False, "fill": True, "glyph": True}
_LATER = ("color_glyph", "line")


def _files(program: str) -> tuple[str, str]:
    return "background.vert" if program == "background" else "quad.vert", f"{program}.frag"


def read_shaders() -> None:
    """Read the files of all programs: of those that `warm_up` makes because a thread beside a busy
    one takes its time for it, of the others because there may be no descriptor left when they are
    needed. Raises ShaderError."""
    for program in (*_FIRST, *_LATER):
        for file in _files(program):
            read_ahead(file)


class Pipeline:
    """Programs and the instance stream of the current GL context."""

    def __init__(self) -> None:
        """Needs a current OpenGL 3.3 core context; raises GLError or ShaderError."""
        version = gl.integer(gl.GL_MAJOR_VERSION), gl.integer(gl.GL_MINOR_VERSION)
        if version < (3, 3):
            name = (gl.glGetString(gl.GL_RENDERER) or b"?").decode(errors="replace")
            raise GLError(f"{name} offers OpenGL {version[0]}.{version[1]}; gputerm needs 3.3")
        self._programs: dict[str, Program] = {}
        self._array = gl.generate(gl.glGenVertexArrays)
        self._stream = gl.generate(gl.glGenBuffers)
        gl.glBindVertexArray(self._array)
        gl.glBindBuffer(gl.GL_ARRAY_BUFFER, self._stream)
        gl.glVertexAttribPointer(0, 4, gl.GL_SHORT, 0, QUAD_BYTES, 0)
        gl.glVertexAttribPointer(1, 2, gl.GL_UNSIGNED_SHORT, 0, QUAD_BYTES, 8)
        gl.glVertexAttribIPointer(2, 2, gl.GL_UNSIGNED_SHORT, QUAD_BYTES, 12)
        # GL_BGRA in the place of a size: the bytes of 0xAARRGGBB, normalised. [OpenGL 3.3 core,
        # 2.8]
        gl.glVertexAttribPointer(3, gl.GL_BGRA, gl.GL_UNSIGNED_BYTE, 1, QUAD_BYTES, 16)
        for location in range(4):
            gl.glEnableVertexAttribArray(location)
            gl.glVertexAttribDivisor(location, 1)
        gl.glBlendFunc(gl.GL_ONE, gl.GL_ONE_MINUS_SRC_ALPHA)  # everything is premultiplied
        gl.glDisable(gl.GL_DITHER)
        gl.glPixelStorei(gl.GL_UNPACK_ALIGNMENT, 1)
        self._cells = gl.generate(gl.glGenTextures)
        gl.glActiveTexture(gl.GL_TEXTURE0 + CELLS_UNIT)
        gl.glBindTexture(gl.GL_TEXTURE_2D, self._cells)
        sample_texels(gl.GL_TEXTURE_2D)
        self.program("glyph")
        gl.check("preparing to draw")

    def warm_up(self) -> None:
        """Draw nothing with the programs that nearly every first screen needs.

        Drivers translate a program only when it is first drawn with: 12 ms on llvmpipe, which the
        first frame would have to wait for.
        """
        target = Texture(1, 1)
        gl.glBindFramebuffer(gl.GL_FRAMEBUFFER, target.framebuffer)
        gl.glViewport(0, 0, 1, 1)
        page = gl.generate(gl.glGenTextures)
        gl.glActiveTexture(gl.GL_TEXTURE0 + COVERAGE_UNIT)
        gl.glBindTexture(gl.GL_TEXTURE_2D_ARRAY, page)
        sample_texels(gl.GL_TEXTURE_2D_ARRAY)
        gl.glTexImage3D(
            gl.GL_TEXTURE_2D_ARRAY, 0, gl.GL_R8, 1, 1, 1, 0, gl.GL_RED, gl.GL_UNSIGNED_BYTE, None
        )
        nothing = (ctypes.c_ubyte * QUAD_BYTES)()
        self.upload_cells(1, 1, None)
        for name, blend in _FIRST.items():
            self.draw(name, ctypes.addressof(nothing), 1, (0.0, 0.0, 0.0, 0.0), blend=blend)
        gl.glFinish()
        gl.delete(gl.glDeleteTextures, page)
        target.close()

    def draw(
        self, name: str, address: int, count: int, transform: Transform, *, blend: bool
    ) -> None:
        """Draw `count` quads from `address` on with the program `name` into what is bound."""
        program = self.program(name)
        program.use()
        gl.glUniform4f(program.location("transform"), *transform)
        (gl.glEnable if blend else gl.glDisable)(gl.GL_BLEND)
        # New storage each time: the driver needn't wait for the draw that reads the old one.
        gl.glBufferData(gl.GL_ARRAY_BUFFER, count * QUAD_BYTES, address, gl.GL_STREAM_DRAW)
        gl.glDrawArraysInstanced(gl.GL_TRIANGLE_STRIP, 0, 4, count)

    def upload_cells(self, width: int, height: int, address: int | None) -> None:
        """The picture that `background` stretches; its unit is never bound to anything else."""
        gl.glActiveTexture(gl.GL_TEXTURE0 + CELLS_UNIT)
        gl.glTexImage2D(
            gl.GL_TEXTURE_2D, 0, gl.GL_RGBA, width, height, 0,
            gl.GL_BGRA, gl.GL_UNSIGNED_BYTE, address,
        )  # fmt: skip

    def program(self, name: str) -> Program:
        """The program of this name, made when first asked for."""
        program = self._programs.get(name)
        if program is None:
            program = self._programs[name] = Program(*_files(name))
            program.use()
            gl.glUniform1i(program.location("cells"), CELLS_UNIT)
            gl.glUniform1i(program.location("coverage_pages"), COVERAGE_UNIT)
            gl.glUniform1i(program.location("color_pages"), COLOR_UNIT)
        return program

    def close(self) -> None:
        """Give everything back; needs the context to be current."""
        for program in self._programs.values():
            program.close()
        gl.delete(gl.glDeleteTextures, self._cells)
        gl.delete(gl.glDeleteBuffers, self._stream)
        gl.delete(gl.glDeleteVertexArrays, self._array)
