"""What the server answers by itself, in the loop thread, also while the main thread is busy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm import __version__
from gputerm.ipc import protocol

if TYPE_CHECKING:
    from gputerm.ipc.results import Schema, Version

__all__ = ["schema", "version"]


def version() -> Version:
    """Of gputerm, and of its commands."""
    return {"version": __version__, "protocol": protocol.VERSION}


def schema() -> Schema:
    """The protocol described for programs."""
    from gputerm.ipc.json_schema import protocol_schema  # seldom asked for

    return protocol_schema()
