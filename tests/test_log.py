"""Standard error is a way to tell the user something, and never a danger."""

import os
import subprocess
import sys
import threading

import pytest

from gputerm import log


@pytest.fixture(autouse=True)
def _as_before():
    yield
    log.set_verbosity(0)


@pytest.mark.parametrize(("quiet", "told"), [(0, "ew"), (1, "e"), (2, "")])
def test_q_tells_errors_only_and_qq_nothing(quiet, told, capfd):
    log.set_verbosity(-quiet)
    log.report("e")
    log.report("w", "warning")
    assert capfd.readouterr().err == "".join(f"gputerm: {message}\n" for message in told)


def test_what_utf8_cannot_hold_is_told_too(capfd):
    log.report("a\udc80b")
    assert capfd.readouterr().err == "gputerm: a\\udc80b\n"


@pytest.fixture
def stderr():
    """Puts something else in place of standard error."""
    kept = os.dup(2)
    yield lambda descriptor: os.dup2(descriptor, 2)
    os.dup2(kept, 2)
    os.close(kept)


def test_a_pipe_that_nobody_reads_holds_up_nobody(stderr):
    read, write = os.pipe()
    stderr(write)
    reporting = threading.Thread(target=lambda: [log.report("x" * 10_000) for _ in range(100)])
    reporting.start()
    reporting.join(30)
    stuck = reporting.is_alive()
    os.close(read)  # lets it go
    os.close(write)
    assert not stuck


@pytest.mark.parametrize(
    "redirection", ["2>&-", "2>/dev/full", "2> >(exec 0<&-)", "2>&- 1>&-", "2>&- 0<&- 1>&-"]
)
@pytest.mark.parametrize(
    ("arguments", "code"),
    [("--nonsense", 2), ("msg -s /nope list", 69), ("msg --nonsense", 2), ("render", 2)],
)
def test_an_exit_code_does_not_depend_on_standard_error(redirection, arguments, code):
    line = f'"$0" -m gputerm {arguments} {redirection}'
    done = subprocess.run(["bash", "-c", line, sys.executable], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (code, b"")
