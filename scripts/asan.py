"""Runs the core's tests with every compiled module checked: by AddressSanitizer, by
UndefinedBehaviorSanitizer and by Cython's own bounds checks. `asan.py [--minutes N]`; the fuzzer's
corpus and N minutes of made-up programs follow the tests.

All lies in build/asan, a copy of the package whose modules are compiled anew where a source
changed; those in the package stay as they are. Needs gcc.
"""

import argparse
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "build" / "asan"
FAST = "# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True"
CHECKED = "# cython: boundscheck=True, wraparound=False, initializedcheck=True, cdivision=False"
FLAGS = (
    # Python has everything compiled with -fwrapv: signed integers wrap.
    *("-O1", "-g1", "-fno-omit-frame-pointer", "-fwrapv"),
    *("-fsanitize=address,undefined", "-fno-sanitize-recover=all"),
    "-fno-sanitize=alignment",  # x86 and ARM don't mind.
)


def copy_sources() -> list[str]:
    """Brings the copy up to date; the modules, as paths, that have to be compiled."""
    for name in ("gputerm", "tests"):
        for source in (ROOT / name).rglob("*"):
            if source.suffix in (".so", ".pyc", ".c") or not source.is_file():
                continue
            data = source.read_bytes()
            if source.suffix == ".py" and data.startswith(FAST.encode()):
                data = data.replace(FAST.encode(), CHECKED.encode(), 1)
            target = COPY / source.relative_to(ROOT)
            if not target.exists() or target.read_bytes() != data:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    for name in ("fonts", "shaders", "shells", "terminfo", "benchmarks", "docs", "pyproject.toml"):
        link = COPY / name
        if not link.exists():
            link.symlink_to(ROOT / name)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    modules = project["tool"]["setuptools"]["ext-modules"]
    sources = [source for module in modules for source in module["sources"]]
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    faces = [COPY / source for source in sources]
    faces += [pxd for folder in {face.parent for face in faces} for pxd in folder.glob("*.pxd")]
    newest = max(face.stat().st_mtime for face in faces)
    built = [(COPY / source).with_suffix(suffix) for source in sources]
    if all(path.exists() and path.stat().st_mtime > newest for path in built):
        return []
    return sources


BUILD = """
import os, sys
from Cython.Build import cythonize
from setuptools import Extension, setup
flags = sys.argv[1].split()
sources = sys.argv[2:]
modules = [
    Extension(source.removesuffix(".py").replace("/", "."), [source],
              extra_compile_args=flags, extra_link_args=flags)
    for source in sources
]
setup(
    name="checked", packages=[],
    ext_modules=cythonize(modules, build_dir="c", quiet=True),
    script_args=["-q", "build_ext", "--inplace", "-j", str(os.cpu_count() or 1)],
)
"""


def compile_modules(sources: list[str]) -> None:
    print(f"compiling {len(sources)} modules with checks, which takes some minutes", flush=True)
    command = [sys.executable, "-W", "ignore", "-c", BUILD, " ".join(FLAGS), *sources]
    # Python's own flags would come with -O3, which takes far longer and says no more.
    environment = {**os.environ, "CC": "gcc", "CFLAGS": "-O1 -w"}
    outcome = subprocess.run(command, cwd=COPY, env=environment, capture_output=True, text=True)
    if outcome.returncode:
        sys.stderr.write(outcome.stdout[-3000:] + outcome.stderr[-3000:])
        raise SystemExit("the modules can't be compiled with checks")


def runtime(name: str) -> str:
    """The path of one of gcc's libraries."""
    command = ["gcc", f"-print-file-name={name}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def environment() -> dict[str, str]:
    tests = COPY / "tests"
    return {
        **os.environ,
        # Python isn't instrumented, so the library comes in before it. libstdc++: or exceptions of
        # others' C++ are not seen.
        "LD_PRELOAD": f"{runtime('libasan.so')} {runtime('libstdc++.so')}",
        "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=1:allocator_may_return_null=1",
        "UBSAN_OPTIONS": "print_stacktrace=1:abort_on_error=1",
        "PYTHONMALLOC": "malloc",  # Python's own allocator would hide what lies outside.
        "PYTHONPATH": os.pathsep.join(map(str, (COPY, tests, tests / "fuzz"))),
        "GPUTERM_CHECKED": "1",
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="run the core's tests with all checks")
    parser.add_argument("--minutes", type=float, default=2.0, help="of made-up programs")
    parser.add_argument("tests", nargs="*", default=["tests/vt", "tests/fuzz"])
    arguments = parser.parse_args()
    if shutil.which("gcc") is None:
        print("make asan needs gcc", file=sys.stderr)
        return 1
    COPY.mkdir(parents=True, exist_ok=True)
    if sources := copy_sources():
        compile_modules(sources)
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments.tests]
    replay = [sys.executable, "tests/fuzz/checked.py", str(arguments.minutes)]
    for command in (pytest, replay):
        outcome = subprocess.run(command, cwd=COPY, env=environment(), check=False)
        if outcome.returncode:
            print(f"not clean: {' '.join(command)}", file=sys.stderr)
            return 1
    print("clean")
    return 0


if __name__ == "__main__":
    sys.exit(main())
