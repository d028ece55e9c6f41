"""What a program finds when it starts, and what we learn about it. Real programs on real ptys."""

import os
import signal
import sys
import threading

import pytest

import gputerm.host.spawn
from gputerm.errors import SpawnError
from gputerm.host import Pty


@pytest.fixture(autouse=True, params=["posix_spawn", "fork"])
def way(request, monkeypatch):
    """Both ways to start a program: the fast one, and the one for other systems."""
    if request.param == "fork":
        monkeypatch.setattr("gputerm.host.spawn.available", lambda: False)
    elif not gputerm.host.spawn.available():
        pytest.skip("needs glibc 2.34")


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs /proc")


def spawn(*argv, cwd="/", env=None, lines=24, columns=80, **size):
    env = dict(os.environ) if env is None else env
    return Pty.spawn(argv, cwd=cwd, env=env, lines=lines, columns=columns, **size)


def python(host, code, **options):
    output, status = host.run(host.open(sys.executable, "-c", code, **options))
    return output.decode().replace("\r\n", "\n"), status


def test_size_is_set_with_pixels_before_the_program_starts(host):
    code = "import fcntl, struct; print(struct.unpack('4H', fcntl.ioctl(0, 0x5413, b' ' * 8)))"
    size = {"lines": 33, "columns": 121, "width_px": 1210, "height_px": 660}
    assert python(host, code, **size) == ("(33, 121, 1210, 660)\n", 0)


def test_sizes_beyond_the_kernels_range_are_clamped(host):
    output, _ = host.run(host.shell("stty size", lines=70_000, columns=-1))
    assert output == b"65535 0\r\n"


@linux
def test_child_has_no_descriptor_of_ours(host):
    leak = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(leak, True)
    try:
        # ls has one of its own, for the directory it lists.
        output, _ = host.run(host.shell("ls /proc/$$/fd; exit"))
    finally:
        os.close(leak)
    assert output.split() == [b"0", b"1", b"2"]


@linux
def test_our_own_descriptors_close_on_exec(host):
    channel = host.shell("echo ready; read line")
    host.read_until(channel, b"ready")
    for name in os.listdir("/proc/self/fd"):
        path = f"/proc/self/fd/{name}"
        target = os.readlink(path) if os.path.islink(path) else ""
        if "ptmx" in target or "pidfd" in target or "eventpoll" in target:
            assert not os.get_inheritable(int(name)), target


@linux
def test_child_starts_with_default_signals_and_an_empty_mask(host):
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGTERM})
    try:
        output, _ = host.run(host.open("grep", "^Sig", "/proc/self/status"))
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before)
    state = dict(line.split(":\t") for line in output.decode().split("\r\n") if line)
    # 32 and 33 are the C library's own; whoever started us (make, for one) may ignore them.
    assert int(state["SigIgn"], 16) & ~(3 << 31) == 0
    assert int(state["SigBlk"], 16) == 0


def test_spawning_leaves_our_own_signal_mask_alone():
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    pty = spawn("true")
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
    finish(pty)


def test_child_leads_a_session_on_its_own_terminal(host):
    code = (
        "import os; print(os.getsid(0) == os.getpid(), os.tcgetpgrp(0) == os.getpgrp(),"
        " os.ttyname(0) == os.ttyname(2), os.path.exists('/dev/tty') and bool(open('/dev/tty')))"
    )
    assert python(host, code) == ("True True True True\n", 0)


def test_line_editing_knows_utf8(host):
    output, _ = host.run(host.shell("stty -a"))
    assert b" iutf8" in output
    assert b"-iutf8" not in output


def test_program_is_found_by_the_childs_path_and_keeps_its_name(host, tmp_path):
    program = tmp_path / "greet"
    program.write_text('#!/bin/sh\necho "$0 $1"\n')
    program.chmod(0o755)
    pty = spawn("greet", "you", env={"PATH": str(tmp_path)})
    assert drain(pty) == f"{program} you\r\n".encode()
    pty = spawn("sh", "-c", "tr '\\0' '\\n' < /proc/$$/cmdline", env={"PATH": os.environ["PATH"]})
    assert drain(pty).split(b"\r\n")[0] == b"sh"


def test_relative_program_belongs_to_the_childs_directory(tmp_path):
    (tmp_path / "here").write_text("echo no shebang\n")
    (tmp_path / "here").chmod(0o755)
    pty = spawn("./here", cwd=str(tmp_path))
    assert drain(pty) == b"no shebang\r\n"


def test_environment_is_exactly_the_given_one():
    pty = spawn("/usr/bin/env", env={"ONLY": "this"})
    assert drain(pty) == b"ONLY=this\r\n"


def test_missing_directory_starts_the_program_all_the_same(tmp_path):
    pty = spawn("/bin/pwd", cwd=str(tmp_path / "gone"))
    assert drain(pty).rstrip() in (os.environ.get("HOME", "/").encode(), b"/")


@pytest.mark.parametrize(
    ("argv", "reason"),
    [
        (["no-such-program-anywhere"], '"no-such-program-anywhere": not found'),
        (["/etc/passwd"], '"/etc/passwd": not an executable file'),
        (["/"], '"/": not an executable file'),
        ([""], "without a name"),
        (["/bin/echo", "a\0b"], '"/bin/echo": embedded null byte'),
    ],
)
def test_program_that_cannot_start_is_one_line(argv, reason):
    with pytest.raises(SpawnError, match=reason) as caught:
        spawn(*argv)
    assert "\n" not in str(caught.value)


@linux
def test_failed_exec_leaves_no_process_and_no_descriptor(tmp_path):
    broken = tmp_path / "broken"
    broken.write_bytes(b"#!/no/such/interpreter\n")
    broken.chmod(0o755)
    before = sorted(os.listdir("/dev/fd")), children()
    for _ in range(3):
        with pytest.raises(SpawnError, match="broken"):
            spawn(str(broken))
    assert (sorted(os.listdir("/dev/fd")), children()) == before


def test_spawning_beside_a_busy_thread_warns_of_nothing():
    stop = threading.Event()
    thread = threading.Thread(target=lambda: [None for _ in iter(stop.is_set, True)])
    thread.start()
    try:
        for _ in range(5):
            finish(spawn("true"))
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize(
    ("script", "status"), [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143)]
)
def test_exit_status_is_the_shells(host, script, status):
    assert host.run(host.shell(script))[1] == status


def test_resize_reaches_the_program(host):
    channel = host.shell("trap 'stty size; exit' WINCH; echo ready; while :; do sleep 0.01; done")
    host.read_until(channel, b"ready\r\n")
    channel.resize(50, 132, 1320, 1000)
    assert host.run(channel) == (b"50 132\r\n", 0)


@linux
def test_foreground_is_the_job_that_reads_the_keyboard(host, tmp_path):
    channel = host.open("bash", "--norc", "--noprofile", "-i", cwd="/")
    channel.write(f"cd {tmp_path} && printf 'rea%s\\n' dy && cat -\n".encode())
    host.read_until(channel, b"ready\r\n")
    foreground = wait_for(channel.program.foreground, lambda found: found.command == ("cat", "-"))
    assert foreground.pid != channel.program.pid
    assert foreground.cwd == channel.program.cwd() == str(tmp_path)


def test_close_hangs_up(tmp_path):
    witness = tmp_path / "hup"
    script = f"trap 'echo hup > {witness}; exit' HUP; echo ready; while :; do sleep 0.01; done"
    pty = spawn("/bin/sh", "-c", script)
    os.set_blocking(pty.fd, True)
    assert os.read(pty.fd, 100) == b"ready\r\n"
    pty.close()
    pty.close()
    os.waitpid(pty.pid, 0)
    assert witness.read_text() == "hup\n"
    assert pty.foreground() is None


@linux
def test_nothing_stays_open_after_a_program(host):
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(10):
        channel = host.shell("echo x")
        host.run(channel)
        channel.close()
    host.in_loop(lambda: None)
    assert len(os.listdir("/proc/self/fd")) == before


def children() -> str:
    with open(f"/proc/self/task/{os.getpid()}/children") as file:
        return file.read()


def wait_for(function, condition):
    """The first result that meets the condition. The world gives no event for this one."""
    for _ in range(10_000):
        result = function()
        if result is not None and condition(result):
            return result
        threading.Event().wait(0.001)
    raise AssertionError(result)


def drain(pty: Pty) -> bytes:
    """All output of a program that ends."""
    os.set_blocking(pty.fd, True)
    data = b""
    while True:
        try:
            piece = os.read(pty.fd, 4096)
        except OSError:
            break
        if not piece:
            break
        data += piece
    finish(pty)
    return data


def finish(pty: Pty) -> None:
    os.waitpid(pty.pid, 0)
    pty.close()
