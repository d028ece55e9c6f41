"""Shells with marks around each command, so that its output and exit code can be told (OSC 133).

The user's own start-up files aren't read: a prompt in a test is "$ " on every machine, and nothing
is written to anybody's history. [bash(1), dash(1); FinalTerm's semantic prompts]
"""

from __future__ import annotations

import os
from shlex import quote
from typing import NamedTuple

from gputerm.errors import UsageError
from gputerm.paths import installed

__all__ = ["SHELLS", "start_up"]

#: With the marks that bash has in a window.
_BASH = f"""unset HISTFILE
PS1='$ '
source {quote(installed("shells", "bash/gputerm.bash"))}
__gputerm_install
"""
#: A POSIX shell tells nobody that a command starts: its output begins in the line below it.
_POSIX = r"""unset HISTFILE
PS1='$(printf "\033]133;D;%s\007\033]133;A\007" "$?")$ $(printf "\033]133;B\007")'
"""


class _Shell(NamedTuple):
    """How a shell is started with a file of ours."""

    script: str
    arguments: tuple[str, ...]  #: "{file}" is the file
    variable: str | None = None  #: of the environment, that names it


SHELLS = {
    "bash": _Shell(_BASH, ("--noprofile", "--rcfile", "{file}", "-i")),
    "sh": _Shell(_POSIX, ("-i",), "ENV"),
    "dash": _Shell(_POSIX, ("-i",), "ENV"),
}


def start_up(program: str, folder: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The command and the variables that start a shell with marks; its file goes into `folder`.

    Raises UsageError for another shell.
    """
    shell = SHELLS.get(os.path.basename(program))
    if shell is None:
        raise UsageError(f"Session.shell starts {', '.join(SHELLS)}; others by Session()")
    path = os.path.join(folder, "rc")
    with open(path, "w", encoding="utf-8") as file:
        file.write(shell.script)
    arguments = tuple(argument.format(file=path) for argument in shell.arguments)
    return (program, *arguments), {shell.variable: path} if shell.variable else {}
