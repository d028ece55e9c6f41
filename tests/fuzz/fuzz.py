"""make fuzz: every target in turn, for as long as one likes, from where the last run ended.

mutator   made-up programs to the compiled core
cores     streams to the compiled and the interpreted core, which must answer alike
core osc dcs apc config ipc keys patterns pastes   guided by coverage, interpreted
coverage  what all of it reaches
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import store

HERE = Path(__file__).parent

#: Target -> share of the time.
SHARES = {
    "mutator": 8,
    "cores": 2,
    "core": 5,
    "osc": 1,
    "dcs": 1,
    "apc": 0.2,
    "config": 0.4,
    "ipc": 0.4,
    "keys": 0.4,
    "patterns": 0.4,
    "pastes": 0.2,
    "coverage": 1.6,
}


def command(target: str, minutes: float) -> list[str]:
    match target:
        case "mutator":
            return ["mutator.py", "--minutes", str(minutes)]
        case "cores":
            return ["streams.py", "--minutes", str(minutes)]
        case "coverage":
            return ["measure.py", str(minutes * 60)]
        case _:
            return ["guided.py", target, str(minutes * 60)]


def replay(path: Path) -> None:
    """Tries a finding again; raises what it raised."""
    import mutator
    import targets

    target, seed, said = store.read(path)
    if target == mutator.TARGET:
        mutator.check(said, seed)
    else:
        targets.TARGETS[target](said[0])
    print("nothing goes wrong any more")


def main() -> int:
    parser = argparse.ArgumentParser(
        description="fuzz all targets, or some; goes on where it ended",
        epilog=f"corpus, counters and findings: {store.folder()} (set GPUTERM_FUZZ to change it)",
    )
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(SHARES))
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--replay", type=Path, metavar="FINDING")
    arguments = parser.parse_args()
    if arguments.replay:
        replay(arguments.replay)
        return 0
    if unknown := set(arguments.targets) - set(SHARES):
        parser.error(f"no such target: {', '.join(unknown)}")
    wanted = {name: SHARES[name] for name in arguments.targets} or SHARES
    before = set(store.findings())
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    failed = False
    for target, share in wanted.items():
        minutes = arguments.minutes * share / sum(wanted.values())
        script, *rest = command(target, minutes)
        outcome = subprocess.run([sys.executable, str(HERE / script), *rest], env=environment)
        failed = failed or outcome.returncode != 0
    for finding in sorted(set(store.findings()) - before):
        print(f"finding: {finding}")
        failed = True
    return failed


if __name__ == "__main__":
    sys.exit(main())
