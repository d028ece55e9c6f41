"""Shells that tell of their prompts and commands, started with scripts of ours (`shells/`).

The user's own files stay as they are and are read as always. Each shell is given a way to ours:
bash by --rcfile, or $ENV for a login shell; zsh by $ZDOTDIR; fish by $XDG_DATA_DIRS. The scripts
take these variables back, so a shell or program started from the shell sees nothing of it.
[bash(1), zsh(1), fish(1); FinalTerm's semantic prompts, OSC 133]
"""

import os
from collections.abc import Callable, Mapping, Sequence

from gputerm.paths import installed

__all__ = ["integrated"]

#: With other arguments a shell runs a command or leaves out start-up files, and is left alone.
_INTERACTIVE = {"-i", "-l", "--login", "-il", "-li"}
_LOGIN = _INTERACTIVE - {"-i"}

#: What programs assume where XDG_DATA_DIRS isn't set. [XDG Base Directory Specification]
_DATA_DIRS = "/usr/local/share:/usr/share"

Start = tuple[list[str], dict[str, str]]


def integrated(argv: Sequence[str], env: Mapping[str, str]) -> Start:
    """The command and environment to start instead, if that is a shell we have a script for."""
    program, *arguments = argv
    integrate = _SHELLS.get(os.path.basename(program))
    if integrate is None or not _INTERACTIVE.issuperset(arguments):
        return [*argv], {**env}
    try:
        folder = installed("shells")
    except FileNotFoundError:
        return [*argv], {**env}  # A shell without marks is better than no shell.
    return integrate(program, arguments, {**env}, folder)


def _bash(program: str, arguments: list[str], env: dict[str, str], folder: str) -> Start:
    script = os.path.join(folder, "bash", "rc")
    if _LOGIN.isdisjoint(arguments):
        return [program, "--rcfile", script, *arguments], env
    if "ENV" in env:
        env["GPUTERM_USER_ENV"] = env["ENV"]
    env["ENV"] = script
    return [program, "--posix", *arguments], env


def _zsh(program: str, arguments: list[str], env: dict[str, str], folder: str) -> Start:
    if "ZDOTDIR" in env:
        env["GPUTERM_USER_ZDOTDIR"] = env["ZDOTDIR"]
    env["ZDOTDIR"] = os.path.join(folder, "zsh")
    return [program, *arguments], env


def _fish(program: str, arguments: list[str], env: dict[str, str], folder: str) -> Start:
    env["GPUTERM_SHELL_INTEGRATION"] = "1"  # so that a fish within it leaves XDG_DATA_DIRS alone
    if "XDG_DATA_DIRS" in env:
        env["GPUTERM_USER_XDG_DATA_DIRS"] = env["XDG_DATA_DIRS"]
    env["XDG_DATA_DIRS"] = f"{folder}:{env.get('XDG_DATA_DIRS') or _DATA_DIRS}"
    return [program, *arguments], env


_SHELLS: dict[str, Callable[[str, list[str], dict[str, str], str], Start]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}
