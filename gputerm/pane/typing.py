"""What the user does to the program in a pane: keys, text, pastes and the mouse, as bytes.

A paste may have to wait for the program that has copied it; what is typed meanwhile waits behind
it.
"""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.host import FarEnd
    from gputerm.vt import Terminal

MAX_PASTES = 10  #: on their way at the same time
MAX_BEHIND_PASTES = 1 << 20  #: bytes that may be typed meanwhile

_yield = getattr(os, "sched_yield", lambda: None)  # macOS has none


class Paste:
    """A paste on its way from the program that has copied it."""

    def __init__(self) -> None:
        self.text: str | None = None  #: None: still to come
        self.wanted = True


class Typing:
    """From the user's hands to the far end. What is sent as typed calls `before` and `after`."""

    def __init__(
        self,
        terminal: Terminal,
        far_end: FarEnd,
        *,
        before: Callable[[], None],
        after: Callable[[bytes], None],
    ) -> None:
        """`before` is called when bytes are about to be sent, `after` with those that were."""
        self._terminal = terminal
        self._far_end = far_end
        self._before = before
        self._after = after
        #: Pastes on their way, and what was typed after each.
        self._coming: deque[Paste | bytearray] = deque()
        self._mouse_reported: MouseEvent | None = None

    def key(self, event: KeyEvent) -> bool:
        """Encode a key for the program; False when that typed nothing.

        A modifier or a key coming up, which only some programs are told, is not typing.
        """
        options = self._terminal.key_options
        data = b"" if options.locked else encode_key(event, options)
        if event.kind is KeyKind.RELEASE or event.key in MODIFIER_KEYS:
            if self._coming:
                self._wait(data)
            elif data:
                self._far_end.write(data)
            return False
        return self.send(data)

    def text(self, text: str) -> bool:
        """Text that an input method committed."""
        options = self._terminal.key_options
        return self.send(b"" if options.locked else encode_text(text, options))

    def send(self, data: bytes) -> bool:
        """Bytes as if typed; False when the program can't take them, or there are none."""
        return self._wait(data) if self._coming else self._send(data)

    def paste(self, text: str) -> bool:
        """Paste `text`, bracketed when the program wants that; False when the program is stuck."""
        return self.send(encode_paste(text, self._terminal.bracketed_paste))

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
        return self._go_on()

    def drop_paste(self, paste: Paste) -> None:
        """Expect it no longer, and send what has waited for it."""
        paste.wanted = False
        if paste in self._coming:
            self._coming.remove(paste)
            self._go_on()

    def _go_on(self) -> bool:
        sent = True
        while self._coming:
            first = self._coming[0]
            if not isinstance(first, Paste):
                data = bytes(first)
            elif first.text is not None:
                data = encode_paste(first.text, self._terminal.bracketed_paste)
            else:
                break
            self._coming.popleft()
            sent &= not data or self._send(data)
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
                self._send(bytes(item))

    def close(self) -> None:
        """Nothing of what is on its way is for the program any more."""
        while self._coming:
            if isinstance(item := self._coming.pop(), Paste):
                item.wanted = False

    def mouse(self, event: MouseEvent) -> bool:
        """Report the mouse; False when the program didn't ask for this event."""
        data = encode_mouse(event, self._terminal.mouse_options, self._mouse_reported)
        if not data:
            return False
        self._mouse_reported = event
        self._far_end.write(data)
        return True

    @property
    def wants_mouse(self) -> bool:
        """Whether the program tracks the mouse."""
        return bool(self._terminal.mouse_options.tracking)

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

    def _send(self, data: bytes) -> bool:
        if not data:
            return False
        self._before()
        written = self._far_end.write(data)
        # What wakes the program may wait for this processor, and we have nothing else to hurry for.
        _yield()
        if written:
            self._after(data)
        return written
