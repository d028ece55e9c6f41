"""Remote control over a Unix socket: `server` in the terminal, `client` on the command line.

For programs there are Remote and AsyncRemote, which steer a running gputerm and need nothing but
Python; `results` has the types of their answers. They are imported when they are asked for, because
`gputerm msg` pays for each import.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gputerm.errors import IpcError
    from gputerm.ipc.client.aio import AsyncRemote
    from gputerm.ipc.client.remote import Remote
    from gputerm.ipc.protocol import Fault
    from gputerm.ipc.results import Event

__all__ = ["AsyncRemote", "Event", "Fault", "IpcError", "Remote"]

_MODULES = {
    "AsyncRemote": "gputerm.ipc.client.aio",
    "Event": "gputerm.ipc.results",
    "Fault": "gputerm.ipc.protocol",
    "IpcError": "gputerm.errors",
    "Remote": "gputerm.ipc.client.remote",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_MODULES[name]), name)
