"""Compiles what changed of the core beside its source, a module on each processor.

Usage: compile_core.py [--force]. A line for each module; what the compilers say is heard only when
they fail. setuptools would compile one after the other.
"""

import multiprocessing
import os
import sys
import tempfile
import warnings
from functools import partial
from pathlib import Path

from setuptools import Distribution  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[1]


def distribution() -> Distribution:
    """What pyproject.toml and setup.cfg describe."""
    found = Distribution()
    found.parse_config_files()
    return found


def compile_module(name: str, *, force: bool) -> tuple[str, bool, str]:
    """Its name, whether that went well, and what the compilers said; "" when nothing was due."""
    with tempfile.TemporaryFile("w+") as said:
        for descriptor in (1, 2):
            os.dup2(said.fileno(), descriptor)
        project = distribution()
        project.ext_modules = [module for module in project.ext_modules if module.name == name]
        command = project.get_command_obj("build_ext")
        command.inplace, command.force = True, force
        try:
            command.ensure_finalized()
            command.run()
            good = True
        except Exception as error:
            print(error, file=sys.stderr)
            good = False
        sys.stdout.flush()
        sys.stderr.flush()
        said.seek(0)
        return name, good, said.read()


def main() -> int:
    os.chdir(ROOT)
    warnings.simplefilter("ignore")  # The compilers' hints are for `make annotate`.
    names = [module.name for module in distribution().ext_modules]
    work = partial(compile_module, force="--force" in sys.argv)
    done = 0
    with multiprocessing.get_context("fork").Pool() as pool:
        for name, good, said in pool.imap_unordered(work, names):
            done += 1
            if not good:
                print(said, file=sys.stderr)
                return 1
            print(f"  {done} of {len(names)}: {name}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
