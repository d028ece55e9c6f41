"""Where sockets are made and found, and whose are touched."""

import os
import socket
import stat
import subprocess
import sys

import pytest

from gputerm.errors import IpcError
from gputerm.ipc import sockets


def dead_socket(path) -> str:
    """The socket file of a server that is gone."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(path))
    return str(path)


@pytest.fixture
def listen(request):
    """Make a living server at a path."""

    def make(path) -> str:
        sock = sockets.bind(str(path))
        request.addfinalizer(sock.close)
        return str(path)

    return make


@pytest.mark.parametrize(
    ("env", "name"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "wayland-0"),
        ({"DISPLAY": ":0.1"}, ":0.1"),
        ({"WAYLAND_DISPLAY": "/run/other/wayland-0"}, "-run-other-wayland-0"),
        ({}, ""),
    ],
)
def test_display_in_the_name(env, name):
    assert sockets.display_name(env) == name


def test_path_is_in_the_runtime_directory(runtime):
    expected = f"{runtime['XDG_RUNTIME_DIR']}/gputerm-:7-42.sock"
    assert sockets.new_socket_path(runtime, 42) == expected


@pytest.mark.parametrize("runtime_dir", ["", "relative", "/nonexistent", "public"])
def test_without_a_private_runtime_directory_there_is_one_of_our_own(tmp_path, runtime_dir):
    if runtime_dir == "public":
        runtime_dir = str(tmp_path / "public")
        os.mkdir(runtime_dir)
        os.chmod(runtime_dir, 0o755)
    env = {"TMPDIR": str(tmp_path), "XDG_RUNTIME_DIR": runtime_dir}
    for _ in range(2):
        directory = sockets.socket_directory(env)
        assert directory == f"{tmp_path}/gputerm-{os.getuid()}"
        assert stat.S_IMODE(os.stat(directory).st_mode) == 0o700


@pytest.mark.parametrize("kind", ["symlink", "public", "file"])
def test_planted_directory_is_refused(tmp_path, kind):
    path = tmp_path / f"gputerm-{os.getuid()}"
    if kind == "symlink":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        path.symlink_to(tmp_path / "elsewhere")
    elif kind == "public":
        path.mkdir()
        path.chmod(0o777)
    else:
        path.write_text("")
    with pytest.raises(IpcError, match="not a private directory"):
        sockets.socket_directory({"TMPDIR": str(tmp_path)})


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to give a directory away")
def test_directory_of_another_user_is_refused(tmp_path):
    path = tmp_path / "gputerm-0"
    path.mkdir(mode=0o700)
    os.chown(path, 12345, 12345)
    with pytest.raises(IpcError, match="not a private directory"):
        sockets.socket_directory({"TMPDIR": str(tmp_path)})


def test_stale_socket_is_replaced(tmp_path):
    path = dead_socket(tmp_path / "s")
    sockets.bind(path).close()


def test_living_socket_is_not_replaced(tmp_path, listen):
    path = listen(tmp_path / "s")
    inode = os.stat(path).st_ino
    with pytest.raises(IpcError, match="another process listens there"):
        sockets.bind(path)
    assert os.stat(path).st_ino == inode


def test_other_file_is_not_replaced(tmp_path):
    (tmp_path / "s").write_text("precious")
    with pytest.raises(IpcError, match="is no socket"):
        sockets.bind(str(tmp_path / "s"))
    assert (tmp_path / "s").read_text() == "precious"


@pytest.mark.parametrize("path", ["/nonexistent/s", "/tmp/" + "x" * 200])
def test_impossible_path_is_one_line(path):
    with pytest.raises(IpcError, match="can't create socket") as caught:
        sockets.bind(path)
    assert "\n" not in str(caught.value)


def find(env, path=None) -> str:
    connection, found = sockets.find_server(path, env)
    connection.close()
    return found


def test_explicit_path_is_the_only_one_tried(runtime, listen):
    listen(sockets.new_socket_path(runtime, 1))
    with pytest.raises(IpcError, match='invalid socket path "/nope"'):
        find({**runtime, "GPUTERM_SOCKET": sockets.new_socket_path(runtime, 1)}, "/nope")


def test_own_terminal_comes_before_the_newest(runtime, listen, tmp_path):
    listen(sockets.new_socket_path(runtime, 1))
    own = listen(tmp_path / "own")
    assert find({**runtime, "GPUTERM_SOCKET": own}) == own


def test_dead_terminal_is_passed_over_and_left_alone(runtime, listen, tmp_path):
    newest = listen(sockets.new_socket_path(runtime, 1))
    own = dead_socket(tmp_path / "own")
    assert find({**runtime, "GPUTERM_SOCKET": own}) == newest
    assert os.path.exists(own)


def test_server_used_last_is_found_first(runtime, listen):
    paths = [listen(sockets.new_socket_path(runtime, pid)) for pid in (1, 2, 3)]
    for path, mtime in zip(paths, (100, 300, 200), strict=True):
        os.utime(path, (mtime, mtime))
    assert find(runtime) == paths[1]


@pytest.mark.parametrize("other", [":70", ":7-1", "", "wayland-7"])
def test_servers_of_other_displays_are_not_ours(runtime, listen, other):
    listen(sockets.new_socket_path({**runtime, "DISPLAY": other}, 1))
    with pytest.raises(IpcError, match="no socket found"):
        find(runtime)


def test_only_orphaned_sockets_are_removed(runtime, listen):
    directory = runtime["XDG_RUNTIME_DIR"]
    orphan = dead_socket(sockets.new_socket_path(runtime, 1))
    keep = [
        dead_socket(f"{directory}/gputerm-:7-x.sock"),
        dead_socket(f"{directory}/gputerm-:8-1.sock"),
        dead_socket(f"{directory}/other-:7-1.sock"),
        f"{directory}/gputerm-:7-2.sock",
        f"{directory}/gputerm-:7-3.sock",
    ]
    with open(keep[3], "w") as file:
        file.write("not a socket")
    os.symlink(dead_socket(f"{directory}/target"), keep[4])
    with pytest.raises(IpcError, match="no socket found"):
        find(runtime)
    assert not os.path.exists(orphan)
    assert all(os.path.lexists(path) for path in keep)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become someone else")
def test_socket_of_another_user_is_not_talked_to(tmp_path):
    tmp_path.chmod(0o777)
    for parent in tmp_path.parents[:3]:
        parent.chmod(0o755)
    path = str(tmp_path / "theirs")
    code = (
        f"import os, socket, sys; os.setuid(12345); s = socket.socket(socket.AF_UNIX);"
        f"s.bind({path!r}); s.listen(); print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-I", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        other.stdout.readline()
        with pytest.raises(PermissionError):
            sockets.connect(path)
        other.stdin.close()
