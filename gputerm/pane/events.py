"""What a pane tells whoever shows it, as values. Whether the program may, has been decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from gputerm.policy.privileges import Privilege
from gputerm.records import Record
from gputerm.vt import events as vt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = [
    "NOBODY",
    "AttentionWanted",
    "ClipboardAsked",
    "ClipboardWritten",
    "Happened",
    "Holder",
    "OperationWanted",
    "PaneEvent",
    "ReachedOut",
    "SizeChanged",
    "TrustChanged",
]


class Happened(Record):
    """Something that subscribers may want to know: an event of ipc/event_table.py."""

    name: str
    facts: Mapping[str, object]


class ReachedOut(Record):
    """The program wanted something beyond its cells; for the audit."""

    privilege: Privilege
    allowed: bool
    size: int  #: bytes or characters


class TrustChanged(Record):
    """The program is trusted more or less than before; the shown title may have changed too."""


class AttentionWanted(Record):
    """The bell rang, and the pane hasn't got the focus."""


class ClipboardWritten(Record):
    """The program puts text on the clipboard, or the primary selection."""

    text: str
    primary: bool


class ClipboardAsked(Record):
    """The program asks what is on the clipboard, or the primary selection."""

    primary: bool
    answer: Callable[[str], None]  #: to be called once with the text


class SizeChanged(Record):
    """The program has given the terminal another size; `wanted`, and it may."""

    lines: int
    columns: int
    wanted: bool


class OperationWanted(Record):
    """The program wants something of the window; only in tests."""

    operation: vt.WindowOperation


PaneEvent: TypeAlias = (
    Happened
    | ReachedOut
    | TrustChanged
    | AttentionWanted
    | ClipboardWritten
    | ClipboardAsked
    | SizeChanged
    | OperationWanted
)


class Holder(Protocol):
    """Whoever shows a pane."""

    def damaged(self) -> None:
        """The pane may look different."""

    def woken(self) -> None:
        """The pane may have another deadline."""

    def act_on(self, event: PaneEvent) -> None:
        """Something has happened in the pane. May raise: the events behind it wait then."""


class _Nobody:
    """Shows nothing and acts on nothing."""

    def damaged(self) -> None:
        pass

    def woken(self) -> None:
        pass

    def act_on(self, event: PaneEvent) -> None:
        if isinstance(event, ClipboardAsked):
            event.answer("")


NOBODY = _Nobody()
