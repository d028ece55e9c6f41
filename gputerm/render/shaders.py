"""Programs from the files in shaders/: reading, `#include "file"`, compiling, and errors that name
file:line.

Each file keeps its own line numbers: an include becomes its text between two #line directives
whose second number is the file's index, and driver messages are mapped back through it. No
variants, no defines: a draw call has its pair of files. A program's uniforms are looked up once.
"""

import ctypes
import re

from gputerm import paths
from gputerm.errors import ShaderError
from gputerm.render import gl

_INCLUDE = re.compile(r'^\s*#include\s+"([^"]+)"\s*$')
# Mesa "0:12(3): error", where an undeclared name is always said to be in file 0;
# NVIDIA "0(12) : error"; AMD and Intel "ERROR: 0:12:".
_PLACE = re.compile(r"(\d+)(?::(\d+)(?:\(\d+\))?|\((\d+)\))")


_ahead: dict[str, tuple[str, list[str]]] = {}


def read_ahead(name: str) -> None:
    """Have the file read before its program is made. Raises ShaderError."""
    _ahead[name] = read_source(name)


def read_source(name: str) -> tuple[str, list[str]]:
    """The shader `name` with its includes, and the file names that #line numbers refer to.

    Raises ShaderError (naming file:line) for an include that doesn't exist or includes itself.
    """
    files: list[str] = []
    return _expand(name, files, ()), files


def _expand(name: str, files: list[str], parents: tuple[str, ...]) -> str:
    index = len(files)
    files.append(name)
    try:
        with open(paths.installed("shaders", name), encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise ShaderError(f"{name}: can't be read ({error.strerror or error})") from None
    out = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _INCLUDE.match(line)
        if match is None:
            out.append(line)
            continue
        wanted = match[1]
        if wanted in (*parents, name):
            raise ShaderError(f"{name}:{number}: {wanted} includes itself")
        try:
            paths.installed("shaders", wanted)
        except FileNotFoundError:
            raise ShaderError(f'{name}:{number}: no such file "{wanted}"') from None
        out.append(f"#line 1 {len(files)}")
        out.append(_expand(wanted, files, (*parents, name)))
        # The number is that of the next line [GLSL 3.30 section 3.3].
        out.append(f"#line {number + 1} {index}")
    return "\n".join(out)


def _located(log: str, files: list[str]) -> str:
    """The driver's first complaint with its place as file:line."""
    line = next((part for part in log.splitlines() if _PLACE.search(part)), log.strip())
    match = _PLACE.search(line)
    if match is None or int(match[1]) >= len(files):
        return f"{files[0]}: {line.strip() or 'failed without a message'}"
    message = line[match.end() :].strip(" :")
    return f"{files[int(match[1])]}:{match[2] or match[3]}: {message}"


def _compile(name: str) -> int:
    text, files = _ahead.get(name) or read_source(name)
    kind = gl.GL_VERTEX_SHADER if name.endswith(".vert") else gl.GL_FRAGMENT_SHADER
    shader: int = gl.glCreateShader(kind)
    sources = (ctypes.c_char_p * 1)(text.encode())
    gl.glShaderSource(shader, 1, sources, None)
    gl.glCompileShader(shader)
    status = ctypes.c_int()
    gl.glGetShaderiv(shader, gl.GL_COMPILE_STATUS, ctypes.byref(status))
    if not status.value:
        log = ctypes.create_string_buffer(4096)
        gl.glGetShaderInfoLog(shader, len(log), None, log)
        gl.glDeleteShader(shader)
        raise ShaderError(_located(log.value.decode(errors="replace"), files))
    return shader


class Program:
    """A linked vertex and fragment shader. `use` before setting uniforms."""

    def __init__(self, vertex: str, fragment: str) -> None:
        """Compile and link two files of shaders/; ShaderError names file and line."""
        self.name: int = gl.glCreateProgram()
        for file in (vertex, fragment):
            shader = _compile(file)
            gl.glAttachShader(self.name, shader)
            gl.glDeleteShader(shader)  # lives on while it is attached
        gl.glLinkProgram(self.name)
        status = ctypes.c_int()
        gl.glGetProgramiv(self.name, gl.GL_LINK_STATUS, ctypes.byref(status))
        if not status.value:
            log = ctypes.create_string_buffer(4096)
            gl.glGetProgramInfoLog(self.name, len(log), None, log)
            raise ShaderError(
                f"{vertex} + {fragment}: {log.value.decode(errors='replace').strip()}"
            )
        self._locations: dict[str, int] = {}

    def use(self) -> None:
        """Make it the current program."""
        gl.glUseProgram(self.name)

    def location(self, uniform: str) -> int:
        """Where `uniform` lives; -1 (which GL ignores) when the compiler found it unused."""
        found = self._locations.get(uniform)
        if found is None:
            found = self._locations[uniform] = gl.glGetUniformLocation(self.name, uniform.encode())
        return found

    def close(self) -> None:
        """Give the program back; needs its context to be current."""
        gl.glDeleteProgram(self.name)
