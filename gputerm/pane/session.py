"""One terminal at work: a Terminal fed by a program on a pty, and what the user sees of it.

Knows no window, font or socket. Times come in as arguments (monotonic seconds); only `pump` and
`reflow` look at the clock, because they must stop in time.
"""

import os
import time
from collections import deque
from collections.abc import Callable

from gputerm.host import Channel
from gputerm.input import (
    MODIFIER_KEYS,
    KeyEvent,
    KeyKind,
    MouseEvent,
    encode_key,
    encode_mouse,
    encode_paste,
    encode_text,
)
from gputerm.view import Selection, SelectionKind, Side, Viewport
from gputerm.vt import Point, Snapshot, Terminal, WindowFacts
from gputerm.vt.events import Event, PromptMark, Reply, ResizeRequest

#: What parsing may cost between two looks at the clock, in bytes of text and what takes as long
#: (vt/core/budget.py): well under a millisecond.
_SLICE = 64 << 10

#: Seconds for which one pump reflows lines of history.
_REFLOW = 0.002

#: How long a synchronized update (mode 2026) may hold the screen, from its beginning.
SYNC_TIMEOUT = 0.15


MAX_PASTES = 10  #: on their way at the same time
MAX_BEHIND_PASTES = 1 << 20  #: bytes that may be typed meanwhile

_yield = getattr(os, "sched_yield", lambda: None)  # macOS has none


class Paste:
    """A paste on its way from the program that has copied it; what is typed waits behind it."""

    def __init__(self) -> None:
        self.text: str | None = None  #: None: still to come
        self.wanted = True


class Session:
    """A Terminal, its pty channel, its viewport and its selection."""

    def __init__(
        self,
        terminal: Terminal,
        channel: Channel,
        *,
        word_separators: str,
        before_typing: Callable[[Channel], None] = lambda channel: None,
    ) -> None:
        """`before_typing` is called when something typed is about to be sent."""
        self.terminal = terminal
        self.channel = channel
        self.viewport = Viewport(terminal)
        self.selection: Selection | None = None
        self.received = 0  #: bytes from the program, parsed so far
        self.parsing = 0.0  #: seconds spent on them, also for reading in turn
        self._word_separators = word_separators
        self._before_typing = before_typing
        self._unread = memoryview(b"")
        #: Pastes on their way, and what was typed after each.
        self._coming: deque[Paste | bytearray] = deque()
        self._echo = b""  # typed while SRM is reset, to be shown by the next pump
        self._mouse_reported: MouseEvent | None = None
        self._sync_generation = -1
        self._sync_until = 0.0

    def pump(self, deadline: float) -> list[Event]:
        """Feed the terminal what the program wrote, until `deadline`; the events it caused.

        Replies are sent to the program here. `has_unread` tells whether something is left.
        """
        started = time.monotonic()
        events: list[Event] = []
        if self._echo:
            echo, self._echo = self._echo, b""
            self.received += len(echo)
            self._took(self.terminal.echo(echo), events)
        before, now = self.received, started
        while True:
            if not self._unread:
                self._unread = memoryview(self.channel.take())
            if self._unread:
                size, caused = self.terminal.feed_some(self._unread, _SLICE)
                self._unread = self._unread[size:]
            elif (descriptor := self.channel.take_turn()) is not None:
                size, rest, drained, caused = self.terminal.feed_from(descriptor, _SLICE)
                self._unread = memoryview(rest)
                self.channel.took_turn(size, drained=drained)
            else:
                break
            self.received += size
            self._took(caused, events)
            now = time.monotonic()
            if now >= deadline:
                break
        self.channel.parsed(self.received - before, now)
        self.parsing += now - started
        if self.terminal.reflowing:
            self.reflow(min(deadline, now + _REFLOW))
        if self.selection is not None and not self.selection.intact():
            self.selection = None
        return events

    def _took(self, caused: list[Event], events: list[Event]) -> None:
        """Act on what the terminal's events mean here; append the others to `events`."""
        for event in caused:
            if isinstance(event, Reply):
                self.channel.write(event.data)
                continue
            if isinstance(event, ResizeRequest):  # reflowed already, unseen by these two
                self.selection = None
                self.viewport.to_bottom()
            elif isinstance(event, PromptMark):
                self.terminal.blocks.timed(event.kind, event.block, time.time())
            events.append(event)

    @property
    def has_unread(self) -> bool:
        """Whether `pump` stopped at its deadline with bytes left.

        What the channel holds counts as well: it has announced that once and won't again.
        """
        return bool(self._unread) or self.channel.has_output

    def held_until(self, now: float) -> float | None:
        """While the program is in a synchronized update: when the screen is shown all the same.

        None when it may be shown now. A program that sets the mode again and again can't extend it.
        """
        terminal = self.terminal
        if not terminal.synchronized:
            return None
        if terminal.sync_generation != self._sync_generation:
            self._sync_generation = terminal.sync_generation
            self._sync_until = now + SYNC_TIMEOUT
        return self._sync_until if now < self._sync_until else None

    def resize(self, lines: int, columns: int, window: WindowFacts) -> None:
        """Give the terminal another size, reflowing its text, and tell the program."""
        terminal = self.terminal
        terminal.set_window(window)  # before anything reports the size
        if (lines, columns) != (terminal.lines, terminal.columns):
            self._move(lambda points: terminal.resize(lines, columns, points))
            if terminal.reflowing:
                self.channel.announce()  # pump does the rest.
        self.channel.resize(lines, columns, window.width, window.height)
        self._send(terminal.take_events())

    @property
    def reflowing(self) -> bool:
        """Whether lines of history still have the width from before a resize; `pump` works on them,
        the newest first.
        """
        return self.terminal.reflowing

    def reflow(self, deadline: float) -> None:
        """Reflow lines of history until `deadline`, a slice at least."""
        while self.terminal.reflowing:
            self._reflow_before(None)
            if time.monotonic() >= deadline:
                break

    def snapshot(self) -> Snapshot:
        """What the viewport shows, reflowed if it isn't yet."""
        terminal, viewport = self.terminal, self.viewport
        while (top := viewport.top) is not None:
            bottom = top + terminal.lines
            if terminal.reflow_stop(bottom) <= top:
                break
            self._reflow_before(bottom)
        return terminal.snapshot(viewport.top)

    def _reflow_before(self, line: int | None) -> None:
        self._move(lambda points: self.terminal.reflow(line, points))

    def _move(self, change: Callable[[list[Point]], list[Point]]) -> None:
        """Change the terminal in a way that takes points elsewhere: viewport and selection too."""
        viewport, selection = self.viewport, self.selection
        seen = viewport.anchors()
        selected = selection.anchors() if selection is not None else []
        moved = change([*seen, *selected])
        viewport.moved(moved[: len(seen)])
        if selection is not None:
            selection.moved(moved[len(seen) :])

    def set_word_separators(self, separators: str) -> None:
        """The characters that end a word; for selections from now on."""
        self._word_separators = separators

    def select(self, kind: SelectionKind, point: tuple[int, int], side: Side) -> None:
        """Begin a selection at a (stable line, column)."""
        self.selection = Selection(
            self.terminal, kind, point, side, separators=self._word_separators
        )

    def selected_text(self) -> str:
        """What is selected; "" when nothing is."""
        if self.selection is None:
            return ""
        while (selected := self.selection.range) is not None:
            stop = selected.stop[0] + 1
            if self.terminal.reflow_stop(stop) <= selected.start[0]:
                break
            self._reflow_before(stop)
        return self.selection.text()

    def key(self, event: KeyEvent) -> bool:
        """Encode a key for the program; False when that typed nothing.

        A modifier or a key coming up, which only some programs are told, is not typing.
        """
        options = self.terminal.key_options
        data = b"" if options.locked else encode_key(event, options)
        if event.kind is KeyKind.RELEASE or event.key in MODIFIER_KEYS:
            if self._coming:
                self._wait(data)
            elif data:
                self.channel.write(data)
            return False
        return self._typed(data)

    def text(self, text: str) -> bool:
        """Text that an input method committed."""
        options = self.terminal.key_options
        return self._typed(b"" if options.locked else encode_text(text, options))

    def send(self, data: bytes) -> bool:
        """Bytes as if typed: the view returns to the live screen."""
        return self._typed(data)

    def reply(self, data: bytes) -> None:
        """Answer a question of the program's that needed the window."""
        self.channel.write(data)

    def paste(self, text: str) -> bool:
        """Paste `text`, bracketed when the program wants that; False when the program is stuck."""
        return self._typed(encode_paste(text, self.terminal.bracketed_paste))

    def expect_paste(self) -> Paste | None:
        """A paste of a text that is still to come; what is typed meanwhile waits behind it.

        None when there are too many of them.
        """
        if len(self._coming) >= MAX_PASTES:
            return None
        paste = Paste()
        self._coming.append(paste)
        return paste

    def paste_came(self, paste: Paste, text: str) -> bool:
        """What was expected is here: paste it, and send what has waited for it.

        False when the program is stuck.
        """
        paste.text = text
        sent = True
        while self._coming:
            first = self._coming[0]
            if not isinstance(first, Paste):
                data = bytes(first)
            elif first.text is not None:
                data = encode_paste(first.text, self.terminal.bracketed_paste)
            else:
                break
            self._coming.popleft()
            sent &= not data or self._send_typed(data)
        return sent

    @property
    def pasting(self) -> bool:
        """Whether a paste is on its way."""
        return bool(self._coming)

    def drop_pastes(self) -> None:
        """Expect no paste any longer, and send what was typed meanwhile."""
        waiting, self._coming = self._coming, deque()
        for item in waiting:
            if isinstance(item, Paste):
                item.wanted = False
            else:
                self._send_typed(bytes(item))

    def close(self) -> None:
        """Hang up the program; nothing of what is on its way is for it any more."""
        while self._coming:
            if isinstance(item := self._coming.pop(), Paste):
                item.wanted = False
        self.channel.close()

    def mouse(self, event: MouseEvent) -> bool:
        """Report the mouse; False when the program didn't ask for this event."""
        data = encode_mouse(event, self.terminal.mouse_options, self._mouse_reported)
        if not data:
            return False
        self._mouse_reported = event
        self.channel.write(data)
        return True

    @property
    def wants_mouse(self) -> bool:
        """Whether the program tracks the mouse."""
        return bool(self.terminal.mouse_options.tracking)

    def focus(self, focused: bool) -> None:
        """The window got or lost the keyboard focus; reported when asked for (mode 1004)."""
        self.terminal.set_focus(focused)
        self._send(self.terminal.take_events())

    def _typed(self, data: bytes) -> bool:
        return self._wait(data) if self._coming else self._send_typed(data)

    def _wait(self, data: bytes) -> bool:
        """Send it when the pastes before it have come; False when too much waits already."""
        waiting = sum(len(item) for item in self._coming if isinstance(item, bytearray))
        if not data or waiting + len(data) > MAX_BEHIND_PASTES:
            return False
        if isinstance(last := self._coming[-1], bytearray):
            last += data
        else:
            self._coming.append(bytearray(data))
        return True

    def _send_typed(self, data: bytes) -> bool:
        if not data:
            return False
        self.viewport.to_bottom()
        self.selection = None
        self._before_typing(self.channel)
        written = self.channel.write(data)
        # What wakes the program may wait for this processor, and we have nothing else to hurry for.
        _yield()
        if written and self.terminal.local_echo:
            self._echo += data
            self.channel.announce()
        return written

    def _send(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Reply):
                self.channel.write(event.data)
