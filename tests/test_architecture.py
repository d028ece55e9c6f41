"""Who may import whom, and that packaging knows everything there is.

ARCHITECTURE.md describes the rooms; here is what each may import. A module without a row fails, so
that a new one is placed on purpose.
"""

import ast
import configparser
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "gputerm"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LEAVES = {
    "actions",
    "arguments",
    "errors",
    "failures",
    "limits",
    "log",
    "options",
    "output",
    "paths",
    "records",
    "stand_ins",
}
#: What both ends of the socket know.
IPC = (
    *("ipc.protocol", "ipc.sockets", "ipc.event_table"),
    *("ipc.command", "ipc.commands", "ipc.results"),
)
#: Leaves aside, which all may import. A room that is named stands for all that is in it, except in
#: rows of its own rooms: vt.functions names vt for what lies in vt itself, and not vt.terminal.
MAY_IMPORT: dict[str, set[str]] = {
    **{leaf: set() for leaf in LEAVES},
    # The engine: bytes to cells to pixels.
    "vt.core": set(),
    "vt": {"vt.core"},
    "vt.functions": {"vt", "vt.core"},
    "vt.terminal": {"vt", "vt.core", "vt.functions"},
    "view": {"finding", "input", "vt"},
    "text": set(),
    "render": {"vt", "view", "text"},
    "input": set(),
    "layout": set(),
    # The world around it.
    "host": set(),
    "host.ssh": set(),
    "host.worker": set(),
    "window": {"input"},
    "finding.patterns": set(),
    "finding": {"finding.patterns", "vt"},
    "policy": {"finding.patterns"},
    "config": {"finding.patterns", "input", "policy"},
    "configured": {"config", "input", "pane", "policy", "render", "text", "view", "vt"},
    "export": {"vt"},
    "pane": {"finding", "host", "input", "policy", "view", "vt"},
    "ipc.protocol": set(),
    "ipc.sockets": set(),
    "ipc.event_table": set(),
    "ipc.command": {"ipc.protocol"},
    "ipc.commands": {"ipc.command", "ipc.protocol"},
    "ipc.results": set(),
    "ipc.json_schema": {"ipc.command", "ipc.commands", "ipc.protocol", "ipc.results"},
    "ipc.client": set(IPC),
    "ipc.server": {*IPC, "host", "ipc.json_schema"},
    "ipc": {"ipc.client", "ipc.protocol", "ipc.results"},
    # What is made of both.
    "startup": {"config", "configured", "host", "ipc.server", "render", "text", "vt", "window"},
    "control": {
        "config",
        "export",
        "finding",
        "host.worker",
        "input",
        *IPC,
        "pane",
        "policy",
        "render",
        "view",
        "vt",
    },
    "app": {"config", "configured", "control", "host", "input", "ipc.server", "layout", "pane"}
    | {"policy", "render", "startup", "text", "view", "vt", "window"},
    "testing": {"config", "configured", "export", "export.studio", "host", "input", "pane"}
    | {"render", "text", "vt"},
    "export.studio": {"config", "configured", "render", "text", "vt"},
    "export.picture": {"config", "configured", "export", "export.studio", "host", "render"}
    | {"text", "vt"},
    "cli": {"app", "config", "configured", "export.picture", "host.ssh", "input", "startup"}
    | {"ipc.client", "ipc.commands", "ipc.protocol"},
    "__main__": {"cli"},
    "__init__": set(),
    "tools": {"config", "control", "finding", "input", "ipc", "policy", "view", "vt"},
}
#: What happens, what can be chosen, what XTWINOPS does, links and hints, in each room's words.
SAME_THING = {"events", "hints", "links", "options", "schema", "xtwinops"}
SOLE_IMPORTER = {
    "sdl2": "window.sdl",
    "Xlib": "window.x11_selections",
    "OpenGL": "render.gl",
    "freetype": "text.face",
    "uharfbuzz": "text.shaper",
    "ptyprocess": "host.fork",
    "re2": "finding.patterns",
    "termios": "host",
    "selectors": "host.loop",
    "PIL": "nobody",
}


def sources() -> list[Path]:
    return sorted(path for suffix in ("py", "pyi", "pxd") for path in PACKAGE.rglob(f"*.{suffix}"))


def module_name(path: Path) -> str:
    """For gputerm/vt/core/parser.pxd "vt.core.parser", for gputerm/vt/__init__.py "vt"."""
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


def may_import(row: str, target: str) -> bool:
    """Whether modules of a row may import what a full name of ours means."""
    return row_of(target) in MAY_IMPORT[row] | LEAVES | {row} or any(
        within(target, owner) and not within(row, owner) for owner in MAY_IMPORT[row]
    )


def test_imports_follow_the_rule():
    wrong = []
    for path in sources():
        module = module_name(path)
        for target in imports(path):
            if not within(target, "gputerm") or target == "gputerm.__version__":
                continue
            target = target.removeprefix("gputerm.")
            # A package's __init__ offers what is in the package.
            offered = path.stem == "__init__" and within(target, module)
            if not offered and not may_import(row_of(module), target):
                wrong.append(f"{module} imports {target}")
    assert wrong == []


def arrows() -> dict[str, set[str]]:
    """Which modules each module imports: for types only, late, and in .pyi and .pxd as well."""
    modules = {module_name(path) for path in sources()}
    result: dict[str, set[str]] = {module: set() for module in modules}
    for path in sources():
        module = module_name(path)
        for target in imports(path):
            while target.removeprefix("gputerm.") not in modules and "." in target:
                target = target.rpartition(".")[0]
            target = target.removeprefix("gputerm.")
            if target in modules - {module}:
                result[module].add(target)
    return result


def circles() -> list[set[str]]:
    """Sets of modules each of which imports all the others, directly or through others."""
    direct = arrows()
    reached = {module: set(targets) for module, targets in direct.items()}
    for between in direct:
        for targets in reached.values():
            if between in targets:
                targets |= reached[between]
    found = []
    for module in sorted(direct):
        circle = {other for other in reached[module] if module in reached[other]}
        if circle and circle not in found:
            found.append(circle)
    return found


def test_no_circle_of_files():
    """Such files can only be understood, tested and moved together."""
    assert circles() == []


def test_no_two_files_have_one_name():
    """Unless they are the same thing seen from two sides."""
    names = Counter(path.stem for path in PACKAGE.rglob("*.py") if path.stem != "__init__")
    assert {name for name, count in names.items() if count > 1} <= SAME_THING


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
    assert loaded & {"numpy", "sdl2dll", "freetype", "uharfbuzz", "gputerm.app.app"} == set()


def test_every_package_is_packed():
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    listed = set(setup["options"]["packages"].split())
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in PACKAGE.rglob("*.py")}
    found |= {f"gputerm.{kind}" for kind in ("fonts", "shaders", "shells", "terminfo")}
    assert listed == found


def test_every_compiled_module_has_three_faces():
    compiled = {
        extension["name"].removeprefix("gputerm.")
        for extension in PYPROJECT["tool"]["setuptools"]["ext-modules"]
    }
    faces = {path for path in PACKAGE.rglob("*.pxd") if "cdef class" in path.read_text()}
    assert compiled == {module_name(path) for path in faces}
    for module in compiled:
        source = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
        assert source.exists()
        assert source.with_suffix(".pyi").exists()
        assert source.read_text(encoding="utf-8").startswith("# cython: ")
        stub = ast.parse(source.with_suffix(".pyi").read_text(encoding="utf-8"))
        for node in ast.walk(stub):  # What a function does is said once, in the .py.
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                assert ast.get_docstring(node) is None, (module, getattr(node, "name", ""))
