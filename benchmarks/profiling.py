"""Where time goes: python benchmarks/profiling.py [frames|core [PAYLOAD …]|start]   (make profile)

frames  the functions of 1000 frames with a typed character and 200 that are new altogether, without
        a window: self time, calls and share (cProfile, whose own cost makes small functions dearer;
        OpenGL's time counts where it is called, what the driver puts off in Bench.frame)
core    the functions of the compiled core and what they call, by samples (perf, if it is installed
        and allowed; else cProfile, which sees only what leaves compiled code)
start   the modules of a whole start on a display, up to the end of its first program: self time in
        the order of cost, and what each package brings with it (python -X importtime)
"""

import argparse
import cProfile
import os
import pstats
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROWS = 25  #: of a table; what comes after is small
CORE_MB, CORE_SECONDS = 8, 2.0
CORE_PAYLOADS = ("ascii_log", "dense_cells", "cjk")


def frames(_names: list[str]) -> None:
    """Tables by function, one for each kind of frame."""
    from frames import WARM_UP, Bench
    from frames import frames as draw

    from gputerm.render.offscreen import OffscreenContext

    context = OffscreenContext()
    bench = Bench()
    for name, count in (("a character", 1000), ("everything", 200)):
        profile = cProfile.Profile()
        change = bench.changes()[name]
        list(draw(bench, change, WARM_UP))
        profile.enable()
        list(draw(bench, change, count))
        profile.disable()
        _print_functions(f"{count} frames, {name}", profile, count)
    context.close()


def _print_functions(title: str, profile: cProfile.Profile, count: int) -> None:
    # typeshed doesn't know `stats`, which is what pstats itself prints from.
    functions = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    total = sum(own for _, _, own, _, _ in functions.values())
    print(f"\n{title}: {1e6 * total / count:.0f} µs each, profiled")
    print(f"{'share':>6} {'µs each':>8} {'calls':>6}  function")
    dearest = sorted(functions.items(), key=lambda item: -item[1][2])
    for (path, line, name), (_, calls, own, _, _) in dearest[:ROWS]:
        place = f"{_short(path)}:{line} " if line else ""
        print(f"{own / total:6.1%} {1e6 * own / count:8.1f} {calls / count:6.1f}  {place}{name}")


def _short(path: str) -> str:
    """A path as somebody says it: from our root, or from site-packages."""
    return re.sub(rf"^({re.escape(str(ROOT))}|.*/site-packages|.*/python3[.]\d+)/", "", path)


def core(names: list[str]) -> None:
    """A table of samples for each payload."""
    from payloads import payload

    for name in names or CORE_PAYLOADS:
        with tempfile.TemporaryDirectory() as folder:
            data, bytes_ = f"{folder}/perf", Path(folder, "bytes")
            bytes_.write_bytes(payload(name, CORE_MB * 1_000_000))
            if not _recorded([sys.executable, __file__, "feed", str(bytes_)], data):
                _core_without_perf(name, bytes_.read_bytes())
                continue
            print(
                f"\ncore, {name}: share of the samples of {CORE_SECONDS:g} s and a start of Python"
            )
            report = ["perf", "report", "-i", data, "--stdio", "--no-children", "-q"]
            report += ["--sort", "overhead,dso,symbol"]
            lines = subprocess.run(report, capture_output=True, text=True).stdout.splitlines()
            for line in [line for line in lines if line.strip()][:ROWS]:
                print(_readable(line))


def feed(names: list[str]) -> None:
    """What perf watches: a core that is fed the same file for a while."""
    from core import core_seconds

    data = Path(names[0]).read_bytes()
    spent = 0.0
    while spent < CORE_SECONDS:
        spent += core_seconds(data)


def _recorded(command: list[str], data: str) -> bool:
    if shutil.which("perf") is None:
        return False
    record = ["perf", "record", "-q", "-o", data, "-F", "2999", "--", *command]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # its threads look busy at first
    return subprocess.run(record, env=environment, capture_output=True).returncode == 0


def _readable(line: str) -> str:
    """Cython's "__pyx_f_7gputerm_2vt_6parser_6Parser_ground" as "parser.Parser.ground"."""
    share, library, _, symbol = line.split(None, 3)
    symbol = symbol.split("  ")[0]
    if mangled := re.match(r"__pyx_\w+?_7gputerm_2vt_(\w+)", symbol):
        symbol, rest = "", mangled[1]
        while length := re.match(r"(\d+)", rest):
            start = len(length[1])
            stop = start + int(length[1])
            symbol, rest = f"{symbol}{rest[start:stop]}.", rest[stop:].removeprefix("_")
        symbol += rest
    return f"{share:>7}  {library.partition('.')[0]:12} {symbol}"


def _core_without_perf(name: str, data: bytes) -> None:
    from core import core_seconds

    profile = cProfile.Profile()
    profile.runcall(core_seconds, data)
    print("\nperf isn't there or isn't allowed; `feed` is the whole of the compiled core")
    _print_functions(f"core, {name}, {CORE_MB} MB", profile, 1)


def start(_names: list[str]) -> None:
    """Two tables of modules."""
    from desk import Desk

    with Desk() as desk:
        environment = {**os.environ, **desk.environment("gputerm")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-P", "-X", "importtime", "-m", "gputerm"]
        command += ["--config-file", os.devnull, "-e", "true"]
        for _ in range(2):  # the first time they may have to be compiled
            answer = subprocess.run(command, env=environment, capture_output=True, text=True)
    found = re.findall(r"import time:\s+(\d+) \|\s+(\d+) \|( *)(\S+)", answer.stderr)
    total = sum(int(own) for own, *_ in found)
    print(
        f"\na start imports {len(found)} modules in {total / 1000:.0f} ms (threads run beside it)"
    )
    print(f"{'ms':>7}  module alone")
    for own, _, _, name in sorted(found, key=lambda row: -int(row[0]))[:ROWS]:
        print(f"{int(own) / 1000:7.1f}  {name}")
    print(f"\n{'ms':>7}  module with what only it had asked for until then")
    for _, whole, indent, name in sorted(found, key=lambda row: -int(row[1])):
        if int(whole) >= 0.01 * total:
            print(f"{int(whole) / 1000:7.1f}  {indent[1:]}{name}")


SUBJECTS: dict[str, Callable[[list[str]], None]] = {
    "frames": frames,
    "core": core,
    "start": start,
    "feed": feed,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("subject", nargs="?", choices=SUBJECTS, default="frames")
    parser.add_argument("names", nargs="*", metavar="PAYLOAD", help="of the core")
    options = parser.parse_args()
    SUBJECTS[options.subject](options.names)


if __name__ == "__main__":
    main()
