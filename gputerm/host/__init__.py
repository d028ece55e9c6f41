"""The far end of the line ("host" is the DEC manuals' word): programs on ptys and their loop.

Standard library and ptyprocess only; bytes and small messages go out, nothing is interpreted.
"""

from gputerm.host.channel import HIGH_WATER, WRITE_LIMIT, Channel, Exited, Output
from gputerm.host.environment import child_environment
from gputerm.host.far_end import FarEnd
from gputerm.host.loop import HandlerFailed, Loop, SignalReceived
from gputerm.host.pty import Foreground, Pty

__all__ = [
    "HIGH_WATER",
    "WRITE_LIMIT",
    "Channel",
    "Exited",
    "FarEnd",
    "Foreground",
    "HandlerFailed",
    "Loop",
    "Output",
    "Pty",
    "SignalReceived",
    "child_environment",
]
