"""Who may import whom, and that packaging knows everything there is.

The arrows are drawn in ARCHITECTURE.md; here they are a table. A module without a row fails, so
that a new one is placed on purpose.
"""

import ast
import configparser
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "gputerm"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LEAVES = {
    "actions",
    "directories",
    "errors",
    "libraries",
    "log",
    "process",
    "options",
    "output",
    "records",
    "resources",
    "statistics",
    "trust",
}
PARTS = {"config", "host", "input", "ipc", "render", "session", "text", "view", "vt", "window"}
MAY_IMPORT: dict[str, set[str]] = {
    **{leaf: set() for leaf in LEAVES},
    "options": {"errors", "records"},
    "directories": {"errors"},
    "output": {"errors"},
    "statistics": {"records"},
    "vt": set(),
    "text": set(),
    "host": set(),
    "input": set(),
    "ipc.protocol": set(),
    "opening": set(),
    "pacer": set(),
    "perf_log": set(),
    "failures": set(),
    "event_limits": {"vt"},
    "blinking": set(),
    "patterns": set(),
    "match": {"patterns"},
    "trusting": {"config", "match"},
    "view": {"vt"},
    "dump": {"vt", "dump_html"},
    "dump_html": {"vt", "dump"},
    "window": {"input"},
    "config": {"input", "match", "patterns"},
    "ipc": {"host"},
    "render": {"vt", "view", "text"},
    "session": {"vt", "view", "input", "host"},
    # The app and what it is made of: only they know everybody. Where the app or a window hands
    # itself to one of its parts, the part names its type.
    "pointer": PARTS | {"terminal_window"},
    "deeds": PARTS | {"terminal_window"},
    "terminal_window": PARTS
    | {"appearance", "blinking", "deeds", "event_limits", "failures", "geometry", "match"}
    | {"opening", "pacer", "perf_log"}
    | {"pointer", "trusting", "window_operations"},
    "window_operations": {"vt", "window"},
    "control": PARTS
    | {"app", "appearance", "dump", "dump_html", "match", "patterns", "terminal_window"},
    "offscreen": PARTS | {"failures", "appearance", "dump", "geometry"},
    "appearance": PARTS,
    "geometry": {"config", "text"},
    "graphics": {"render", "window"},
    "echo": {"host", "window"},
    "launching": {"config", "geometry", "host", "ipc", "text", "window"},
    "app": PARTS
    | {"appearance", "graphics", "launching", "start", "control", "dump", "echo", "failures"}
    | {"perf_log"}
    | {"terminal_window"},
    "start": {"app", "config", "graphics", "launching", "window", "vt"},
    "cli": {"config", "failures", "geometry", "ipc", "offscreen", "start"},
    "__main__": {"cli"},
    "__init__": set(),
    "tools": set(),
}
SOLE_IMPORTER = {
    "sdl2": "window.sdl",
    "Xlib": "window.x11_selections",
    "OpenGL": "render.gl",
    "freetype": "text.face",
    "uharfbuzz": "text.shaper",
    "ptyprocess": "host.fork",
    "re2": "patterns",
    "termios": "host",
    "selectors": "host.loop",
    "PIL": "nobody",
}


def sources() -> list[Path]:
    return sorted(path for suffix in ("py", "pyi", "pxd") for path in PACKAGE.rglob(f"*.{suffix}"))


def module_name(path: Path) -> str:
    """For gputerm/vt/parser.pxd "vt.parser", for gputerm/vt/__init__.py "vt"."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def imports(path: Path) -> Iterator[str]:
    """The full names that a file imports, of modules and of what they hold."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".pxd":
        for module, names in re.findall(r"^from (\S+) cimport (.+)$", text, re.MULTILINE):
            yield from (f"{module}.{name.strip()}" for name in names.split(","))
        yield from re.findall(r"^cimport (\S+)", text, re.MULTILINE)
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def within(name: str, owner: str) -> bool:
    return name == owner or name.startswith(owner + ".")


def row_of(module: str) -> str:
    rows = [owner for owner in MAY_IMPORT if within(module, owner)]
    assert rows, f"say in MAY_IMPORT what gputerm.{module} may import"
    return max(rows, key=len)


def test_imports_follow_the_rule():
    wrong = []
    for path in sources():
        module = module_name(path)
        row = row_of(module)
        allowed = MAY_IMPORT[row] | (set() if row in LEAVES else LEAVES) | {row}
        for target in imports(path):
            if not within(target, "gputerm") or target == "gputerm.__version__":
                continue
            target = target.removeprefix("gputerm.")
            if not any(within(target, owner) for owner in allowed):
                wrong.append(f"{module} imports {target}")
    assert wrong == []


def test_each_library_has_one_importer():
    wrong = []
    for path in sources():
        module = module_name(path)
        for target in imports(path):
            owner = SOLE_IMPORTER.get(target.partition(".")[0])
            if owner and not within(module, owner):
                wrong.append(f"{module} imports {target}, which only {owner} may")
    assert wrong == []


def test_the_command_starts_without_the_application():
    """`gputerm msg` in a script shouldn't wait for libraries that it doesn't use."""
    code = "import sys, gputerm.cli; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    loaded = set(answer.stdout.decode().split())
    assert loaded & {"numpy", "sdl2dll", "freetype", "uharfbuzz", "gputerm.app"} == set()


def test_every_package_is_packed():
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = set(setup["options"]["packages"].split())
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("*.py")}
    found |= {f"gputerm.{kind}" for kind in ("fonts", "shaders", "terminfo")}
    assert listed == found


def test_every_compiled_module_has_three_faces():
    compiled = {
        extension["name"].removeprefix("gputerm.")
        for extension in PYPROJECT["tool"]["setuptools"]["ext-modules"]
    }
    assert compiled == {module_name(path) for path in PACKAGE.rglob("*.pxd")}
    for module in compiled:
        source = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
        assert source.exists()
        assert source.with_suffix(".pyi").exists()
        assert source.read_text(encoding="utf-8").startswith("# cython: ")
