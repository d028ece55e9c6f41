"""The terminal's own clock: it stands still until a test moves it on.

A program lives in real time, and so do waits. What the terminal by itself shows and notes by the
clock doesn't: the phases of a blinking cursor and of blinking text, the times of the shell's marks.
Nobody at the far end can see that clock, so it is always this one: two runs give one picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.pane.blinking import Blinking

if TYPE_CHECKING:
    from gputerm.pane.options import PaneOptions
    from gputerm.vt import Terminal

__all__ = ["START", "Phases"]

START = 946_684_800.0  #: 2000-01-01 00:00 UTC, at which every session begins


class Phases:
    """What blinks, by that clock. After each input the cursor is shown, as in a window."""

    def __init__(self, terminal: Terminal, options: PaneOptions) -> None:
        self._terminal, self._options = terminal, options
        self._now = 0.0
        self._blinking = Blinking()
        self._blinks: bool | None = None  #: None: since `restart` no time has passed

    def time(self) -> float:
        """Seconds since the epoch."""
        return START + self._now

    @property
    def cursor_on(self) -> bool:
        return self._blinking.cursor_on

    @property
    def text_on(self) -> bool:
        return self._blinking.text_on

    def restart(self) -> None:
        """Show the cursor from now on."""
        self._blinking.cursor_on, self._blinks = True, None

    def advance(self, seconds: float) -> None:
        """Move the clock on."""
        self._follow_style()
        end = self._now + seconds
        while True:
            self._blinking.text_blinks(self._now)
            if (due := self._blinking.next_deadline()) > end:
                break
            self._now = due
            self._blinking.tick(due)
        self._now = end

    def _follow_style(self) -> None:
        options, blinks = self._options, self._options.cursor_blinks
        if blinks is None:
            blinks = self._terminal.cursor_style.blinking
        if blinks != self._blinks:
            self._blinks = blinks
            self._blinking.restart(
                self._now,
                blinks=blinks,
                interval=options.blink_interval,
                timeout=options.blink_timeout,
            )
