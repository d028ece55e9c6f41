"""Commands that read history: `blocks`, the commands run in a window, and `search`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from gputerm.control.choosing import window_meant
from gputerm.control.context import settled
from gputerm.control.texts import MAX_PLAIN_ROWS, output_lines, plain_text
from gputerm.control.waits import QUICK
from gputerm.ipc.protocol import FAILED, INVALID_PARAMS, Fault, Written, written
from gputerm.policy.patterns import Pattern, compile_pattern
from gputerm.policy.privileges import Privilege
from gputerm.view.rows import first_row, last_line
from gputerm.vt.core.cells import CHAR, CLUSTER, CODEPOINT, FILLER, TAIL

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import Request
    from gputerm.ipc import results
    from gputerm.vt import Terminal
    from gputerm.vt.blocks import CommandBlock

MAX_MATCHES = 10_000
MAX_CONTEXT = 2000  #: characters of its line that come with a match

_CELLS = 3000  #: searched between two looks at the clock, some 2 ms
_MATCHES = 50  #: described between two


def blocks(context: Context, request: Request) -> Generator[None, None, Written]:
    """The commands of a window that shells have marked, oldest first."""
    window, params = window_meant(context, request), request.params
    terminal = window.pane.terminal
    yield from settled(window.pane)
    found = list(terminal.blocks)
    if params["block"] is not None:
        found = [block for block in found if block.number == params["block"]]
        if not found:
            raise Fault(FAILED, f"command {params['block']} is unknown or forgotten")
    if (last := params["last"]) is not None:
        found = found[-last:] if last > 0 else []
    pieces = [b'{"blocks":[']
    for block in found:
        described = _describe(block)
        if not window.pane.grants(Privilege.CWD):
            described["cwd"] = described["host"] = None
        pieces += [b"," if len(pieces) > 1 else b"", written(described)]
        if params["text"]:
            lines = output_lines(terminal, block)[-MAX_PLAIN_ROWS:]
            text = yield from plain_text(terminal, lines)
            pieces[-1] = pieces[-1][:-1] + b',"text":"'
            pieces += [*text, b'"}']
    return Written(*pieces, b"]}")


def _describe(block: CommandBlock) -> results.Block:
    state: Literal["typed", "running", "finished", "aborted"] = "typed"
    if block.end_line is not None:
        state = "aborted" if block.aborted else "finished"
    elif block.output_line is not None:
        state = "running"
    return {
        "number": block.number,
        "state": state,
        "command": block.command or None,
        "cwd": block.cwd or None,
        "host": block.host or None,
        "exit_code": block.exit_code,
        "started_at": block.started_at,
        "finished_at": block.finished_at,
        "prompt_line": block.prompt_line,
        "output_line": block.output_line,
        "end_line": block.end_line,
    }


class _Line(NamedTuple):
    """A logical line, made of the rows `first` to `last`."""

    first: int
    last: int
    text: str


def search(context: Context, request: Request) -> Generator[Any, Any, Written]:
    """Where a pattern stands in history and screen; the newest matches, oldest of them first."""
    pane, params = window_meant(context, request).pane, request.params
    terminal = pane.terminal
    limit = params["limit"]
    if not 1 <= limit <= MAX_MATCHES:
        raise Fault(INVALID_PARAMS, f"search: limit: expected 1 to {MAX_MATCHES}")
    pattern = compile_pattern(params["pattern"], ignore_case=params["ignore_case"])
    yield from settled(pane)
    pieces: list[bytes] = []  # newest first
    line, missing = terminal.screen_top + terminal.lines - 1, limit
    while line >= terminal.first_line and missing:
        lines = list(_lines_above(terminal, line))
        line = lines[-1].first - 1
        work = partial(_newest_spans, pattern, lines, missing)
        effort = sum(pattern.effort(one.text) for one in lines)
        spans = work() if effort <= QUICK else (yield work)()
        for one, some in zip(lines, spans, strict=False):
            missing -= len(some)
            found = []
            for piece in _matches(terminal, one, some):
                found += [piece, b","]
                yield
            pieces += reversed(found)
        yield
    return Written(
        b'{"matches":[',
        *reversed(pieces[1:]),
        b'],"more":true}' if line >= terminal.first_line else b'],"more":false}',
    )


def _lines_above(terminal: Terminal, line: int) -> Iterator[_Line]:
    """Logical lines from that of the row `line` upwards, as many as a slice may have, or one."""
    rows = _CELLS // terminal.columns
    while True:
        first = first_row(terminal, line)
        yield _Line(first, line, terminal.text((first, 0), (line, terminal.columns)))
        rows -= line - first + 1
        line = first - 1
        if rows <= 0 or line < terminal.first_line:
            return


def _newest_spans(pattern: Pattern, lines: list[_Line], most: int) -> list[list[tuple[int, int]]]:
    """For each line, newest first, where the pattern matches; the newest ones, oldest first."""
    found = []
    for line in lines:
        spans = deque(pattern.spans(line.text), maxlen=most)
        found.append(list(spans))
        most -= len(spans)
        if not most:
            break
    return found


def _matches(terminal: Terminal, line: _Line, spans: list[tuple[int, int]]) -> Iterator[bytes]:
    """Those in a line as JSON with commas between, in pieces."""
    if not spans:
        return
    places = _places(terminal, line)
    text = line.text
    for at in range(0, len(spans), _MATCHES):
        matches = []
        for start, stop in spans[at : at + _MATCHES]:
            row, column = places(start)
            begin = max(min(start - MAX_CONTEXT // 4, len(text) - MAX_CONTEXT), 0)
            matches.append(
                {
                    "line": row,
                    "column": column,
                    "text": text[start : min(stop, start + MAX_CONTEXT)],
                    "context": text[begin : begin + MAX_CONTEXT],
                }
            )
        yield written(matches)[1:-1]


def _places(terminal: Terminal, line: _Line) -> Callable[[int], tuple[int, int]]:
    """Tells (row, column) of characters of a logical line, each at or behind the one before."""
    row, before = line.first, 0  # characters in the rows above
    columns = _columns(terminal, row)

    def place(character: int) -> tuple[int, int]:
        nonlocal row, before, columns
        while character - before >= len(columns) and row < line.last:
            before += len(columns)
            row += 1
            columns = _columns(terminal, row)
        column = columns[character - before : character - before + 1]
        return row, column[0] if column else 0

    return place


def _columns(terminal: Terminal, row: int) -> list[int]:
    """The column of each character of a row; none of one that is forgotten meanwhile."""
    if not terminal.first_line <= row <= last_line(terminal):
        return []
    chars = terminal.cells(row)[:, CHAR]
    columns = np.flatnonzero((chars & np.uint32(TAIL | FILLER)) == 0)
    clusters = np.flatnonzero(chars[columns] & np.uint32(CLUSTER))
    lengths = np.ones(len(columns), np.intp)
    for index in clusters.tolist():
        lengths[index] = len(terminal.cluster_text(int(chars[columns[index]]) & CODEPOINT))
    found: list[int] = np.repeat(columns, lengths).tolist()
    return found
