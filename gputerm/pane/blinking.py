"""What a window shows by the clock: the blinking cursor, blinking text, the flash of the bell.

Knows no clock and no window; times are monotonic seconds. What doesn't blink has no deadline, so
that an idle window never wakes anybody.
"""

import math


class Blinking:
    """The phases of one window. `cursor_on` and `text_on` are what is to be painted now."""

    def __init__(self) -> None:
        self.cursor_on = True
        self.text_on = True
        self._interval = 1.0
        self._cursor_at = math.inf  # when the cursor is next shown or hidden
        self._cursor_stops = math.inf
        self._text_at = math.inf
        self._flash_until = -math.inf

    def restart(self, now: float, *, blinks: bool, interval: float, timeout: float) -> None:
        """Show the cursor; if it `blinks`, hide it in `interval` seconds, and so on.

        It stays shown `timeout` seconds from now; 0 = it never stops blinking.
        """
        self.cursor_on = True
        self._interval = interval
        self._cursor_at = now + interval if blinks else math.inf
        self._cursor_stops = now + timeout if timeout else math.inf

    def text_blinks(self, now: float) -> None:
        """A frame shows blinking text: it changes one interval after the frame that first did."""
        if self._text_at == math.inf:
            self._text_at = now + self._interval

    def flash(self, now: float, duration: float) -> None:
        """The bell rang: flash for `duration` seconds."""
        self._flash_until = now + duration

    def flashing(self, now: float) -> bool:
        """Whether the window is to be painted in inverse colours."""
        return now < self._flash_until

    def next_deadline(self) -> float:
        """When `tick` has something to do; infinity for never."""
        flash = self._flash_until if self._flash_until > -math.inf else math.inf
        return min(self._cursor_at, self._text_at, flash)

    def tick(self, now: float) -> bool:
        """Move on to `now`; whether the window looks different."""
        changed = False
        if now >= self._cursor_at:
            stop = now >= self._cursor_stops
            self.cursor_on = stop or not self.cursor_on
            self._cursor_at = math.inf if stop else now + self._interval
            changed = True
        if now >= self._text_at:
            self.text_on = not self.text_on
            self._text_at = math.inf  # set again by a frame that shows blinking text
            changed = True
        if now >= self._flash_until > -math.inf:
            self._flash_until = -math.inf
            changed = True
        return changed
