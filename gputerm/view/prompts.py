"""Going from prompt to prompt, and marking what a command has written. [OSC 133]

Which command is meant: while the live screen is shown the last one that has begun; scrolled back,
the one that the topmost row belongs to, which after a jump is the one jumped to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.view.rows import content_width, last_row
from gputerm.view.selection import SelectionKind, Side
from gputerm.vt.core.cells import CHAR, TAIL

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.view.view import View
    from gputerm.view.viewport import Viewport
    from gputerm.vt import Point, Terminal
    from gputerm.vt.blocks import CommandBlock

__all__ = [
    "command_at",
    "command_meant",
    "failed",
    "output_lines",
    "scroll_to_prompt",
    "select_output",
    "steps_to",
]


def failed(block: CommandBlock) -> bool:
    """Whether a command ran and said that it failed."""
    return bool(block.exit_code) and not block.aborted


def scroll_to_prompt(
    viewport: Viewport,
    terminal: Terminal,
    count: int,
    wanted: Callable[[CommandBlock], bool] = lambda block: True,
) -> None:
    """Bring the prompt of a wanted command to the top: the count-th one above what is there now, or
    below it if negative. Past the last one the end is shown.
    """
    top = viewport.first_line
    prompts = [block.prompt_line for block in terminal.blocks if wanted(block)]
    if count > 0:
        above = [line for line in prompts if line < top]
        viewport.scroll_to(above[-count] if len(above) >= count else terminal.first_line)
    else:
        below = [line for line in prompts if line > top]
        if 0 < -count <= len(below):
            viewport.scroll_to(below[-count - 1])
        elif count:
            viewport.to_bottom()


def command_meant(viewport: Viewport, terminal: Terminal) -> CommandBlock | None:
    """The command whose output is asked for; None if there is none."""
    return command_at(terminal, None if viewport.top is None else viewport.first_line)


def command_at(terminal: Terminal, line: int | None) -> CommandBlock | None:
    """The command that a stable line belongs to, its prompt included; None: the last one."""
    for block in reversed(list(terminal.blocks)):
        if block.output_line is not None and (line is None or block.prompt_line <= line):
            return block
    return None


def output_lines(terminal: Terminal, block: CommandBlock) -> range:
    """Where the output of a command stands, as far as it is kept; up to now while it runs."""
    if block.output_line is None:
        return range(0)
    end = block.end_line if block.end_line is not None else terminal.cursor_line + 1
    return range(max(block.output_line, terminal.first_line), max(end, terminal.first_line))


def steps_to(terminal: Terminal, point: Point) -> int | None:
    """How many characters a (stable line, column) is to the right of the cursor in the line that is
    typed at a prompt, left if negative; None where no arrow key would get there.
    """
    block = terminal.blocks.current
    if block is None or block.output_line is not None or not block.cursor_by_arrows:
        return None
    start, cursor = block.command_start, (terminal.cursor_line, terminal.screen.column)
    if start is None or terminal.alternate:
        return None
    last = last_row(terminal, start[0])
    if not start[0] <= point[0] <= last or not start <= cursor <= (last, terminal.columns):
        return None
    target = min(max(point, start), (last, content_width(terminal.cells(last))))
    first, stop = sorted((target, cursor))
    count = 0
    for line in range(first[0], stop[0] + 1):
        begin = first[1] if line == first[0] else 0
        end = stop[1] if line == stop[0] else terminal.columns
        count += sum(not char & TAIL for char in terminal.cells(line)[begin:end, CHAR].tolist())
    return count if target > cursor else -count


def select_output(view: View, terminal: Terminal, block: CommandBlock | None) -> bool:
    """Select what a command has written; False if that is nothing."""
    lines = output_lines(terminal, block) if block is not None else range(0)
    if not lines:
        return False
    view.select(SelectionKind.LINES, (lines[0], 0), Side.LEFT)
    view.extend_selection((lines[-1], terminal.columns - 1), Side.RIGHT)
    return True
