"""Shader files: includes, and complaints that can be found."""

import pytest

from gputerm import paths
from gputerm.errors import ShaderError
from gputerm.render import shaders


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A function that writes shader files where the loader looks."""

    def find(kind, name=""):
        if not (tmp_path / name).exists():
            raise FileNotFoundError(name)
        return tmp_path / name

    monkeypatch.setattr(paths, "installed", find)

    def write(**files):
        for name, text in files.items():
            stem, _, ending = name.rpartition("_")
            (tmp_path / f"{stem}.{ending}").write_text(text)

    return write


VERTEX = "#version 330 core\nvoid main() { gl_Position = vec4(0); }\n"


def test_an_include_keeps_line_numbers(folder):
    folder(a_frag='one\n#include "b.glsl"\ntwo\n', b_glsl="inner\n")
    text, files = shaders.read_source("a.frag")
    assert text.splitlines() == ["one", "#line 1 1", "inner", "#line 3 0", "two"]
    assert files == ["a.frag", "b.glsl"]


def test_a_missing_include_names_file_and_line(folder):
    folder(a_frag='\n#include "no.glsl"\n')
    with pytest.raises(ShaderError, match=r'^a\.frag:2: no such file "no\.glsl"$'):
        shaders.read_source("a.frag")


def test_a_circle_is_refused(folder):
    folder(a_frag='#include "b.glsl"\n', b_glsl='\n#include "a.frag"\n')
    with pytest.raises(ShaderError, match=r"^b\.glsl:2: a\.frag includes itself$"):
        shaders.read_source("a.frag")


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("0:3(5): error: syntax error", "a.frag:3: error: syntax error"),
        ("1:7(1): error: `x' undeclared", "b.glsl:7: error: `x' undeclared"),
        ("1(12) : error C0000: syntax error", "b.glsl:12: error C0000: syntax error"),
        ("ERROR: 0:2: 'foo' : undeclared", "a.frag:2: 'foo' : undeclared"),
        ("out of luck", "a.frag: out of luck"),
    ],
)
def test_the_logs_of_all_drivers_are_located(log, expected):
    assert shaders._located(log, ["a.frag", "b.glsl"]) == expected


@pytest.mark.gl
def test_a_compile_error_is_found_in_the_included_file(renderer, folder):
    folder(
        a_vert=VERTEX,
        a_frag='#version 330 core\nout vec4 pixel;\n#include "b.glsl"\nvoid main() {}\n',
        b_glsl="// fine\nfloat f() { return vec2(0.0); }\n",
    )
    with pytest.raises(ShaderError, match=r"^b\.glsl:2: "):
        shaders.Program("a.vert", "a.frag")


@pytest.mark.gl
def test_a_link_error_names_both_files(renderer, folder):
    head = "#version 330 core\n"
    folder(
        a_vert=head + "out vec3 at;\nvoid main() { gl_Position = vec4(at = vec3(0), 1); }\n",
        a_frag=head + "in vec2 at;\nout vec4 pixel;\nvoid main() { pixel = at.xyxy; }\n",
    )
    with pytest.raises(ShaderError, match=r"a\.vert \+ a\.frag: "):
        shaders.Program("a.vert", "a.frag")
