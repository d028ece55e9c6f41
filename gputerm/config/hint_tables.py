"""The keys below `hints`: what schema.py is for the others."""

from __future__ import annotations

from gputerm.config.binding_tables import BINDING_MODES, MODS, ProgramTable
from gputerm.config.kinds import (
    Alphabet,
    Bool,
    Choice,
    Expression,
    KeyName,
    ListOf,
    Maybe,
)
from gputerm.config.toml_table import Nested, Table, setting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from gputerm.input import bindings

    HintAction = Literal["Open", "Copy", "Paste", "Select", "MoveViModeCursor"]

#: The schemes whose addresses are found in any text, and the characters that end one.
URL = (
    r"(ipfs:|ipns:|magnet:|mailto:|gemini://|gopher://|https://|http://|news:|file:|git://|ssh:"
    r"|ftp://)[^\x00-\x1f\x7f-\x9f<>\"\s{-}\^⟨⟩`\\]+"
)


class HintBindingTable(Table, whole=True):
    key: str | int | None = setting(
        default=None, kind=KeyName(), doc="As in `keyboard.bindings`, and so on."
    )
    mods: tuple[str, ...] = setting(default=(), kind=MODS, doc="Modifiers.")
    mode: tuple[str, ...] = setting(default=(), kind=BINDING_MODES, doc="Modes.")

    def unfit(self) -> str | None:
        return None if self.key is not None else "expected a key"

    def parsed(self, does: bindings.BindingAction) -> bindings.Binding:
        """The binding as `input` looks it up, of what it is to do."""
        from gputerm.input import bindings

        assert self.key is not None
        return bindings.parse_binding(bindings.parse_key(self.key), self.mods, self.mode, does)


class HintMouseTable(Table):
    enabled: bool = setting(
        default=False, kind=Bool(), doc="Whether a click acts, and the text is underlined."
    )
    mods: tuple[str, ...] = setting(
        default=(), kind=MODS, doc='What must be held for a click: "Control".'
    )


class HintTable(Table, whole=True):
    """What to look for in the text on the screen, and what is then done with it."""

    regex: str | None = setting(
        default=None,
        kind=Maybe(Expression()),
        doc="What is looked for; capitals count if there are any.",
    )
    hyperlinks: bool = setting(
        default=False, kind=Bool(), doc="Links that programs mark as such (OSC 8), too."
    )
    post_processing: bool = setting(
        default=False,
        kind=Bool(),
        doc="Leave out punctuation at the end, and what follows a bracket that the text closes but "
        "doesn't open.",
    )
    persist: bool = setting(default=False, kind=Bool(), doc="The labels stay after one was chosen.")
    action: HintAction | None = setting(
        default=None,
        kind=Choice("Open", "Copy", "Paste", "Select", "MoveViModeCursor"),
        doc="What gputerm does with the text. Open: what the desktop does with such an address; "
        "gputerm asks first about uncommon ones.",
    )
    command: ProgramTable | None = setting(
        default=None,
        kind=Nested(ProgramTable),
        doc="Started with the text as its last argument.",
    )
    binding: HintBindingTable | None = setting(
        default=None, kind=Maybe(Nested(HintBindingTable)), doc="The key that shows the labels."
    )
    mouse: HintMouseTable | None = setting(
        default=None, kind=Maybe(Nested(HintMouseTable)), doc="What the mouse does."
    )

    def unfit(self) -> str | None:
        if self.regex is None and not self.hyperlinks:
            return "expected a regex, or hyperlinks = true"
        if (self.action, self.command).count(None) != 1:
            return "expected exactly one of action, command"
        return None


#: Used where `hints.enabled` is left out.
DEFAULT_HINTS = (
    HintTable(
        regex=URL,
        hyperlinks=True,
        post_processing=True,
        action="Open",
        binding=HintBindingTable(key="o", mods=("Control", "Shift")),
        mouse=HintMouseTable(enabled=True, mods=("Control",)),
    ),
)


class HintsTable(Table):
    alphabet: str = setting(
        default="jfkdls;ahgurieowpq",
        kind=Alphabet(),
        doc="What labels are made of; the first half ends them.",
    )
    enabled: tuple[HintTable, ...] | None = setting(
        default=None,
        kind=Maybe(ListOf(Nested(HintTable), "an array of hints")),
        doc="What is found in the text and acted on ([finding.md](finding.md#hints) has examples); "
        "None = addresses: Ctrl+Shift+O labels them, and Ctrl and a click opens one.",
    )

    @property
    def shown(self) -> tuple[HintTable, ...]:
        """The hints there are."""
        return DEFAULT_HINTS if self.enabled is None else self.enabled
