"""The keys of bindings, and of programs that are named: what schema.py is for the others."""

from __future__ import annotations

from gputerm.config.kinds import (
    ActionName,
    FilePath,
    KeyName,
    ListOf,
    MouseButton,
    Names,
    SecretText,
    Text,
)
from gputerm.config.toml_table import Nested, Table, setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gputerm.actions import Action
    from gputerm.input import bindings


class ProgramTable(Table, shorthand="program", whole=True):
    program: str = setting(default="", kind=FilePath(), doc="A path, or a name looked up in $PATH.")
    args: tuple[str, ...] = setting(
        default=(), kind=ListOf(Text(), "an array of texts"), doc="Its arguments."
    )

    def unfit(self) -> str | None:
        return None if self.program else "expected a program"


MODS = Names(
    {
        "Control": "Control",
        "Shift": "Shift",
        "Alt": "Alt",
        "Option": "Alt",
        "Super": "Super",
        "Command": "Super",
    }
)
BINDING_MODES = Names(
    {name: name for name in ("AppCursor", "AppKeypad", "Alt", "Search", "Vi")}, negatable=True
)


class BindingTable(Table, whole=True):
    """What a key does, in the words that `gputerm.input.bindings` gives a meaning."""

    key: str | int | None = setting(
        default=None,
        kind=KeyName(),
        doc='A character, or the name of a key: "F1", "ArrowUp", "PageUp", "NumpadEnter".',
    )
    mods: tuple[str, ...] = setting(
        default=(), kind=MODS, doc='Modifiers that must be held, and no others: "Control|Shift".'
    )
    mode: tuple[str, ...] = setting(
        default=(),
        kind=BINDING_MODES,
        doc='Modes that must be on, or off after "~": "AppCursor|~Alt".',
    )
    action: Action | None = setting(
        default=None,
        kind=ActionName(),
        doc='What gputerm does: "Copy", "ScrollPageUp"; "None" = nothing; '
        '"ReceiveChar" = the program gets the key.',
    )
    chars: str | None = setting(
        default=None, kind=SecretText(), doc="Sent to the program as it stands."
    )
    command: ProgramTable | None = setting(
        default=None, kind=Nested(ProgramTable), doc="Started beside the terminal."
    )

    def unfit(self) -> str | None:
        if self.key is None:
            return "expected a key"
        if (self.action, self.chars, self.command).count(None) != 2:
            return "expected exactly one of action, chars, command"
        return None

    def parsed(self) -> bindings.Binding:
        """The binding as `input` looks it up; its words are known to have a meaning."""
        from gputerm.input import bindings

        does: bindings.BindingAction
        if self.action is not None:
            does = self.action
        elif self.chars is not None:
            does = bindings.SendChars(self.chars)
        else:
            assert self.command is not None
            does = bindings.RunCommand(self.command.program, self.command.args)
        assert self.key is not None
        return bindings.parse_binding(bindings.parse_key(self.key), self.mods, self.mode, does)


class MouseBindingTable(Table, whole=True):
    """What a button or the wheel does."""

    mouse: str | int | None = setting(default=None, kind=MouseButton(), doc="The button.")
    mods: tuple[str, ...] = setting(
        default=(), kind=MODS, doc="As in `keyboard.bindings`, and so on."
    )
    mode: tuple[str, ...] = setting(default=(), kind=BINDING_MODES, doc="Modes.")
    action: Action | None = setting(default=None, kind=ActionName(), doc="What gputerm does.")
    chars: str | None = setting(default=None, kind=SecretText(), doc="Sent to the program.")
    command: ProgramTable | None = setting(
        default=None, kind=Nested(ProgramTable), doc="Started beside the terminal."
    )

    def unfit(self) -> str | None:
        if self.mouse is None:
            return "expected a mouse button"
        if (self.action, self.chars, self.command).count(None) != 2:
            return "expected exactly one of action, chars, command"
        return None
