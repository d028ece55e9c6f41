"""Where the sockets are: a server's new one, a client's way to a server.

    $XDG_RUNTIME_DIR/gputerm-<display>-<pid>.sock          or, without a private runtime directory,
    /tmp/gputerm-<uid>/gputerm-<display>-<pid>.sock

A process that can write to the socket can run programs as its owner. So a directory that others can
use is refused, and both sides check which user is at the other end. `gputerm msg` imports this
module first.
[XDG Base Directory Specification; unix(7)]
"""

from __future__ import annotations

import os
import stat
import sys
import time

# The socket module imports selectors and enum, which takes longer than a whole call.
from _socket import AF_UNIX, SOCK_STREAM, SOL_SOCKET
from _socket import socket as Socket  # noqa: N812  # it is a class

TYPE_CHECKING = False
if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator, Mapping, MutableMapping

    from gputerm.errors import IpcError

__all__ = [
    "bind",
    "connect",
    "display_name",
    "find_server",
    "inherited",
    "ipc_error",
    "lost",
    "new_socket_path",
    "own_pane",
    "peer_is_trusted",
    "socket_directory",
]

SOCKET_VARIABLE = "GPUTERM_SOCKET"  #: the socket of the terminal in which a program runs
PANE_VARIABLE = "GPUTERM_PANE_ID"  #: the pane in which it runs

#: Where systemd listens for us, in the runtime directory; see systemd/gputerm.socket.
ACTIVATED_NAME = "gputerm.sock"

_CONNECT_TIMEOUT_S = 5.0  #: a server whose queue of connections stays full is stuck
_CONNECT_RETRY_S = 0.005
_BACKLOG = 4096  #: a burst of scripts; the kernel cuts it to net.core.somaxconn


def display_name(env: Mapping[str, str]) -> str:
    """The display in socket names: servers of other displays are other users' seats to a client."""
    return (env.get("WAYLAND_DISPLAY") or env.get("DISPLAY") or "").replace("/", "-")


def own_pane(path: str, env: Mapping[str, str]) -> int | None:
    """The pane that `env` says we run in, if it is one of the server whose socket is `path`.

    Pane ids in our environment are those of the terminal around us, and mean nothing to another.
    """
    number = env.get(PANE_VARIABLE, "")
    if env.get(SOCKET_VARIABLE, path) != path or not number.isdecimal():
        return None
    return int(number)


def socket_directory(env: Mapping[str, str]) -> str:
    """The private directory for sockets, created if need be. Raises IpcError."""
    runtime = env.get("XDG_RUNTIME_DIR", "")
    if os.path.isabs(runtime) and _is_private(runtime):
        return runtime
    path = os.path.join(env.get("TMPDIR") or "/tmp", f"gputerm-{os.getuid()}")
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        pass
    except OSError as error:
        raise ipc_error(f'can\'t create "{path}": {error.strerror}') from None
    if not _is_private(path, follow=False):
        raise ipc_error(f'"{path}" is not a private directory of this user; remove it')
    return path


def new_socket_path(env: Mapping[str, str], pid: int, *, headless: bool = False) -> str:
    """Where the server `pid` puts its socket. Raises IpcError."""
    display = "" if headless else display_name(env)
    return os.path.join(socket_directory(env), f"gputerm-{display}-{pid}.sock")


def inherited(env: MutableMapping[str, str]) -> socket.socket | None:
    """The listening socket that systemd gave this process, non-blocking; None if there is none.

    Its variables are removed from `env`, because they mean nothing to our children.
    [sd_listen_fds(3)]
    """
    count, pid = env.pop("LISTEN_FDS", ""), env.pop("LISTEN_PID", "")
    env.pop("LISTEN_FDNAMES", None)
    if pid != str(os.getpid()) or not count.isdigit() or int(count) < 1:
        return None
    import socket

    descriptor = 3  # SD_LISTEN_FDS_START
    os.set_inheritable(descriptor, False)
    listener = socket.socket(fileno=descriptor)
    if listener.family != AF_UNIX or listener.type != SOCK_STREAM:
        listener.close()
        raise ipc_error("the socket from systemd is no stream socket with a path")
    listener.setblocking(False)
    return listener


def bind(path: str) -> socket.socket:
    """A listening, non-blocking socket at `path`, for this user alone. Raises IpcError.

    The socket of a server that is gone is replaced, that of a living one is not.
    """
    import socket

    _remove_stale(path)
    listener = socket.socket(AF_UNIX, SOCK_STREAM)
    try:
        listener.bind(path)
        # Nobody can connect before listen, so the mode is right from the start whatever the umask.
        os.chmod(path, 0o600)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        # Python's own complaint about a path over 107 bytes has no strerror.
        raise ipc_error(f'can\'t create socket "{path}": {error.strerror or error}') from None
    listener.setblocking(False)
    return listener


def connect(path: str) -> Socket:
    """A blocking connection to the server at `path`. Raises OSError, also if it isn't ours."""
    connection = Socket(AF_UNIX, SOCK_STREAM)
    try:
        _connect_patiently(connection, path)
        if not peer_is_trusted(connection):
            raise PermissionError(f'"{path}" belongs to another user')
    except BaseException:
        connection.close()
        raise
    connection.settimeout(None)
    return connection


def _connect_patiently(connection: Socket, path: str) -> None:
    """Connect, waiting for a place in the queue of connections if need be. Raises OSError."""
    # A blocking connect would wait for ever behind a server that is stuck, and one with a timeout
    # doesn't wait at all but fails with EAGAIN. [unix(7)]
    connection.setblocking(False)
    deadline = time.monotonic() + _CONNECT_TIMEOUT_S
    while True:
        try:
            connection.connect(path)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_CONNECT_RETRY_S)


def find_server(path: str | None, env: Mapping[str, str]) -> tuple[Socket, str]:
    """A connection to the server meant, and its path. Raises IpcError.

    That is `path` and no other; else the terminal we run in; else the one of this display that had
    the focus last.
    """
    if path is not None:
        try:
            return connect(path), path
        except OSError:
            raise ipc_error(f'invalid socket path "{path}"') from None
    path = env.get(SOCKET_VARIABLE)
    if path:
        try:
            return connect(path), path
        except OSError:
            pass  # The terminal is gone and tmux, say, is not.
    for path in _sockets(env):
        try:
            return connect(path), path
        except ConnectionRefusedError:
            _remove_orphan(path)
        except OSError:
            continue
    raise ipc_error("no socket found")


def lost(path: str | None, found: str, env: Mapping[str, str]) -> str | None:
    """The socket of the terminal around us, when it is gone and another, at `found`, was found
    instead; `path` is the one that was asked for.
    """
    around = env.get(SOCKET_VARIABLE)
    return around if path is None and around and around != found else None


def peer_is_trusted(connection: Socket) -> bool:
    """Whether the process at the other end is this user's or root's.

    Only Linux can tell; elsewhere the socket's mode and directory protect it alone.
    """
    if not sys.platform.startswith("linux"):
        return True
    from _socket import SO_PEERCRED

    # struct ucred: pid, uid, gid, an int each.
    credentials = connection.getsockopt(SOL_SOCKET, SO_PEERCRED, 12)
    uid = int.from_bytes(credentials[4:8], sys.byteorder)
    return uid in (os.geteuid(), 0)


def ipc_error(message: str) -> IpcError:
    """The error to raise. Its class comes with enum, which a call that works doesn't need."""
    from gputerm.errors import IpcError

    return IpcError(message)


def _sockets(env: Mapping[str, str]) -> Iterator[str]:
    """This user's sockets for exactly this display, the one used last first."""
    try:
        directory = socket_directory(env)
        names = os.listdir(directory)
    except OSError as error:
        raise ipc_error(f"no socket found: {error.strerror}") from None
    prefix, suffix = f"gputerm-{display_name(env)}-", ".sock"
    found = []
    for name in names:
        # The rest must be a process id: display "wayland-1" is no prefix of "wayland-10".
        if (
            name.startswith(prefix)
            and name.endswith(suffix)
            and name[len(prefix) : -len(suffix)].isdigit()
        ):
            path = os.path.join(directory, name)
            status = _own_socket(path)
            if status is not None:
                found.append((status.st_mtime_ns, path))
    found.sort(reverse=True)
    paths = [path for _, path in found]
    # Last, because connecting to it starts gputerm.
    if _own_socket(activated := os.path.join(directory, ACTIVATED_NAME)) is not None:
        paths.append(activated)
    return iter(paths)


def _own_socket(path: str) -> os.stat_result | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status if stat.S_ISSOCK(status.st_mode) and status.st_uid == os.geteuid() else None


def _remove_orphan(path: str) -> None:
    """Remove the socket of a server that died; nothing but a socket of ours."""
    if _own_socket(path) is not None:
        try:  # noqa: SIM105  # contextlib would have to be imported
            os.unlink(path)
        except OSError:
            pass  # Another client was faster.


def _remove_stale(path: str) -> None:
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return  # Nothing is there, or bind will report what is wrong.
    if not stat.S_ISSOCK(mode):
        raise ipc_error(f'can\'t create socket "{path}": the file exists and is no socket')
    try:
        connect(path).close()
    except ConnectionRefusedError:
        _remove_orphan(path)
        return
    except OSError as error:
        raise ipc_error(f'can\'t create socket "{path}": {error.strerror or error}') from None
    raise ipc_error(f'can\'t create socket "{path}": another process listens there')


def _is_private(path: str, *, follow: bool = True) -> bool:
    try:
        status = os.stat(path) if follow else os.lstat(path)
    except OSError:
        return False
    return (
        stat.S_ISDIR(status.st_mode)
        and status.st_uid == os.geteuid()
        and not stat.S_IMODE(status.st_mode) & 0o077
    )
