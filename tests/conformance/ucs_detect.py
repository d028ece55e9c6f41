"""Runs ucs-detect, Jeff Quast's measurement of how wide terminals take characters to be.

    python -m tests.conformance.ucs_detect [PROGRAM]

PROGRAM is its executable, by default the one on the path (pip install ucs-detect). It talks to a
Terminal through a pty and asks for the cursor's position after each character, sequence and word of
its lists. Prints errors and totals of each list; exit code 1 when there is any error.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.conformance.headless import run_headless

LISTS = ("unicode", "lang")


def run(program: str, which: str) -> dict[str, Any]:
    """ucs-detect's own results of one of LISTS."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.json")
        argv = [program, "--test-only", which, "--save-json", str(results), "--no-final-summary"]
        # Otherwise it asks for a name.
        argv += ["--set-software-name", "gputerm", "--set-software-version", "0"]
        environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        run_headless(argv, Path(folder), environment)
        if not results.exists():
            sys.exit(f"{program} did not come to its end")
        tests: dict[str, Any] = json.loads(results.read_text(encoding="utf-8"))["test_results"]
        return tests


def main() -> int:
    program = sys.argv[1] if len(sys.argv) > 1 else shutil.which("ucs-detect")
    if program is None or shutil.which(program) is None:
        print("no ucs-detect on the path: pip install ucs-detect", file=sys.stderr)
        return 2
    failed = False
    for which in LISTS:
        for name, versions in run(program, which).items():
            if not versions:
                continue
            errors = sum(result["n_errors"] for result in versions.values())
            total = sum(result["n_total"] for result in versions.values())
            failed |= errors > 0
            print(f"{name.removesuffix('_results')}: {errors} errors of {total}")
            for key, result in versions.items():
                if result["n_errors"]:
                    print(f"  {key}: {result['n_errors']} of {result['n_total']}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
