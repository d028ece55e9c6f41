"""A terminal written down: as a JSON document, as plain text, or as text with SGR sequences.

The document (see docs/dump.schema.json) is for tests and for programs that look at a screen
over the socket; it says everything that can be seen, compactly: a row is a list of runs of cells
that look alike. It is no session file: what cannot be seen (margins, tab stops, saved cursors) is
missing, and nothing reads it back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gputerm.records import Record
from gputerm.vt.core.cells import (
    BLINK,
    BOLD,
    CHAR,
    CLUSTER,
    CODEPOINT,
    COLOR_KIND,
    COLOR_PALETTE,
    COLOR_RGB,
    DIM,
    EXTRA_SHIFT,
    FG,
    HIDDEN,
    INVERSE,
    ITALIC,
    OVERLINE,
    PROTECTED,
    RAPID_BLINK,
    ROW_OUTPUT,
    ROW_PROMPT,
    ROW_SIZE,
    ROW_SIZE_SHIFT,
    ROW_WRAPPED,
    STRIKE,
    TAIL,
    UNDERLINE,
    UNDERLINE_SHIFT,
    WIDE,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from gputerm.vt import Hyperlink, Snapshot, Terminal

FORMAT = "gputerm-screen"
VERSION = 1  #: grows when a reader of the version before would misunderstand

#: Bit of the ATTRS word, name in the document, SGR parameter.
ATTRIBUTES = (
    (BOLD, "bold", "1"),
    (DIM, "dim", "2"),
    (ITALIC, "italic", "3"),
    (BLINK, "blink", "5"),
    (RAPID_BLINK, "rapid-blink", "6"),
    (INVERSE, "inverse", "7"),
    (HIDDEN, "hidden", "8"),
    (STRIKE, "strike", "9"),
    (OVERLINE, "overline", "53"),
)
UNDERLINES = ("none", "single", "double", "curly", "dotted", "dashed")  #: by number, SGR 4:n
ROW_SIZES = ("single", "double-width", "double-top", "double-bottom")
ROW_MARKS = ((ROW_WRAPPED, "wrapped"), (ROW_PROMPT, "prompt"), (ROW_OUTPUT, "output"))


def to_json(terminal: Terminal, *, history: bool = True, title: str = "") -> dict[str, Any]:
    """The document of the screen, and of its history if wanted: only dicts, lists, strings,
    numbers, booleans and None. `title` is what the window is called that the program gave no name.
    """
    top = terminal.screen_top
    parts = screen_of(terminal)
    if history:
        parts = rows_of(terminal, terminal.first_line, top) + parts
    rows = to_rows(terminal, parts)
    above = len(parts) - terminal.lines
    return {
        **head(terminal, title),
        "first_line": parts[0].line,
        "history": rows[:above],
        "screen": rows[above:],
    }


def head(terminal: Terminal, title: str = "") -> dict[str, Any]:
    """What the document says besides its rows."""
    snapshot = terminal.snapshot()
    cursor = snapshot.cursor
    palette = snapshot.palette
    return {
        "format": FORMAT,
        "version": VERSION,
        "lines": terminal.lines,
        "columns": terminal.columns,
        "title": terminal.title or title,
        "alternate": terminal.alternate,
        "cursor": {
            "line": cursor.line,
            "column": cursor.column,
            "visible": bool(cursor.visible),
            "shape": cursor.shape,
            "blinking": bool(cursor.blinking),
        },
        "modes": terminal.modes.private_numbers,
        "colors": {
            "foreground": _hex(int(palette[256])),
            "background": _hex(int(palette[257])),
            "reverse": bool(snapshot.reverse),
        },
        "screen_top": terminal.screen_top,
    }


class Part(NamedTuple):
    """A piece of one row."""

    line: int  #: stable line
    start: int  #: first column
    stop: int | None  #: one past the last column; None = to the end


def rows_of(terminal: Terminal, start: int, stop: int) -> list[Part]:
    """The stable lines from `start` to before `stop`, as far as there are any."""
    first = max(start, terminal.first_line)
    last = min(stop, terminal.screen_top + terminal.lines)
    return [Part(line, 0, None) for line in range(first, last)]


def screen_of(terminal: Terminal) -> list[Part]:
    """All rows of the screen."""
    return rows_of(terminal, terminal.screen_top, terminal.screen_top + terminal.lines)


def to_text(terminal: Terminal, parts: Sequence[Part] | None = None) -> str:
    """The rows as they stand, joined by line feeds, without blanks and empty rows at their end.

    None means the screen, here and below.
    """
    snapshot = terminal.snapshot()
    chosen = screen_of(terminal) if parts is None else parts
    rows = ("".join(run.text for run in runs(terminal, snapshot, part)) for part in chosen)
    return joined([row.rstrip() for row in rows])


def ansi_rows(terminal: Terminal, parts: Sequence[Part]) -> list[str]:
    """The rows with SGR and OSC 8 sequences that show them as they look, in any terminal."""
    snapshot = terminal.snapshot()
    return ["".join(map(_ansi, runs(terminal, snapshot, part))) for part in parts]


def to_rows(terminal: Terminal, parts: Sequence[Part]) -> list[dict[str, Any]]:
    """The rows as the document has them."""
    snapshot = terminal.snapshot()
    return [_row(terminal, snapshot, part) for part in parts]


def joined(rows: list[str]) -> str:
    """Rows with line feeds between them, without empty ones at the end."""
    stop = len(rows)
    while stop and not rows[stop - 1]:
        stop -= 1
    return "\n".join(rows[:stop])


class Run(Record):
    """Neighbouring cells that look alike."""

    column: int
    cells: list[str]  #: the characters of each cell; a blank is a space
    width: int  #: columns of each cell, 1 or 2
    fg: int  #: the colours and attributes as in vt/core/cells.py
    bg: int
    attrs: int
    protected: bool
    underline_color: int
    link: Hyperlink | None

    @property
    def text(self) -> str:
        return "".join(self.cells)


def runs(terminal: Terminal, snapshot: Snapshot, part: Part) -> Iterator[Run]:
    """The cells of a part from its start to the last that was written or has a style, no gaps."""
    line, first, stop = part
    cells, columns = _heads(terminal.cells(line)[first:stop])
    if not len(cells):
        return
    looks = cells.copy()
    looks[:, CHAR] &= np.uint32(WIDE | PROTECTED)
    edges = np.flatnonzero((looks[1:] != looks[:-1]).any(axis=1)) + 1
    for start, stop in zip([0, *edges.tolist()], [*edges.tolist(), len(cells)], strict=True):
        char, fg, bg, attrs = cells[start].tolist()
        extra = attrs >> EXTRA_SHIFT
        yield Run(
            first + int(columns[start]),
            [_character(terminal, char) for char in cells[start:stop, CHAR].tolist()],
            2 if char & WIDE else 1,
            fg,
            bg,
            attrs,
            bool(char & PROTECTED),
            int(snapshot.underline_colors[extra]) if extra else 0,
            terminal.hyperlink(extra) if extra else None,
        )


def _heads(cells: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """The cells that hold characters, and their columns; no right halves, no blank end."""
    letters = (cells[:, CHAR] & np.uint32(CODEPOINT | CLUSTER)) != 0
    used = np.flatnonzero(letters | (cells[:, FG:] != 0).any(axis=1))
    stop = int(used[-1]) + 1 if used.size else 0
    columns = np.flatnonzero((cells[:stop, CHAR] & np.uint32(TAIL)) == 0)
    return cells[columns], columns


def _character(terminal: Terminal, char: int) -> str:
    code = char & CODEPOINT
    return terminal.cluster_text(code) if char & CLUSTER else chr(code or 0x20)


def _row(terminal: Terminal, snapshot: Snapshot, part: Part) -> dict[str, Any]:
    flags = terminal.row_flags(part.line)
    row: dict[str, Any] = {"runs": [_run(run) for run in runs(terminal, snapshot, part)]}
    row.update({name: True for bit, name in ROW_MARKS if flags & bit})
    if size := (flags & ROW_SIZE) >> ROW_SIZE_SHIFT:
        row["size"] = ROW_SIZES[size]
    return row


def _run(run: Run) -> dict[str, Any]:
    """What differs from plain narrow text; the rest is left out."""
    written: dict[str, Any] = {"column": run.column, "text": run.text}
    if len(run.text) != len(run.cells):
        written["cells"] = run.cells
    if run.width != 1:
        written["width"] = run.width
    colors = (("fg", run.fg), ("bg", run.bg), ("underline_color", run.underline_color))
    written.update({name: _color(word) for name, word in colors if word & COLOR_KIND})
    names = [name for bit, name, _ in ATTRIBUTES if run.attrs & bit]
    if run.protected:
        names.append("protected")
    if names:
        written["attributes"] = names
    if style := (run.attrs & UNDERLINE) >> UNDERLINE_SHIFT:
        written["underline"] = UNDERLINES[style]
    if run.link:
        written["link"] = {"uri": run.link.uri, "id": run.link.id}
    return written


def _color(word: int) -> int | str:
    """A palette index or "#rrggbb"; `word` is no default colour."""
    return word & 0xFF if word & COLOR_KIND == COLOR_PALETTE else _hex(word)


def _hex(rgb: int) -> str:
    return f"#{rgb & 0xFFFFFF:06x}"


def _ansi(run: Run) -> str:
    text = run.text
    if run.link:
        parameter = f"id={run.link.id}" if run.link.id else ""
        text = f"\x1b]8;{parameter};{run.link.uri}\x1b\\{text}\x1b]8;;\x1b\\"
    sgr = _sgr(run)
    return f"\x1b[{sgr}m{text}\x1b[m" if sgr else text


def _sgr(run: Run) -> str:
    """The SGR parameters that turn plain text into this run."""
    parameters = [sgr for bit, _, sgr in ATTRIBUTES if run.attrs & bit]
    if style := (run.attrs & UNDERLINE) >> UNDERLINE_SHIFT:
        parameters.append("4" if style == 1 else f"4:{style}")
    for base, word in ((38, run.fg), (48, run.bg), (58, run.underline_color)):
        if word & COLOR_KIND == COLOR_PALETTE:
            parameters.append(f"{base}:5:{word & 0xFF}")
        elif word & COLOR_KIND == COLOR_RGB:
            parameters.append(f"{base}:2::{word >> 16 & 0xFF}:{word >> 8 & 0xFF}:{word & 0xFF}")
    return ";".join(parameters)
