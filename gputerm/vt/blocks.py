"""Command blocks: which lines are the prompt, the command and the output of each shell command.

Fed by the marks of OSC 133 (and 633, which says the same): A the prompt starts, B the command line
starts, C the output starts, D the command has finished. The record is bounded, oldest forgotten
first. Lines are stable line numbers; times belong to whoever has a clock.
"""

from collections import deque
from collections.abc import Iterator

from gputerm.vt.events import PromptKind

MAX_BLOCKS = 1000  # About a day of work; each block is a few hundred bytes.
MAX_COMMAND = 4096  #: characters kept of a command line


class CommandBlock:
    """One command. A field is None until its mark came; what a shell doesn't send stays None."""

    def __init__(self, number: int, prompt_line: int) -> None:
        self.number = number  #: counts from 1 and never repeats
        self.prompt_line = prompt_line  #: stable line of A
        self.command_start: tuple[int, int] | None = None  #: (stable line, column) of B
        self.output_line: int | None = None  #: stable line of C
        self.end_line: int | None = None  #: stable line of D: the first one that isn't output
        self.command = ""  #: as the shell reported it, else as it was typed; empty before C
        self.cwd = ""  #: OSC 7's path when the command started
        self.host = ""  #: and its host; empty: this one, as far as anybody has said
        self.exit_code: int | None = None
        self.started_at: float | None = None  #: when C and D came, seconds since the epoch: timed()
        self.finished_at: float | None = None
        self.cursor_by_arrows = False  #: A said (cl=) that arrow keys move along what is typed
        self.aborted = False  #: ended without running: an empty line, Ctrl+C


class Blocks:
    """The record, oldest first, and the marks that extend it."""

    def __init__(self) -> None:
        self._blocks: deque[CommandBlock] = deque(maxlen=MAX_BLOCKS)
        self._next_number = 1
        self.has_marks = False  #: A of OSC 133 or 633 has come
        self.context = ""  #: OSC 3008's id of the command that runs

    def __iter__(self) -> Iterator[CommandBlock]:
        return iter(self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)

    @property
    def current(self) -> CommandBlock | None:
        """The newest block while it isn't finished."""
        if self._blocks and self._blocks[-1].end_line is None:
            return self._blocks[-1]
        return None

    def prompt(self, line: int) -> CommandBlock:
        """A: starts a block, or restarts one whose prompt is only drawn again."""
        block = self.current
        if block is not None and block.output_line is None:
            block.prompt_line, block.command_start = line, None
            return block
        if block is not None:  # Its D never came: the shell was killed or doesn't send it.
            block.end_line = line
        block = CommandBlock(self._next_number, line)
        self._next_number += 1
        self._blocks.append(block)
        return block

    def command(self, line: int, column: int) -> CommandBlock:
        """B"""
        block = self.current or self.prompt(line)
        block.command_start = line, column
        return block

    def output(self, line: int, command: str, cwd: str, host: str) -> CommandBlock:
        """C"""
        block = self.current or self.prompt(line)
        block.output_line = line
        block.command = command[:MAX_COMMAND]
        block.cwd, block.host = cwd, host
        return block

    @property
    def told_command(self) -> str:
        """The command line that came before C."""
        return self.current.command if self.current is not None else ""

    def set_command(self, command: str) -> None:
        """633;E: the command line, which comes before C."""
        if self.current is not None:
            self.current.command = command[:MAX_COMMAND]

    def finished(self, line: int, exit_code: int | None) -> CommandBlock | None:
        """D; None when there is nothing to finish."""
        block = self.current
        if block is None:
            return None
        block.end_line = line
        block.exit_code = exit_code
        block.aborted = block.output_line is None
        return block

    def find(self, number: int) -> CommandBlock | None:
        """The block of that number, if it is kept."""
        return next((block for block in reversed(self._blocks) if block.number == number), None)

    @property
    def newest(self) -> int:
        """The number of the newest block; 0 without one."""
        return self._next_number - 1

    def timed(self, kind: PromptKind, number: int, now: float) -> None:
        """Notes when C or D came; called by whoever has a clock."""
        block = self.find(number)
        if block is None:
            return
        if kind is PromptKind.OUTPUT:
            block.started_at = now
        elif kind is PromptKind.FINISHED:
            block.finished_at = now

    def forget(self, first_line: int) -> None:
        """Drops blocks that lie entirely before the first line still kept."""
        while self._blocks and (end := self._blocks[0].end_line) is not None and end <= first_line:
            self._blocks.popleft()

    def clear(self) -> None:
        self._blocks.clear()

    def points(self, before: int | None = None) -> list[tuple[int, int]]:
        """Every line that blocks refer to, as anchors for a reflow; not those of the newest blocks
        when only what lies before the line `before` is going to move.
        """
        points = []
        for block in list(self._blocks)[: self._count(before)]:
            marks = (block.prompt_line, block.output_line, block.end_line)
            points += [(line, 0) for line in marks if line is not None]
            if block.command_start is not None:
                points.append(block.command_start)
        return points

    def _count(self, before: int | None) -> int:
        """How many blocks there are up to the last one that begins before a line."""
        count = len(self._blocks)
        if before is not None:
            while count and self._blocks[count - 1].prompt_line >= before:
                count -= 1
        return count

    def move(self, points: list[tuple[int, int]]) -> None:
        """Takes the reflowed `points`, in the order in which points() gave them."""
        moved = iter(points)
        for block in self._blocks:
            if (prompt := next(moved, None)) is None:
                break
            block.prompt_line = prompt[0]
            if block.output_line is not None:
                block.output_line = next(moved)[0]
            if block.end_line is not None:
                block.end_line = next(moved)[0]
            if block.command_start is not None:
                block.command_start = next(moved)
