"""The far end of a pane, and what it needs of a terminal: the interface, whatever lies behind it.

A pty is one (channel.py); a recording or a pane of another program can be others. Who reads it,
when and in which thread is its own business: a pane asks for more and is given it, or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from gputerm.host.pty import Foreground

__all__ = ["FarEnd", "Program", "Sink"]


class Sink(Protocol):
    """What bytes go into: a Terminal. `units` bound what a call may cost."""

    def feed_some(self, data: bytes | memoryview, units: int) -> tuple[int, list[Any]]:
        """Take the beginning of `data`; its length, and the events it caused."""

    def feed_from(self, descriptor: int, units: int) -> tuple[int, bytes, bool, list[Any]]:
        """Read and take; how much, what was read and not taken, whether there was no more, and
        the events."""


class Program(Protocol):
    """What is known of a program."""

    @property
    def pid(self) -> int:
        """The program's process id."""

    @property
    def command(self) -> tuple[str, ...]:
        """Its argv."""

    @property
    def environment(self) -> Mapping[str, str]:
        """What it started with."""

    @property
    def tty(self) -> str | None:
        """Its terminal's path, "/dev/pts/3"; None when there is none or it isn't known."""

    def foreground(self) -> Foreground | None:
        """Who has the terminal now; None when unknown or closed."""

    def cwd(self) -> str | None:
        """The directory of who has the terminal; None when unknown or closed."""

    @property
    def reads_keys(self) -> bool:
        """Whether the program takes each key by itself rather than whole lines."""


class FarEnd(Protocol):
    """A program somewhere. All of this belongs to the main thread, and nothing of it waits."""

    @property
    def program(self) -> Program:
        """What is known of it."""

    def feed(self, sink: Sink, units: int) -> tuple[int, list[Any]] | None:
        """Give the sink what the program wrote, for `units` at most; the number of bytes taken and
        the events they caused. None: there is nothing more now."""

    def fed(self, size: int, now: float) -> None:
        """A round of `feed` has ended: `size` bytes by `now` (monotonic seconds)."""

    @property
    def has_output(self) -> bool:
        """Whether `feed` would give something. It is announced once and not again."""

    def pause(self) -> None:
        """The main thread does something else now, for as long as drawing a frame takes."""

    def announce(self) -> None:
        """Have the main thread come back to this pane although nothing was written."""

    def write(self, data: bytes | bytearray | memoryview) -> bool:
        """Send to the program, in order. False when refused: closed, or too much waits."""

    @property
    def unwritten(self) -> int:
        """Bytes that the program hasn't accepted yet."""

    def resize(self, lines: int, columns: int, width_px: int = 0, height_px: int = 0) -> None:
        """The terminal's new size in cells and pixels."""

    def close(self) -> None:
        """Hang up."""
