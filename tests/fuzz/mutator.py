"""Programs made up from the terminal's tables (programs.py), fed to the compiled core for as long
as one likes. Goes on where the last run ended.

A worker does the work and may die of it; what it was told last lies in a file by then. It says now
and then how far it is. Time and memory have bounds as generous as a busy machine needs, so that
what exceeds them is another order of growth.
"""

import argparse
import ast
import os
import random
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Callable

import interpreted  # noqa: F401  # before gputerm: GPUTERM_INTERPRETED chooses the core
import oracles
import programs
import store

TARGET = "mutator"

#: CPU seconds that a session may take, and those for each byte. 70 REP of 65,535 cells are 10 ms.
SECONDS, SECONDS_PER_BYTE = 3.0, 200e-6
MEMORY = 512 << 20  #: by which a worker may grow; three terminals of 1000 x 2000 cells take 200 MB


class SlowError(AssertionError):
    """It took too long."""


class LargeError(AssertionError):
    """It took too much memory."""


def session(seed: int, corpus: list[bytes]) -> list[bytes]:
    """What is said in the session of this seed; some of it others have found worth keeping."""
    rng = random.Random(seed)
    said = programs.session(rng)
    if corpus:
        for i in range(len(said)):
            if rng.random() < 0.15:
                found = rng.choice(corpus)
                said[i] = programs.damaged(rng, found + rng.choice((b"", said[i])))
    return said


def check(said: list[bytes], seed: int) -> None:
    """The oracles, and what it cost."""
    started = time.process_time()
    oracles.check(said, seed)
    took = time.process_time() - started
    if took > SECONDS + SECONDS_PER_BYTE * sum(map(len, said)):
        raise SlowError(f"took {took:.1f} s")


def shrink(
    said: list[bytes], fails: Callable[[list[bytes]], bool], tries: int = 400
) -> list[bytes]:
    """Fewer programs, then fewer bytes, as long as it fails all the same."""
    step = max(len(said) // 2, 1)
    while tries > 0:
        smaller = None
        for at in range(0, len(said), step):
            tries -= 1
            candidate = said[:at] + said[at + step :]
            if candidate and tries > 0 and fails(candidate):
                smaller = candidate
                break
        if smaller is not None:
            said = smaller
        elif step == 1:
            break
        else:
            step //= 2
    for index in range(len(said)):
        step = max(len(said[index]) // 2, 1)
        while tries > 0:
            at, removed = 0, False
            while at < len(said[index]) and tries > 0:
                tries -= 1
                part = said[index][:at] + said[index][at + step :]
                candidate = [*said[:index], part, *said[index + 1 :]]
                if fails(candidate):
                    said, removed = candidate, True
                else:
                    at += step
            if step == 1 and not removed:
                break
            step = max(step // 2, 1)
    return said


def report(said: list[bytes], seed: int, error: BaseException) -> None:
    """Writes a finding down, as small as can be had in a little time."""
    name = store.signature(error)
    why = "".join(traceback.format_exception(error))

    def fails(candidate: list[bytes]) -> bool:
        try:
            check(candidate, seed)
        except Exception as another:
            return store.signature(another) == name
        return False

    if not isinstance(error, SlowError | LargeError) and fails(said):
        said = shrink(said, fails)
    path = store.keep(TARGET, name, seed, said, why)
    print(f"finding: {path}: {error!r:.200}", file=sys.stderr, flush=True)


def work(seed: int, until: float) -> None:
    """Sessions from `seed` on; a line with seed and number of executions every now and then."""
    corpus = [path.read_bytes() for path in sorted(store.corpus("core").iterdir())]
    corpus = [data for data in corpus if len(data) < 5000]
    current = os.open(store.folder() / "current", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    check([b"warm"], 0)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    done, told = 0, time.monotonic()
    while time.monotonic() < until:
        said = session(seed, corpus)
        note = repr((seed, said)).encode()
        os.pwrite(current, note, 0)
        os.ftruncate(current, len(note))
        try:
            check(said, seed)
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) << 10
            if grown > MEMORY:
                before += MEMORY >> 10
                raise LargeError(f"grew by {grown >> 20} MiB")
        except Exception as error:
            report(said, seed, error)
        seed += 1
        done += len(said)
        if time.monotonic() > told + 2:
            print(seed, done, flush=True)
            done, told = 0, time.monotonic()
    print(seed, done, flush=True)


def run(minutes: float) -> None:
    """Workers, one after the other, until the time is over."""
    until = time.monotonic() + minutes * 60
    while time.monotonic() < until:
        seed = int(store.counters(TARGET)["next"])
        left = until - time.monotonic()
        command = [sys.executable, __file__, "--worker", str(seed), "--minutes", str(left / 60)]
        last = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            for line in worker.stdout:
                following, done = map(int, line.split())
                now = time.monotonic()
                store.add(TARGET, executions=done, seconds=now - last, next=following - seed)
                seed, last = following, now
        if worker.returncode:
            seed, said = ast.literal_eval((store.folder() / "current").read_text())
            why = f"the process ended with {worker.returncode}"
            path = store.keep(TARGET, f"died-{seed}", seed, said, why)
            print(f"finding: {path}: {why}", file=sys.stderr)
            store.add(TARGET, next=seed + 1 - store.counters(TARGET)["next"])
    sums = store.counters(TARGET)
    print(f"{TARGET}: {sums['executions']:.0f} executions in {sums['seconds'] / 60:.0f} min so far")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--worker", type=int)
    arguments = parser.parse_args()
    if arguments.worker is None:
        run(arguments.minutes)
    else:
        work(arguments.worker, time.monotonic() + arguments.minutes * 60)


if __name__ == "__main__":
    main()
