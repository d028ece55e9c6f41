"""What fuzzing keeps between its runs, outside the repository: corpus, counters, findings.

    STATE/counters.json        what each target has done: executions, seconds, and where to go on
    STATE/corpus/TARGET/       inputs that reach something, one file each
    STATE/findings/            what went wrong, as Python literals that `fuzz.py --replay` reads

STATE is $GPUTERM_FUZZ, else gputerm/fuzz in $XDG_STATE_HOME, else /tmp/gputerm-fuzz-UID.
"""

import ast
import hashlib
import json
import os
import traceback
from pathlib import Path


def folder() -> Path:
    """STATE, made if it wasn't there."""
    if chosen := os.environ.get("GPUTERM_FUZZ"):
        path = Path(chosen)
    elif home := os.environ.get("XDG_STATE_HOME"):
        path = Path(home, "gputerm", "fuzz")
    else:
        path = Path(f"/tmp/gputerm-fuzz-{os.getuid()}")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def corpus(target: str) -> Path:
    path = folder() / "corpus" / target
    path.mkdir(parents=True, exist_ok=True)
    return path


def counters(target: str) -> dict[str, float]:
    """What a target has done so far; zeros at first."""
    return {"executions": 0, "seconds": 0.0, "next": 0, **_all_counters().get(target, {})}


def add(target: str, **more: float) -> None:
    """Adds to the counters of a target. Only one process at a time does so."""
    everything = _all_counters()
    mine = {**counters(target)}
    for name, value in more.items():
        mine[name] = mine.get(name, 0) + value
    everything[target] = mine
    new = folder() / "counters.json~"
    new.write_text(json.dumps(everything, indent=1))
    new.rename(folder() / "counters.json")


def _all_counters() -> dict[str, dict[str, float]]:
    try:
        return dict(json.loads((folder() / "counters.json").read_text()))
    except FileNotFoundError:
        return {}


def findings() -> list[Path]:
    return sorted((folder() / "findings").glob("*.txt"))


def signature(error: BaseException) -> str:
    """What two reports of the same mistake have in common."""
    frames = traceback.extract_tb(error.__traceback__)
    where = frames[-1] if frames else None
    first = str(error).partition(":")[0][:30]
    place = f"{Path(where.filename).name}-{where.name}" if where else ""
    return hashlib.sha256(f"{type(error).__name__} {place} {first}".encode()).hexdigest()[:8]


def keep(target: str, name: str, seed: int, said: list[bytes], why: str) -> Path:
    """Writes a finding down, unless one of this name is there already."""
    path = folder() / "findings" / f"{target}-{name}.txt"
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        parts = "".join(f"    {part!r},\n" for part in said)
        path.write_text(f"({target!r}, {seed}, [\n{parts}])\n# " + why.replace("\n", "\n# ") + "\n")
    return path


def read(path: Path) -> tuple[str, int, list[bytes]]:
    """(target, seed, what was said) of a finding."""
    target, seed, said = ast.literal_eval(path.read_text())
    return target, seed, said
