"""`gputerm ssh`: an ssh on PATH that runs its command here, with another home directory."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

#: Keeps a log of how it was called; its host "far" is this machine with another home.
SSH = """#!/bin/sh
printf '%s ' "$TERM" "$@" >> "$LOG"; echo >> "$LOG"
if [ "$1" = -G ]; then printf 'user me\\nhostname far.example\\nport 22\\n'; exit 0; fi
[ -z "$REFUSE" ] || exit 255
for last; do :; done
export HOME="$FAR"
unset TERMINFO TERMINFO_DIRS
case $last in
sh*) [ -z "$NO_TIC" ] || exit 3; eval "$last" ;;
*) infocmp "$TERM" > /dev/null 2>&1 && echo "known $TERM"; exit 7 ;;
esac
"""

pytestmark = pytest.mark.skipif(not shutil.which("tic"), reason="no tic")


@pytest.fixture
def ssh(tmp_path):
    """Runs `gputerm ssh`: its exit code, what it said, and how ssh was called."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "far").mkdir()
    program, log = tmp_path / "bin/ssh", tmp_path / "log"
    program.write_text(SSH)
    program.chmod(0o755)

    def ssh(*arguments, **variables):
        log.write_text("")
        answer = subprocess.run(
            [sys.executable, "-m", "gputerm", "ssh", *arguments],
            cwd=ROOT,
            env={
                "PATH": f"{tmp_path}/bin:/usr/bin:/bin",
                "HOME": str(tmp_path),
                "TMPDIR": str(tmp_path),
                "TERM": "gputerm",
                "FAR": str(tmp_path / "far"),
                "LOG": str(log),
                **variables,
            },
            capture_output=True,
            text=True,
            timeout=60,
        )
        return answer.returncode, answer.stdout, log.read_text().splitlines()

    return ssh


def test_the_entry_is_brought_once_and_known_there(ssh):
    code, said, calls = ssh("-p", "22", "far")
    assert (code, said) == (7, "known gputerm\n")
    assert len(calls) == 3  # Who is it, the entry, the session.
    assert calls[-1].startswith("gputerm -o ControlPath=")
    assert calls[-1].endswith(" -p 22 far ")
    code, said, calls = ssh("-p", "22", "far")
    assert (code, said) == (7, "known gputerm\n")
    assert calls == ["gputerm -G -p 22 far ", "gputerm -p 22 far "]


def test_without_a_compiler_there_the_term_is_one_that_all_know(ssh):
    code, _, calls = ssh("far", NO_TIC="1")
    assert code == 7
    assert calls[-1].startswith("xterm-256color ")


def test_a_refused_connection_is_not_tried_again(ssh):
    code, _, calls = ssh("far", REFUSE="1")
    assert code == 255
    assert len(calls) == 2


@pytest.mark.parametrize(
    "arguments", [["-N", "far"], ["far", "-T", "x"], ["-oA=b", "-vL", "1:a:2", "far", "ls", "-l"]]
)
def test_where_nobody_works_in_a_terminal_nothing_is_brought(ssh, arguments):
    _, _, calls = ssh(*arguments)
    assert calls[-1] == f"xterm-256color {' '.join(arguments)} "
    assert not any("infocmp" in call for call in calls)


def test_another_term_is_left_as_it_is(ssh):
    assert ssh("far", TERM="screen")[2] == ["screen far "]
