"""Which lines of the terminal fuzzing alone reaches: the interpreted core with the corpora and with
made-up programs, counted by coverage.py.

    measure.py SECONDS
"""

import os
import random
import sys
import time
from pathlib import Path

os.environ["GPUTERM_INTERPRETED"] = "1"

ROOT = Path(__file__).resolve().parents[2]

#: What only start-up, configuration or drawing call; programs in the terminal can't.
APART = (
    *("transitions.py", "utf8.py", "width.py", "width_table.py", "color_names.py"),
    *("trace.py", "handler.py", "cells.py"),
)


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

    until = time.monotonic() + float(sys.argv[1])
    for seed in range(20):  # As many as there are in hundreds of sessions.
        rng = random.Random(seed)
        oracles.check([rng.choice(programs.RARE)(rng), programs.program(rng)], seed)
    for target in ("core", "osc", "dcs", "apc"):
        for path in sorted(store.corpus(target).iterdir()):
            if time.monotonic() < until - float(sys.argv[1]) / 3:
                targets.TARGETS[target](path.read_bytes())
    seed = random.Random(0).getrandbits(40)
    while time.monotonic() < until:
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
