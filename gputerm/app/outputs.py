"""What a command has written, selected, copied or saved, as the user's actions ask for it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from gputerm.view.prompts import command_meant, select_output

if TYPE_CHECKING:
    from gputerm.app.interfaces import PaneWindow

__all__ = ["copy", "save", "select"]


def select(window: PaneWindow) -> bool:
    """Select the output; it goes where selections go. The user is told if there is none."""
    view, terminal = window.pane.view, window.pane.terminal
    if not select_output(view, terminal, command_meant(view.viewport, terminal)):
        window.say("no command's output is known here: docs/shells.md says what shells must tell")
        return False
    window.desktop.selected()
    return True


def copy(window: PaneWindow) -> None:
    """Put the output on the clipboard."""
    if select(window):
        window.desktop.copy(primary=False)


def save(window: PaneWindow) -> None:
    """Write the output to a new file in the user's home directory, which the message bar names."""
    if not select(window):
        return
    path = os.path.expanduser(time.strftime("~/gputerm-output-%Y-%m-%d-%H%M%S.txt"))
    try:
        # "x": what is there already, be it a link, is nothing of ours to write to.
        with open(path, "x", encoding="utf-8", errors="replace", opener=_private) as file:
            file.write(window.pane.view.selected_text())
    except OSError as error:
        window.advise(f"can't save the output as {path}: {error.strerror}")
    else:
        window.say(f"saved as {path}")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
