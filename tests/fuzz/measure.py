"""Which lines of the terminal fuzzing alone reaches: the interpreted core with the corpora and with
made-up programs, counted by coverage.py.

    measure.py SECONDS
"""

import contextlib
import itertools
import os
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

os.environ["GPUTERM_INTERPRETED"] = "1"

ROOT = Path(__file__).resolve().parents[2]

#: What only start-up, configuration or drawing call; programs in the terminal can't.
APART = (
    *("transitions.py", "utf8.py", "width.py", "width_table.py", "color_names.py"),
    *("trace.py", "handler.py", "cells.py"),
)


#: Bytes of a page of history, so that what a session leaves is many pages.
SMALL_PAGE = 1 << 10


@contextlib.contextmanager
def small_tables() -> Iterator[None]:
    """Tables of clusters and of links that are full soon; the real ones take minutes to fill."""
    from gputerm.vt.core import clusters, extras

    small = {"_FIRST_THRESHOLD": 100, "_PATIENCE": 40}
    with contextlib.ExitStack() as stack:
        stack.enter_context(patch.multiple(clusters, MAX_CLUSTERS=300, **small))
        stack.enter_context(patch.multiple(extras, MAX_EXTRAS=300, **small))
        yield


def main() -> None:
    import coverage
    import interpreted  # noqa: F401

    vt = ROOT / "gputerm" / "vt"
    measured = [str(path) for path in vt.rglob("*.py") if path.name not in APART]
    counter = coverage.Coverage(data_file=None, include=measured)
    counter.exclude(r"if TYPE_CHECKING:|if cython\.compiled|class .*\(Protocol\)")
    counter.start()
    import mutator
    import oracles
    import programs
    import store
    import targets

    from gputerm.vt.core import history

    history.PAGE = SMALL_PAGE
    started = time.monotonic()
    seconds = float(sys.argv[1])

    def left(share: float) -> bool:
        return time.monotonic() < started + share * seconds

    seeds = itertools.count()
    rng = random.Random(0)
    for _ in range(60):  # A little of each kind.
        for _, make in programs.KINDS:
            if left(0.3):
                oracles.check_once([make(rng) for _ in range(3)], next(seeds))
    with small_tables():
        for _ in range(4):
            for kind in range(programs.MANY):
                if left(0.4):
                    oracles.check_once([programs.many(rng, kind), *[b"x"] * 8], next(seeds))
    for rare in programs.RARE * 4:  # As many as there are in hundreds of sessions.
        if left(0.6):
            said = [programs.program(rng) for _ in range(12)]
            oracles.check([rare(rng), *said], next(seeds))
    for target in ("core", "osc", "dcs", "apc"):
        for path in sorted(store.corpus(target).iterdir()):
            if left(0.75):
                targets.TARGETS[target](path.read_bytes())
    seed = random.Random(0).getrandbits(40)
    while left(1):
        oracles.check(mutator.session(seed, []), seed)  # time says nothing while lines are counted
        seed += 1
    counter.stop()
    total = missed = 0
    for path in sorted(measured):
        _, lines, _, missing, text = counter.analysis2(path)
        total, missed = total + len(lines), missed + len(missing)
        if missing:
            share = 100 * (1 - len(missing) / len(lines))
            print(f"  {share:5.1f} %  {Path(path).name:20}  {text}")
    print(f"lines of gputerm/vt reached by fuzzing alone: {100 * (1 - missed / total):.1f} %")


if __name__ == "__main__":
    main()
