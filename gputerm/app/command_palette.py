"""The command palette: all actions, with what they do and their keys, to choose from by typing."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from gputerm.actions import Action
from gputerm.input.key_names import keys_of
from gputerm.view.chooser import Chooser, Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.input import Bindings
    from gputerm.view.surfaces import Surfaces

MAX_RECENT = 20  #: actions that come first because they were chosen last

#: What makes sense for a key only, or for the mouse.
_LEFT_OUT = {
    Action.NONE,
    Action.RECEIVE_CHAR,
    Action.EXPAND_SELECTION,
    Action.SHOW_COMMAND_PALETTE,
}


class CommandPalette:
    """The palette of one window."""

    def __init__(self, surfaces: Surfaces, perform: Callable[[Action], object]) -> None:
        self._surfaces = surfaces
        self._perform = perform
        self._recent: deque[Action] = deque(maxlen=MAX_RECENT)
        self._chooser: Chooser | None = None

    def show(self, bindings: Bindings) -> None:
        """Have the user choose an action, which is then carried out."""
        self.hide()
        actions = [*self._recent, *(a for a in Action if a not in self._recent)]
        keys = keys_of(bindings)
        entries = [
            Entry(action.value, action.doc, ", ".join(keys.get(action, ())[:2]))
            for action in actions
            if action not in _LEFT_OUT
        ]
        self._chooser = Chooser(entries, self._chosen)
        self._surfaces.add(self._chooser)

    def hide(self) -> None:
        """Choose nothing."""
        if self._chooser is not None:
            self._surfaces.remove(self._chooser)
            self._chooser = None

    def _chosen(self, entry: Entry | None) -> None:
        self.hide()
        if entry is not None:
            action = Action.named(entry.name)
            if action in self._recent:
                self._recent.remove(action)
            self._recent.appendleft(action)
            self._perform(action)
