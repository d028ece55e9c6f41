"""What a program wants beyond its pane's cells: as far as it is trusted, and at a limited rate.

Titles, bells, clipboards, sizes, directories, marks, notifications: each event of the terminal is
decided upon here, and becomes a PaneEvent for whoever shows the pane.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Protocol

from gputerm.pane.event_limits import EventLimits
from gputerm.pane.events import (
    AttentionWanted,
    ClipboardAsked,
    ClipboardWritten,
    OperationWanted,
    SizeChanged,
)
from gputerm.policy.privileges import Privilege
from gputerm.vt import events as vt

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.host import FarEnd
    from gputerm.pane.blinking import Blinking
    from gputerm.pane.events import Holder
    from gputerm.pane.options import PaneOptions
    from gputerm.vt import Terminal

#: A program that rings all the time rings ten times a second at most.
BELL_MIN_INTERVAL = 0.1

#: Questions for a selection that may wait for its owner; a program that asks more often gets fewer
#: answers.
MAX_QUERIES = 10


class ReachingPane(Protocol):
    """The pane."""

    terminal: Terminal
    far_end: FarEnd
    holder: Holder
    blinking: Blinking
    focused: bool
    options: PaneOptions

    def may(self, privilege: Privilege, size: int = 0) -> bool: ...
    def tell(self, name: str, /, **facts: object) -> None: ...
    def update_title(self) -> None: ...
    def restart_blinking(self, now: float) -> None: ...


class Outreach:
    """The events of one pane's terminal."""

    def __init__(self, pane: ReachingPane) -> None:
        self._pane = pane
        self._limits = EventLimits()
        self._bell_rung = float("-inf")
        self._queries = 0  # of selections, not yet answered

    @property
    def deadline(self) -> float:
        """When `tick` has something to do; infinity for never."""
        return self._limits.deadline

    def take(self, event: vt.Event, now: float) -> None:
        """Act on an event now, or when its time comes, or not at all."""
        if self._limits.admits(event, now):
            self._act_on(event)

    def tick(self, now: float) -> None:
        """Act on events that had to wait."""
        for event in self._limits.due(now):
            self._act_on(event)

    def _act_on(self, event: vt.Event) -> None:
        pane = self._pane
        match event:
            case vt.TitleChanged(title):
                # What isn't allowed mustn't appear later either, so Terminal forgets it.
                if pane.may(Privilege.TITLE, len(title)):
                    pane.update_title()
                else:
                    pane.terminal.titles.window = ""
            case vt.Bell(urgent=urgent, raises=raises):
                self._ring(wants_attention=urgent or raises)
            case vt.ClipboardSet(selection, data):
                if pane.may(Privilege.CLIPBOARD_WRITE, len(data)):
                    text = data.decode("utf-8", "replace")
                    for primary in _selections(selection):
                        pane.holder.act_on(ClipboardWritten(text, primary))
            case vt.ClipboardQuery(selection):
                if pane.may(Privilege.CLIPBOARD_READ) and self._queries < MAX_QUERIES:
                    self._queries += 1
                    primary = True in _selections(selection)[:1]
                    pane.holder.act_on(ClipboardAsked(primary, self._answer_to(event)))
            case vt.ResizeRequest(lines, columns):
                wanted = pane.may(Privilege.RESIZE)
                pane.holder.act_on(SizeChanged(lines, columns, wanted))
            case vt.WindowOperation():
                if pane.terminal.options.test_reports:
                    pane.holder.act_on(OperationWanted(event))
            case vt.CursorStyleChanged():
                pane.restart_blinking(time.monotonic())
            case vt.CwdChanged(host, path):
                if pane.may(Privilege.CWD, len(path)):
                    pane.tell("cwd", host=host, path=path)
                else:
                    pane.terminal.cwd = ""
            case vt.PromptMark(vt.PromptKind.OUTPUT, block=block, command=command):
                pane.tell("command-started", block=block, command=command)
            case vt.PromptMark(vt.PromptKind.FINISHED):
                self._finished(event)
            case vt.Notify(title, body, id, urgency):
                if pane.may(Privilege.NOTIFICATION, len(title) + len(body)):
                    facts = {"title": title, "body": body, "id": id}
                    pane.tell("notification", **facts, urgency=urgency.name.lower())
            case _:
                pass  # progress, other marks: nobody acts on them yet

    def _answer_to(self, query: vt.ClipboardQuery) -> Callable[[str], None]:
        def answer(text: str) -> None:
            self._queries -= 1
            reply = self._pane.terminal.clipboard_reply(query, text.encode(errors="replace"))
            self._pane.far_end.write(reply)

        return answer

    def _finished(self, mark: vt.PromptMark) -> None:
        """A command is over. Whoever tells the user of long ones finds here how long it took, and
        whether the pane had the keyboard."""
        pane, block, seconds = self._pane, self._pane.terminal.blocks.find(mark.block), None
        if block is not None and block.started_at is not None and block.finished_at is not None:
            seconds = round(max(block.finished_at - block.started_at, 0.0), 3)
        facts = {"block": mark.block, "command": mark.command, "exit_code": mark.exit_code}
        pane.tell("command-finished", **facts, seconds=seconds, focused=pane.focused)

    def _ring(self, *, wants_attention: bool) -> None:
        pane, now = self._pane, time.monotonic()
        if now - self._bell_rung < BELL_MIN_INTERVAL:
            return
        self._bell_rung = now
        pane.tell("bell")
        if wants_attention and not pane.focused and pane.may(Privilege.ATTENTION):
            # No more for mode 1043: a window that comes up would take the keyboard while one types.
            pane.holder.act_on(AttentionWanted())
        if pane.options.flash:
            pane.blinking.flash(now, pane.options.flash)
            pane.holder.damaged()


def _selections(letters: str) -> list[bool]:
    """What OSC 52's letters name: False for the clipboard, True for the primary selection."""
    named = set(letters or "c")
    return [primary for primary, names in ((False, "c"), (True, "ps")) if named & set(names)]
