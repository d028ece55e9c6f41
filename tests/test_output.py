"""What commands write: whole files or none, and standard output that may be full or closed."""

import os
import subprocess
import sys

import pytest

from gputerm import output
from gputerm.errors import OutputError


def shell(line):
    """Run a line of bash in which `gputerm` is ours; its exit code and what it complained."""
    program = f'set -o pipefail; gputerm() {{ {sys.executable} -m gputerm "$@"; }}; {line}'
    done = subprocess.run(["bash", "-c", program], stderr=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stderr


COMMANDS = [
    *("--help", "--version", "--check-config", "msg --help", "msg list --help"),
    *("msg completion bash", "msg complete get-t"),
    "render --text - --input /dev/null",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_has_seen_enough_is_no_failure(command):
    assert shell(f"gputerm {command} | exec 0<&-; exit ${{PIPESTATUS[0]}}") == (0, "")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("redirection", "why"),
    [(">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")],
)
def test_standard_output_that_cannot_be_written_is_a_failure(command, redirection, why):
    code, complaint = shell(f"gputerm {command} {redirection}")
    speaker = "gputerm msg" if command.endswith("--help") and "msg" in command else "gputerm"
    assert (code, complaint) == (1, f"{speaker}: can't write standard output: {why}\n")


def test_a_descriptor_that_was_closed_goes_to_no_file():
    code = (
        "import os; from gputerm import output; output.fill_standard_descriptors();"
        "assert os.open('/', os.O_RDONLY) > 2;"
        "[open(fd, 'rb' if fd == 0 else 'wb', 0) for fd in range(3)]"
    )
    line = 'exec "$0" -c "$1" 0<&- 1>&- 2>&-'
    done = subprocess.run(["bash", "-c", line, sys.executable, code], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("before", [None, b"what was there"])
def test_a_file_is_written_whole_or_left_alone(before, tmp_path):
    path = tmp_path / "picture.png"
    if before is not None:
        path.write_bytes(before)
    # In a process of its own, since the limit holds for what pytest writes as well.
    code = (
        "import resource, signal, sys; from gputerm import output;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "output.write(sys.argv[1], bytes(2000))"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    assert f'OutputError: can\'t write "{path}": File too large' in done.stderr
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [before][: before is not None]


def test_a_file_that_is_replaced_keeps_its_mode_and_its_links(tmp_path):
    target = tmp_path / "target"
    target.write_bytes(b"old")
    target.chmod(0o640)
    (tmp_path / "link").symlink_to("target")
    output.write(str(tmp_path / "link"), b"new")
    assert (tmp_path / "link").is_symlink()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_what_is_no_file_is_written_in_place(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    read = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    output.write(str(tmp_path / "pipe"), b"through")
    assert os.read(read, 100) == b"through"
    os.close(read)
    with pytest.raises(OutputError, match="Is a directory"):
        output.write(str(tmp_path), b"")
