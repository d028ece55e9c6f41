"""How bound keys are written for people, and which of them do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.actions import Action
from gputerm.input.bindings import BindingMode, Key, Where
from gputerm.input.keys import Mods

if TYPE_CHECKING:
    from gputerm.input.bindings import Binding, Bindings, Trigger

#: As they are written before a key, in this order.
_MODS = ((Mods.SUPER, "Super"), (Mods.CTRL, "Ctrl"), (Mods.ALT, "Alt"), (Mods.SHIFT, "Shift"))
_MODES = ((BindingMode.SEARCH, " in a search"), (BindingMode.VI, " in vi mode"))


def name_of(trigger: Trigger, mods: Mods) -> str:
    """How a key is written: "Ctrl+Shift+F"."""
    if isinstance(trigger, Key):
        name = trigger.name.removeprefix("Arrow")
        name = {" ": "Space"}.get(name, name.upper() if len(name) == 1 else name)
        if trigger.where is Where.KEYPAD:
            name = f"Keypad {name}"
    else:
        name = f"scancode {trigger.code}"
    return "+".join([*(word for mod, word in _MODS if mod & mods), name])


def keys_of(bindings: Bindings) -> dict[Action, list[str]]:
    """By action: the keys that do it; those of a mode come last, with it."""
    keys: dict[Action, list[str]] = {}
    for binding in sorted(bindings.rows, key=lambda binding: bool(_mode_of(binding))):
        if isinstance(binding.does, Action):
            names = keys.setdefault(binding.does, [])
            name = name_of(binding.trigger, binding.mods) + _mode_of(binding)
            if name not in names:
                names.append(name)
    return keys


def _mode_of(binding: Binding) -> str:
    return next((words for mode, words in _MODES if binding.required & mode), "")
