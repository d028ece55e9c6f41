"""Commands that read what a window shows: text, picture, scroll position."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, NamedTuple

from gputerm.control.choosing import window_meant, windows_meant
from gputerm.control.context import settled
from gputerm.export import dump
from gputerm.export.dump import Part
from gputerm.ipc.protocol import FAILED, TOO_MANY, Fault, Written, written, written_text
from gputerm.render.png import Array, encode_png
from gputerm.view.prompts import output_lines, scroll_to_prompt

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import Request
    from gputerm.ipc import results
    from gputerm.pane.pane import Pane
    from gputerm.vt import Terminal
    from gputerm.vt.blocks import CommandBlock

MAX_PLAIN_ROWS = 100_000  #: of one answer: some 20 MB
MAX_STYLED_ROWS = 10_000  #: with colours; takes ten times as long
MAX_PICTURES = 16  #: that wait to be compressed, some MB each

#: Cells between two looks at the clock, plain and with colours: some 2 ms.
_CELLS, _STYLED_CELLS = 4000, 400

#: Bytes made base64 at once, three by three.
_PNG_PIECE = 48 << 10

_Slices = Generator[None, None, list[bytes]]


class Chosen(NamedTuple):
    """Rows, or parts of them."""

    lines: range  #: stable lines
    part: Callable[[int], Part] = lambda line: Part(line, 0, None)


def get_text(context: Context, request: Request) -> Generator[None, None, Written]:
    """A part of what the window holds, in one of the forms."""
    window = window_meant(context, request)
    pane = window.pane
    terminal, form = pane.terminal, request.params["format"]
    of = request.params["of"]
    if of != "screen":
        yield from settled(pane)
    lines, part = _chosen(pane, of)
    if (limit := request.params["lines"]) is not None:
        while lines and not _is_written(terminal, lines[-1]):
            lines = lines[:-1]
            yield
        lines = lines[-limit:] if limit > 0 else lines[:0]
    lines = lines[-(MAX_PLAIN_ROWS if form == "plain" else MAX_STYLED_ROWS) :]
    if form == "plain":
        if of == "selection" and request.params["lines"] is None:
            return _as_text((yield from _selected(pane)))
        return _as_text((yield from plain_text(terminal, lines)))

    def parts(some: range) -> list[Part]:
        return [part(line) for line in some]

    if form == "json":
        return (yield from _document(terminal, window.pane.title, lines, parts))
    if form == "ansi":
        rows = yield from _rows(terminal, lines, lambda some: dump.ansi_rows(terminal, parts(some)))
        return _as_text(rows)
    from gputerm.export.html import html_frame, html_rows  # 2 ms that a start needn't wait for

    rows = yield from _rows(terminal, lines, lambda some: html_rows(terminal, parts(some)))
    before, after = map(written_text, html_frame(terminal))
    return _as_text([before, *rows, after])


def _document(
    terminal: Terminal, title: str, lines: range, parts: Callable[[range], list[Part]]
) -> Generator[None, None, Written]:
    """The document of `dump` in pieces: the rows above the screen, and those on it."""
    head = dump.head(terminal, title)
    top = min(max(head["screen_top"], lines.start), lines.stop)
    first = lines.start if lines else head["screen_top"]

    def write(some: range) -> bytes:
        nonlocal first
        first = some.start  # It is the last slice that is the first one.
        return written(dump.to_rows(terminal, parts(some)))[1:-1]

    screen = yield from _sliced(terminal, range(top, lines.stop), write, cells=_STYLED_CELLS)
    above = yield from _sliced(terminal, range(lines.start, top), write, cells=_STYLED_CELLS)
    return Written(
        b'{"document":',
        written({**head, "first_line": first})[:-1],
        b',"history":[',
        *_with_commas(above),
        b'],"screen":[',
        *_with_commas(screen),
        b"]}}",
    )


def _with_commas(pieces: list[bytes]) -> list[bytes]:
    return [part for piece in pieces for part in (b",", piece)][1:]


def _as_text(pieces: list[bytes]) -> Written:
    return Written(b'{"text":"', *pieces, b'"}')


def _chosen(pane: Pane, of: str) -> Chosen:
    """What `of` names; empty when there is nothing."""
    terminal = pane.terminal
    end = terminal.screen_top + terminal.lines
    match of:
        case "screen":
            return Chosen(range(terminal.screen_top, end))
        case "scrollback":
            return Chosen(range(terminal.first_line, end))
        case "selection":
            selected = pane.view.selection.range if pane.view.selection is not None else None
            if selected is None:
                return Chosen(range(0))
            lines = range(selected.start[0], selected.stop[0] + 1)
            return Chosen(lines, lambda line: Part(line, *selected.columns(line, terminal.columns)))
        case _:
            return Chosen(output_lines(terminal, _last_output(terminal)))


def _last_output(terminal: Terminal) -> CommandBlock:
    block = next((b for b in reversed(list(terminal.blocks)) if b.output_line is not None), None)
    if block is None:
        raise Fault(FAILED, "no command's output is known: the shell doesn't send OSC 133 marks")
    return block


def plain_text(terminal: Terminal, lines: range) -> _Slices:
    """The text of rows in pieces, wrapped ones joined, without empty ones at the end."""
    end = lines.stop - 1

    def write(some: range) -> str:
        # A row that wraps goes on in the slice below.
        stop = (some.stop, 0) if some.stop <= end else (some.stop - 1, terminal.columns)
        return terminal.text((some.start, 0), stop)

    return _stripped(terminal, lines, write, cells=_CELLS)


def _selected(pane: Pane) -> _Slices:
    selection, terminal = pane.view.selection, pane.terminal
    selected = selection.range if selection is not None else None
    if selection is None or selected is None:
        return []

    def write(some: range) -> bytes:
        return written_text(selection.text_of(selected, some))

    lines = range(selected.start[0], selected.stop[0] + 1)
    return (yield from _sliced(terminal, lines, write, cells=_CELLS))


def _rows(terminal: Terminal, lines: range, write: Callable[[range], list[str]]) -> _Slices:
    """Rows with line feeds between them in pieces, without empty ones at the end."""

    def ended(some: range) -> str:
        return "".join(f"{row}\n" for row in write(some))

    return _stripped(terminal, lines, ended, cells=_STYLED_CELLS)


def _stripped(
    terminal: Terminal, lines: range, write: Callable[[range], str], *, cells: int
) -> _Slices:
    """Text in pieces, without line feeds at its end."""
    at_end = True

    def strip(some: range) -> bytes:
        nonlocal at_end
        text = write(some)
        if at_end:
            text = text.rstrip("\n")
            at_end = not text
        return written_text(text)

    return (yield from _sliced(terminal, lines, strip, cells=cells))


def _sliced(
    terminal: Terminal, lines: range, write: Callable[[range], bytes], *, cells: int
) -> _Slices:
    """What `write` makes of lines, so many cells at a time.

    Slices go from the bottom up: the screen still changes, history doesn't. What is forgotten
    meanwhile is left out.
    """
    pieces: list[bytes] = []
    size = max(cells // terminal.columns, 1)
    for stop in range(lines.stop, lines.start, -size):
        if some := _kept(terminal, range(max(stop - size, lines.start), stop)):
            pieces.append(write(some))
        yield
    pieces.reverse()
    return pieces


def _kept(terminal: Terminal, lines: range) -> range:
    """Those that there are."""
    end = terminal.screen_top + terminal.lines
    return range(max(lines.start, terminal.first_line), min(lines.stop, end))


def _is_written(terminal: Terminal, line: int) -> bool:
    return bool(_kept(terminal, range(line, line + 1))) and bool(terminal.line_text(line))


def screenshot(context: Context, request: Request) -> Generator[Any, Any, Written]:
    """The window's picture as PNG, taken from the canvas: covering the window doesn't matter."""
    window = window_meant(context, request)
    if context.worker.waiting >= MAX_PICTURES:
        raise Fault(TOO_MANY, f"{MAX_PICTURES} pictures are being made already")
    pixels = window.presenter.picture()
    # Compressing takes longer than a frame; zlib does it without holding up this thread.
    pieces = (yield lambda: _png(pixels))()
    height, width = pixels.shape[:2]
    return Written(b'{"png":"', *pieces, b'","width":%d,"height":%d}' % (width, height))


def _png(pixels: Array) -> list[bytes]:
    data = encode_png(pixels)
    pieces = (data[start : start + _PNG_PIECE] for start in range(0, len(data), _PNG_PIECE))
    return [b2a_base64(piece, newline=False) for piece in pieces]


def scroll(context: Context, request: Request) -> results.Scrolled:
    """Move what windows show of their history."""
    params = request.params
    places: list[results.Place] = []
    for window in windows_meant(context, request):
        viewport, terminal = window.pane.view.viewport, window.pane.terminal
        if params["lines"] is not None:
            viewport.scroll_lines(params["lines"])
        elif params["pages"] is not None:
            viewport.scroll_pages(params["pages"])
        elif params["line"] is not None:
            viewport.scroll_to(params["line"])
        elif params["prompt"] is not None:
            scroll_to_prompt(viewport, terminal, params["prompt"])
        elif params["to"] == "top":
            viewport.to_top()
        else:
            viewport.to_bottom()
        places.append(
            {
                "id": window.number,
                "pane_id": window.pane.number,
                "line": viewport.first_line,
                "lines_back": viewport.lines_back,
            }
        )
    return {"windows": places}
