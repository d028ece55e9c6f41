"""The fuzzer's corpus and some minutes of made-up programs, in a core compiled with checks.

    checked.py MINUTES

scripts/asan.py calls this. A bounds check in a function that can't raise is reported as an
unraisable exception; here it ends the process, as the sanitizers do.
"""

import os
import random
import sys
import time

import mutator
import oracles
import store
import streams


def stop(unraisable: object) -> None:
    """What compiled code couldn't raise."""
    sys.__unraisablehook__(unraisable)  # type: ignore[arg-type]
    sys.stderr.flush()
    os._exit(1)


def main() -> None:
    assert not streams.INTERPRETED
    sys.unraisablehook = stop
    files = 0
    for target, introducer in (
        ("core", b""),
        ("osc", b"\x1b]"),
        ("dcs", b"\x1bP"),
        ("apc", b"\x1b_"),
    ):
        for path in sorted(store.corpus(target).iterdir()):
            oracles.check([introducer + path.read_bytes(), b"\x1b\\"], files)
            files += 1
    until = time.monotonic() + 60 * float(sys.argv[1])
    executions, seed = 0, random.SystemRandom().getrandbits(40)
    while time.monotonic() < until:
        said = mutator.session(seed, [])
        with open(store.folder() / "current", "w") as file:
            file.write(repr((seed, said)))
        oracles.check(said, seed)
        executions += len(said)
        seed += 1
    print(f"{files} files of corpus and {executions} made-up programs")


if __name__ == "__main__":
    main()
