"""Commands about the past: `blocks`, what was run in a window, and `search`, where text stands."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from gputerm.control.base import Command, window_of
from gputerm.control.texts import MAX_ROWS, output_rows
from gputerm.ipc.protocol import FAILED, INVALID_PARAMS, Fault
from gputerm.patterns import Pattern, compile_pattern
from gputerm.trust import Privilege
from gputerm.view.rows import first_row
from gputerm.vt.cells import CHAR, CLUSTER, CODEPOINT, FILLER, TAIL

if TYPE_CHECKING:
    from gputerm.control import Control
    from gputerm.ipc.server import Request
    from gputerm.vt import Terminal
    from gputerm.vt.blocks import CommandBlock

MAX_MATCHES = 10_000
_SLICE = 200  #: lines searched between two looks at the clock


def blocks(control: Control, request: Request) -> Generator[None, None, dict[str, Any]]:
    """The commands of a window that shells have marked, oldest first."""
    window, params = window_of(control, request), request.params
    terminal = window.session.terminal
    found = list(terminal.blocks)
    if params["block"] is not None:
        found = [block for block in found if block.number == params["block"]]
        if not found:
            raise Fault(FAILED, f"command {params['block']} is unknown or forgotten")
    if (last := params["last"]) is not None:
        found = found[-last:] if last > 0 else []
    described = []
    for block in found:
        described.append(_describe(terminal, block, text=params["text"]))
        if not window.grants(Privilege.CWD):
            described[-1]["cwd"] = None
        if params["text"]:
            yield
    return {"blocks": described}


def _describe(terminal: Terminal, block: CommandBlock, *, text: bool) -> dict[str, Any]:
    state = "typed"
    if block.end_line is not None:
        state = "aborted" if block.aborted else "finished"
    elif block.output_line is not None:
        state = "running"
    described = {
        "number": block.number,
        "state": state,
        "command": block.command or _typed(terminal, block),
        "cwd": block.cwd or None,
        "exit_code": block.exit_code,
        "started_at": block.started_at,
        "finished_at": block.finished_at,
        "prompt_line": block.prompt_line,
        "output_line": block.output_line,
        "end_line": block.end_line,
    }
    if text:
        rows = output_rows(terminal, block)[-MAX_ROWS:]
        described["text"] = (
            terminal.text((rows[0].line, 0), (rows[-1].line, terminal.columns)) if rows else ""
        )
    return described


def _typed(terminal: Terminal, block: CommandBlock) -> str | None:
    """The command line as it stands on the screen, for shells that don't tell it."""
    if block.command_start is None or block.output_line is None:
        return None
    if block.command_start[0] < terminal.first_line:
        return None
    return terminal.text(block.command_start, (block.output_line, 0)).rstrip("\n") or None


def search(control: Control, request: Request) -> Generator[None, None, dict[str, Any]]:
    """Where a pattern stands in history and screen; the newest matches, oldest of them first."""
    terminal, params = window_of(control, request).session.terminal, request.params
    limit = params["limit"]
    if not 1 <= limit <= MAX_MATCHES:
        raise Fault(INVALID_PARAMS, f"search: limit: expected 1 to {MAX_MATCHES}")
    pattern = compile_pattern(params["pattern"], ignore_case=params["ignore_case"])
    found: list[dict[str, Any]] = []
    line, looked_at = terminal.screen_top + terminal.lines - 1, 0
    while line >= terminal.first_line and len(found) < limit:
        first = first_row(terminal, line)
        found += _matches(terminal, pattern, first, line)[::-1]
        line = first - 1
        looked_at += 1
        if looked_at % _SLICE == 0:
            yield
    return {"matches": found[:limit][::-1], "more": line >= terminal.first_line}


def _matches(terminal: Terminal, pattern: Pattern, first: int, last: int) -> list[dict[str, Any]]:
    """Those in one logical line, made of the rows `first` to `last`."""
    text = terminal.text((first, 0), (last, terminal.columns))
    hits = list(pattern.spans(text))
    if not hits:
        return []
    places = _places(terminal, first, last)
    return [
        {
            "line": places[start][0],
            "column": places[start][1],
            "text": text[start:stop],
            "context": text,
        }
        for start, stop in hits
    ]


def _places(terminal: Terminal, first: int, last: int) -> list[tuple[int, int]]:
    """(line, column) of each character of a logical line."""
    places = []
    for line in range(first, last + 1):
        for column, char in enumerate(terminal.cells(line)[:, CHAR].tolist()):
            if not char & (TAIL | FILLER):
                code = char & CODEPOINT
                length = len(terminal.cluster_text(code)) if char & CLUSTER else 1
                places += [(line, column)] * length
    return places


COMMANDS: dict[str, Command] = {"blocks": blocks, "search": search}
