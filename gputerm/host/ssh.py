"""`gputerm ssh`: the user's ssh, with a TERM that the other end knows.

Programs there need the terminfo entry of TERM. It is brought once to each host, into ~/.terminfo of
the account, and the host is then remembered here. Where it can't be, TERM is one that every system
knows. ssh gets all arguments as they were written. [ssh(1), tic(1), terminfo(5)]
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shlex
import subprocess
import tempfile
from typing import TYPE_CHECKING, NamedTuple

from gputerm.paths import installed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["run"]

TERM, FALLBACK = "gputerm", "xterm-256color"

#: ssh's options that have a value, from its synopsis.
_WITH_VALUE = frozenset("BbcDEeFIiJLlmOoPpQRSWw")
#: With these nobody works in a terminal at the other end.
_NO_SESSION = frozenset("fGNnOQsTVW")

#: 0: the entry is there now. In single quotes any shell hands it to sh.
_BRING = (
    "sh -c '"
    f"infocmp {TERM} >/dev/null 2>&1 && exit 0; "
    "command -v tic >/dev/null || exit 3; "
    'mkdir -p "$HOME/.terminfo" && tic -x -o "$HOME/.terminfo" - >/dev/null 2>&1'
    "'"
)
_UNREACHABLE = 255  #: ssh's own failures [ssh(1), EXIT STATUS]
_MAX_HOSTS = 1000  #: remembered, the newest


class _Call(NamedTuple):
    """ssh's arguments, as far as they must be understood."""

    flags: frozenset[str]  #: letters of the options
    before_command: list[str]  #: options and destination
    command: list[str]


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Become ssh with these arguments; returns only when that can't be: an exit code.

    Raises OSError without an ssh.
    """
    env = {**environment}
    options: list[str] = []
    if env.get("TERM") == TERM:
        call = _parse(arguments)
        host = None if call.flags & _NO_SESSION else _resolved(arguments)
        env["TERM"] = TERM if host is not None and _is_known(host, env) else FALLBACK
        if host is not None and env["TERM"] == FALLBACK and not call.command:
            # The second connection goes through the first, so that nobody is asked for a password
            # twice. The folder, which only this user can enter, stays as long as that one does.
            control = os.path.join(tempfile.mkdtemp(prefix="gputerm-ssh-"), "c")
            options = ["-o", f"ControlPath={control}"]
            share = ["-o", "ControlMaster=auto", "-o", "ControlPersist=20"]
            code = _bring([*share, *options, *call.before_command], env)
            if code == _UNREACHABLE:
                return code  # ssh has said why.
            if code == 0:
                _remember(host, env)
                env["TERM"] = TERM
    os.execvpe("ssh", ["ssh", *options, *arguments], env)


def _parse(arguments: Sequence[str]) -> _Call:
    """Options may follow the destination; the next other word begins the command. [ssh.c]"""
    flags: set[str] = set()
    words = list(arguments)
    destination = False
    at = 0
    while at < len(words):
        word = words[at]
        if word == "--":
            rest = words[at + 1 :]
            at += 1 + (0 if destination else min(len(rest), 1))
            break
        if not word.startswith("-") or word == "-":
            if destination:
                break
            destination = True
        for place, letter in enumerate(word[1:] if word.startswith("-") else ""):
            flags.add(letter)
            if letter in _WITH_VALUE:
                at += place + 2 == len(word)  # The value is the next word.
                break
        at += 1
    return _Call(frozenset(flags), words[:at], words[at:])


def _resolved(arguments: Sequence[str]) -> str | None:
    """Whom ssh would connect to, by its own configuration: user@host:port; None: it doesn't say."""
    answer = subprocess.run(
        ["ssh", "-G", *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    lines = answer.stdout.decode("utf-8", "surrogateescape").splitlines()
    said = dict(line.split(" ", 1) for line in lines if " " in line)
    if answer.returncode or not said.keys() >= {"user", "hostname", "port"}:
        return None
    return f"{said['user']}@{said['hostname']}:{said['port']}"


def _bring(words: list[str], env: Mapping[str, str]) -> int:
    """Have the entry compiled at the other end; the exit code, 0 when it is there."""
    with open(installed("terminfo", "gputerm.info"), "rb") as entry:
        return subprocess.run(["ssh", *words, _BRING], stdin=entry, env=env, check=False).returncode


# ── hosts that have the entry ────────────────────────────────────────────────────────────────────


def _file(env: Mapping[str, str]) -> str:
    state = env.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return os.path.join(state, "gputerm", "ssh-hosts")


def _entry(host: str) -> str:
    """A line: whom, and which version of the terminfo entry."""
    with open(installed("terminfo", "gputerm.info"), "rb") as entry:
        digest = hashlib.sha256(entry.read()).hexdigest()[:16]
    return f"{shlex.quote(host)} {digest}"


def _lines(env: Mapping[str, str]) -> list[str]:
    with contextlib.suppress(OSError), open(_file(env), encoding="utf-8", errors="replace") as file:
        return file.read(_MAX_HOSTS * 400).splitlines()
    return []


def _is_known(host: str, env: Mapping[str, str]) -> bool:
    return _entry(host) in _lines(env)


def _remember(host: str, env: Mapping[str, str]) -> None:
    lines = [*_lines(env), _entry(host)][-_MAX_HOSTS:]
    path = _file(env)
    with contextlib.suppress(OSError):  # It is then brought again next time.
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(f"{path}.new", "w", encoding="utf-8", errors="replace") as file:
            file.write("\n".join(lines) + "\n")
        os.replace(f"{path}.new", path)
