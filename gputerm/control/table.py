"""All commands by name. Imported with the first request: a start needs none of them."""

from gputerm.control import (
    configuring,
    history,
    measuring,
    sending,
    stream,
    texts,
    waiting,
    windows,
)
from gputerm.control.base import Command

#: `version` and `schema` are answered in the loop thread.
COMMANDS: dict[str, Command] = {
    **windows.COMMANDS,
    **texts.COMMANDS,
    **sending.COMMANDS,
    **configuring.COMMANDS,
    **history.COMMANDS,
    **waiting.COMMANDS,
    **stream.COMMANDS,
    **measuring.COMMANDS,
}
