"""Commands that read what a window shows: text, picture, scroll position."""

from __future__ import annotations

import base64
import threading
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from gputerm import dump
from gputerm.control.base import LATER, Command, window_of, windows_of
from gputerm.dump import Part
from gputerm.ipc.protocol import FAILED, Fault
from gputerm.render.png import encode_png

if TYPE_CHECKING:
    from gputerm.control import Control
    from gputerm.ipc.server import Request
    from gputerm.session import Session
    from gputerm.vt import Terminal
    from gputerm.vt.blocks import CommandBlock

MAX_ROWS = 100_000  #: of one answer: some 20 MB, and JSON is written in one go
MAX_STYLED_ROWS = 10_000  #: with colours; takes ten times as long
_SLICE = 50  #: rows between two looks at the clock: some 5 ms


def get_text(control: Control, request: Request) -> Generator[None, None, dict[str, Any]]:
    """A part of what the window holds, in one of the forms."""
    window = window_of(control, request)
    session = window.session
    terminal, form = session.terminal, request.params["format"]
    of = request.params["of"]
    if of == "selection" and form == "plain":
        return {"text": session.selected_text()}
    parts = _parts(session, of)
    if (limit := request.params["lines"]) is not None:
        while parts and not terminal.line_text(parts[-1].line):
            parts.pop()
        parts = parts[-limit:] if limit > 0 else []
    if form == "plain":
        pieces = yield from _sliced(parts[-MAX_ROWS:], lambda some: [_plain(terminal, some)])
        return {"text": "".join(pieces).rstrip("\n")}
    parts = parts[-MAX_STYLED_ROWS:]
    if form == "json":
        head = dump.head(terminal, window.title)
        rows = yield from _sliced(parts, lambda some: dump.to_rows(terminal, some))
        return {"document": dump.document(head, parts, rows)}
    if form == "ansi":
        rows = yield from _sliced(parts, lambda some: dump.ansi_rows(terminal, some))
        return {"text": dump.joined(rows)}
    from gputerm.dump_html import html_page, html_rows  # 2 ms that a start needn't wait for

    rows = yield from _sliced(parts, lambda some: html_rows(terminal, some))
    return {"text": html_page(terminal, rows)}


def _parts(session: Session, of: str) -> list[Part]:
    """What `of` names; empty when there is nothing."""
    terminal = session.terminal
    end = terminal.screen_top + terminal.lines
    match of:
        case "screen":
            return dump.screen_of(terminal)
        case "scrollback":
            return dump.rows_of(terminal, terminal.first_line, end)
        case "selection":
            selected = session.selection.range if session.selection is not None else None
            if selected is None:
                return []
            return [
                Part(line, *selected.columns(line, terminal.columns))
                for line in range(selected.start[0], selected.stop[0] + 1)
            ]
        case _:
            return output_rows(terminal, _last_output(terminal))


def _last_output(terminal: Terminal) -> CommandBlock:
    block = next((b for b in reversed(list(terminal.blocks)) if b.output_line is not None), None)
    if block is None:
        raise Fault(FAILED, "no command's output is known: the shell doesn't send OSC 133 marks")
    return block


def output_rows(terminal: Terminal, block: CommandBlock) -> list[Part]:
    """What a command wrote, as far as it is kept; up to now while it runs."""
    if block.output_line is None:
        return []
    end = block.end_line if block.end_line is not None else terminal.cursor_line + 1
    return dump.rows_of(terminal, block.output_line, end)


def _plain(terminal: Terminal, parts: list[Part]) -> str:
    """Rows as text, wrapped ones joined; ends in a line feed unless the last row wraps."""
    first, last = parts[0].line, parts[-1].line
    end = terminal.screen_top + terminal.lines - 1
    if last == end:
        return terminal.text((first, 0), (last, terminal.columns))
    return terminal.text((first, 0), (last + 1, 0))


def _sliced(parts: list[Part], write: Any) -> Generator[None, None, list[Any]]:
    """What `write` makes of the parts, a slice at a time.

    Slices go from the bottom up: the screen still changes, history doesn't.
    """
    slices: list[list[Any]] = []
    for stop in range(len(parts), 0, -_SLICE):
        slices.append(write(parts[max(stop - _SLICE, 0) : stop]))
        if stop > _SLICE:
            yield
    return [item for some in reversed(slices) for item in some]


def screenshot(control: Control, request: Request) -> Any:
    """The window's picture as PNG, taken from the canvas: covering the window doesn't matter."""
    window = window_of(control, request)
    control.app.make_current(window)
    pixels = window.picture()

    def answer() -> None:
        png = base64.b64encode(encode_png(pixels)).decode()
        height, width = pixels.shape[:2]
        request.reply({"png": png, "width": width, "height": height})

    # Compressing takes longer than a frame; zlib does it without holding up this thread.
    threading.Thread(target=answer, name="gputerm-png", daemon=True).start()
    return LATER


def scroll(control: Control, request: Request) -> dict[str, Any]:
    """Move what windows show of their history."""
    params = request.params
    places = []
    for window in windows_of(control, request):
        viewport, terminal = window.session.viewport, window.session.terminal
        if params["lines"] is not None:
            viewport.scroll_lines(params["lines"])
        elif params["pages"] is not None:
            viewport.scroll_pages(params["pages"])
        elif params["line"] is not None:
            viewport.scroll_to(params["line"])
        elif params["prompt"] is not None:
            _scroll_to_prompt(viewport, terminal, params["prompt"])
        elif params["to"] == "top":
            viewport.to_top()
        else:
            viewport.to_bottom()
        window.pacer.damage()
        places.append(
            {
                "id": window.number,
                "line": viewport.first_line,
                "lines_back": viewport.lines_back,
            }
        )
    return {"windows": places}


def _scroll_to_prompt(viewport: Any, terminal: Terminal, count: int) -> None:
    """Bring a prompt to the top: the count-th one above what is there now, or below it."""
    top = viewport.first_line
    prompts = [block.prompt_line for block in terminal.blocks]
    if count > 0:
        above = [line for line in prompts if line < top]
        viewport.scroll_to(above[-count] if len(above) >= count else terminal.first_line)
    else:
        below = [line for line in prompts if line > top]
        if 0 < -count <= len(below):
            viewport.scroll_to(below[-count - 1])
        elif count:
            viewport.to_bottom()


COMMANDS: dict[str, Command] = {
    "get-text": get_text,
    "screenshot": screenshot,
    "scroll": scroll,
}
