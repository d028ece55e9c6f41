"""Our prototypes and constants are those that PyOpenGL generates from the Khronos registry."""

import ctypes
import json
import os
import subprocess
import sys

import pytest

from gputerm.render import gl, offscreen

#: Prints {name: value} of PyOpenGL's constants and {name: [result, *arguments]} of its functions,
#: each type as its size and "f" for a floating point number, "p" for a pointer, "i" for others.
#: On its own, for gl.py turns error checking off, and without that OpenGL.EGL can't be imported.
REGISTRY = """
import ctypes, importlib, json
from OpenGL import constant

def kind(type):
    if type is None:
        return None
    if not issubclass(type, ctypes._SimpleCData):
        return "p8"  # PyOpenGL's classes for arrays, opaque handles and pointers
    return {"f": "f", "P": "p", "z": "p"}.get(type._type_, "i") + str(ctypes.sizeof(type))

modules = [f"GL.VERSION.GL_{major}_{minor}" for major, minor in
           ((1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2, 0), (3, 0), (3, 1), (3, 2), (3, 3))]
modules += [f"EGL.VERSION.EGL_1_{minor}" for minor in (0, 1, 2, 4, 5)]
modules += ["EGL.EXT.platform_base", "EGL.KHR.create_context"]
found = {}
for module in modules:
    for name, value in vars(importlib.import_module("OpenGL.raw." + module)).items():
        if isinstance(value, constant.Constant):
            found.setdefault(name, int(value))
        elif name[:2] in ("gl", "eg") and value.argtypes is not None:
            found.setdefault(name, [kind(type) for type in (value.restype, *value.argtypes)])
print(json.dumps(found))
"""

#: EGL_MESA_platform_surfaceless, which PyOpenGL has not.
NOT_IN_PYOPENGL = {"EGL_PLATFORM_SURFACELESS_MESA": 0x31DD}


@pytest.fixture(scope="module")
def registry():
    answer = subprocess.run(
        [sys.executable, "-c", REGISTRY],
        env={**os.environ, "PYOPENGL_PLATFORM": "egl"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout) | NOT_IN_PYOPENGL


def kind(type):
    if type is None:
        return None
    code = {"f": "f", "P": "p", "z": "p"}.get(type._type_, "i")
    return f"{code}{ctypes.sizeof(type)}"


def named(module, prefix):
    return {name: value for name, value in vars(module).items() if name.startswith(prefix)}


def test_constants_are_the_registry_s(registry):
    ours = named(gl, "GL_") | {n[1:]: v for n, v in named(offscreen, "_EGL_").items()}
    ours |= {name: code for code, name in gl._ERROR_NAMES.items()}
    del ours["GL_CONTEXT_LOST"]  # OpenGL 4.5
    # EGL 1.5 took over the names of EGL_KHR_create_context.
    theirs = {name: registry.get(name, registry.get(f"{name}_KHR")) for name in ours}
    assert ours == theirs
    assert len(ours) > 50


def test_functions_take_and_return_what_the_registry_says(registry):
    ours = {
        name: [kind(function.restype), *map(kind, function.argtypes)]
        for name, function in named(gl, "gl").items()
    }
    ours |= {name: list(map(kind, types)) for name, types in offscreen._PROTOTYPES.items()}
    assert ours == {name: registry.get(name) for name in ours}
    assert len(ours) > 50
