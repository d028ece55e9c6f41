"""What is waited for: text, its absence, rest, the program's end, a shell's command."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self, TypeVar

from gputerm.errors import UsageError
from gputerm.records import Record
from gputerm.testing import rest
from gputerm.testing.direct import Offline
from gputerm.testing.doing import Doing
from gputerm.testing.in_vain import users_mistake
from gputerm.testing.steps import waits
from gputerm.testing.twin import Found, Pattern, shown
from gputerm.vt.events import PromptKind

if TYPE_CHECKING:
    from gputerm.testing.steps import Steps

__tracebackhide__ = users_mistake

__all__ = ["CommandResult", "Expecting"]

T = TypeVar("T")

#: The screen is at rest so long after the last input and output, where the system tells that the
#: programs sleep, and where it doesn't.
_REST_S, _REST_BLIND_S = 0.05, 0.15
#: Between two looks at the programs' threads.
_LOOK_S = 0.01


class CommandResult(Record):
    """What a command did in a shell."""

    exit_code: int | None  #: None: the shell doesn't tell
    output: str  #: as it stands on the screen and above, without line feeds at its end


class Expecting(Doing):
    """Waits. Each ends at once when the program does; in vain, it raises WaitFailed."""

    @property
    def timeout(self) -> float:
        """How long waits wait, in seconds."""
        return self._rig.timeout

    @timeout.setter
    def timeout(self, seconds: float) -> None:
        self._rig.timeout = seconds

    def _waiting(
        self,
        wanted: Pattern | Callable[[Self], T],
        after: int | None,
        echo: bool,
        timeout: float | None,
    ) -> Steps[Any]:
        if not isinstance(wanted, str | re.Pattern):
            condition = wanted
            name = getattr(condition, "__name__", repr(condition))
            what = "a condition" if name == "<lambda>" else f"{name}()"
            return (yield from self._rig.until(lambda: condition(self) or None, timeout, what))
        pattern: Pattern = wanted
        old: Found | None = None

        def look() -> Found | None:
            nonlocal old
            found, old = self._rig.twin.search(pattern, after=after, echo=echo)
            return found

        def hint() -> str:
            if old is None:
                return ""
            return (
                f"It stands in line {old.line}, but was there before the last input, or is only"
                " what was typed (after=0 and echo=True see these)"
            )

        return (yield from self._rig.until(look, timeout, shown(pattern), hint))

    @waits
    def gone(self, pattern: Pattern, *, timeout: float | None = None) -> Steps[None]:
        """Wait until such text isn't on the screen. Raises WaitFailed."""
        yield from self._rig.until(
            lambda: True if self.find(pattern) is None else None,
            timeout,
            f"{shown(pattern)} to be gone",
        )

    @waits
    def wait_exit(self, *, timeout: float | None = None) -> Steps[int]:
        """Wait for the program's end; its exit code, or 128 + a signal. Raises WaitFailed."""
        return (yield from self._rig.until(lambda: self.exit_status, timeout, "the program's end"))

    @waits
    def rest(self, *, timeout: float | None = None) -> Steps[None]:
        """Wait until the programs sleep and have written all that they have to write for now.

        Every thread of the foreground process group is asleep and hasn't run between two looks,
        nothing is left in the pty, and nothing came or went for 50 ms. Behind ssh, in containers
        and on other systems than Linux nothing came or went for 150 ms. Raises WaitFailed.
        """
        seconds = self._rig.timeout if timeout is None else timeout
        deadline = time.monotonic() + seconds
        why = "it never stopped writing"
        while True:
            more = self._rig.pump()
            now = time.monotonic()
            if self.exit_status is not None or isinstance(self._rig.end, Offline):
                break
            if now >= deadline:
                raise self._rig.vain(f"waited {seconds:g} s for rest in vain: {why}")
            before = rest.look(self._rig.end.descriptor)
            quiet = max(self._rig.last_input, self._rig.end.last_output)
            quiet += _REST_S if before.can_tell else _REST_BLIND_S
            held = self._rig.pane.held_until(now)
            if more:
                yield 0.0
            elif held is not None or now < quiet:
                yield min(max(held or 0.0, quiet), deadline)
            elif not before.can_tell:
                break
            elif before.busy:
                why = f"{before.busy} is at work"
                yield now + _LOOK_S
            elif self._rig.end.has_unread():
                why = "the program doesn't read what it was sent"
                yield now + _LOOK_S
            else:
                yield now + _LOOK_S
                self._rig.pump()
                if (
                    self._rig.end.last_output <= now
                    and rest.look(self._rig.end.descriptor) == before
                ):
                    break
                why = "it was never at rest for long enough"
        self._rig.twin.answered()

    @waits
    def run(self, command: str, *, timeout: float | None = None) -> Steps[CommandResult]:
        """Have a shell run a line, from its next prompt to its end.

        For shells of Session.shell(), and others that mark their prompts by OSC 133 (fish 4, or
        those with an integration). Raises WaitFailed.
        """
        if "\n" in command or "\r" in command or not command.strip():
            raise UsageError("run takes one line")
        blocks, places = self._rig.terminal.blocks, self._rig.twin.places

        def prompt() -> int | None:
            block = blocks.current
            at_prompt = block and block.output_line is None and block.command_start is not None
            return block.number if block and at_prompt else None

        number = yield from self._rig.until(
            prompt, timeout, "a prompt with marks (OSC 133), as those of Session.shell() have"
        )
        self.type(command + "\n")
        finished = number, PromptKind.FINISHED
        stop = yield from self._rig.until(
            lambda: places.get(finished), timeout, f"the end of {command!r}"
        )
        # What is typed before the shell reads again would be echoed twice.
        yield from self._rig.until(prompt, timeout, f"the prompt after {command!r}")
        start = places.get((number, PromptKind.OUTPUT))
        if start is None:  # A shell that doesn't say: below the line in which it was typed.
            line = places[number, PromptKind.COMMAND][0]
            while self._rig.terminal.row_flags(line) & 1:
                line += 1
            start = line + 1, 0
        block = blocks.find(number)
        output = self._rig.terminal.text(start, stop).rstrip("\n")
        return CommandResult(block.exit_code if block else None, output)
