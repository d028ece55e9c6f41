"""Commands that read history: `blocks`, the commands run in a window, and `search`."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, Literal

from gputerm.control.choosing import window_meant
from gputerm.control.context import settled
from gputerm.control.texts import MAX_PLAIN_ROWS, plain_text
from gputerm.finding.patterns import compile_lines
from gputerm.ipc.protocol import FAILED, INVALID_PARAMS, Fault, Written, written
from gputerm.policy.privileges import Privilege
from gputerm.view.prompts import output_lines

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import Request
    from gputerm.finding.finder import Found
    from gputerm.ipc import results
    from gputerm.vt.blocks import CommandBlock

MAX_MATCHES = 10_000
MAX_CONTEXT = 2000  #: characters of its line that come with a match

_MATCHES = 50  #: described between two looks at the clock


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


def search(context: Context, request: Request) -> Generator[Any, Any, Written]:
    """Where a pattern stands in history and screen; the newest matches, oldest of them first."""
    from gputerm.finding.finder import Finder  # seldom needed

    pane, params = window_meant(context, request).pane, request.params
    limit = params["limit"]
    if not 1 <= limit <= MAX_MATCHES:
        raise Fault(INVALID_PARAMS, f"search: limit: expected 1 to {MAX_MATCHES}")
    pattern = compile_lines(params["pattern"], ignore_case=params["ignore_case"])
    finder = Finder(pane.terminal, pattern, all_lines=True)
    epoch, stop, missing, cut = None, 0, limit, False
    pieces: list[bytes] = []  # newest first
    while epoch is None or (stop > finder.lowest and missing):
        if epoch != finder.epoch:  # Lines have got other numbers.
            yield from settled(pane)
            epoch, stop, missing = finder.epoch, finder.stop, limit
            pieces.clear()
        found = yield from finder.above(stop)
        stop = found.first
        some = range(len(found))[-missing:]
        cut = len(some) < len(found)
        missing -= len(some)
        described = []
        for piece in _described(found, some):
            described += [piece, b","]
            yield
        pieces += reversed(described)
        yield
    return Written(
        b'{"matches":[',
        *reversed(pieces[1:]),
        b'],"more":true}' if cut or stop > finder.lowest else b'],"more":false}',
    )


def _described(found: Found, numbers: range) -> Iterator[bytes]:
    """Some matches as JSON with commas between, in pieces."""
    text, line = found.text, ""
    end = place = character = 0  # of the line, and a place in it, in bytes of the text and in it
    for at in range(0, len(numbers), _MATCHES):
        matches = []
        for number in numbers[at : at + _MATCHES]:
            start, stop = found.span(number)
            if start >= end:
                place, end = text.rfind(b"\n", 0, start) + 1, text.index(b"\n", stop)
                line, character = text[place:end].decode(), 0
            first = character + len(text[place:start].decode())
            place, character = stop, first + len(text[start:stop].decode())
            begin = max(min(first - MAX_CONTEXT // 4, len(line) - MAX_CONTEXT), 0)
            row, column = found[number].start
            matches.append(
                {
                    "line": row,
                    "column": column,
                    "text": line[first : min(character, first + MAX_CONTEXT)],
                    "context": line[begin : begin + MAX_CONTEXT],
                }
            )
        yield written(matches)[1:-1]
