"""Which cells were written when: what a wait may see.

A wait sees only what was written after an input. The terminal doesn't note when a cell was written,
so the same bytes are fed to a twin of it, whose cells nobody else looks at. An input writes its
generation into unused bits of all cells that stand there. Whatever the program writes over a cell
has no such bits; scrolling and a reflow take them along. Lines of the history lose them: those are
compared with what stood there before.

What the program writes back of an input, its echo, is no news either. It begins where the cursor
was and says what was typed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gputerm.records import Record
from gputerm.vt import Terminal
from gputerm.vt.core.cells import CHAR, CLUSTER, CODEPOINT, FILLER, ROW_WRAPPED, TAIL
from gputerm.vt.events import Event, PromptKind, PromptMark, Reply, ResizeRequest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gputerm.vt import Point, TerminalOptions

__all__ = ["EVERYTHING", "Found", "Pattern", "Twin", "shown"]

Pattern = str | re.Pattern[str]

EVERYTHING = 0  #: the sequence number before any input

MAX_PLACES = 4000  #: of marks of the shell's, the oldest go

_BORN_SHIFT = 21  #: bits 21-26 of CHAR are free (vt/core/cells.py)
_GENERATIONS = 63
_BORN = _GENERATIONS << _BORN_SHIFT
_LETTER = CODEPOINT | CLUSTER

#: What ends an OSC: after each, the cursor is where its mark means it to be.
_ENDS = re.compile(rb"(?<=\x07)|(?<=\x1b\\)")


class Found(Record):
    """Text on the screen. Lines count from the top of the screen; those of the history are < 0."""

    text: str
    line: int
    column: int
    stop: tuple[int, int]  #: (line, column) one past its last cell
    match: re.Match[str]  #: of a regular expression: its groups

    @property
    def place(self) -> tuple[int, int]:
        """(line, column) of its first cell."""
        return self.line, self.column


class _Mark(Record):
    """The terminal at one input."""

    sequence: int
    generation: int
    top: int  #: stable line of the screen
    rows: dict[int, list[int]]  #: stable line → the words of its characters, of used lines


class _Typed:
    """What was typed from one place on, and may be echoed there."""

    def __init__(self, sequence: int, at: Point, *, alternate: bool) -> None:
        self.sequence = sequence
        self.at = at  #: (stable line, column)
        self.alternate = alternate
        self.text = ""
        self.answered = False  #: a wait has succeeded since: what is typed next is another matter


class _Row:
    """A row as text."""

    def __init__(self, terminal: Terminal, line: int) -> None:
        self.line = line
        words = terminal.cells(line)[:, CHAR].tolist()
        self.words: list[int] = words
        self.wrapped = bool(terminal.row_flags(line) & ROW_WRAPPED)
        parts: list[str] = []
        columns: list[int] = []
        for column, word in enumerate(words):
            if word & (TAIL | FILLER):
                continue
            code = word & CODEPOINT
            text = terminal.cluster_text(code) if word & CLUSTER else chr(code or 0x20)
            parts.append(text)
            columns += [column] * len(text)
        self.text = "".join(parts)
        if not self.wrapped:
            self.text = self.text.rstrip(" ")
        self.columns = columns  #: the column of each character of the text


class _Sheet:
    """Rows joined to a text in which to search."""

    def __init__(self, rows: list[_Row]) -> None:
        self.rows = rows
        self.starts: list[int] = []
        parts: list[str] = []
        size = 0
        for row in rows:
            self.starts.append(size)
            part = row.text if row.wrapped else row.text + "\n"
            parts.append(part)
            size += len(part)
        self.text = "".join(parts)

    def place(self, offset: int) -> tuple[_Row, int]:
        """The row and column of a character; a line feed stands after its row's last column."""
        row = self.rows[(index := bisect_right(self.starts, offset) - 1)]
        within = offset - self.starts[index]
        if within < len(row.text):
            return row, row.columns[within]
        return row, (row.columns[len(row.text) - 1] + 1 if row.text else 0)

    def offset(self, line: int, column: int) -> int | None:
        """Where a place of the grid is in the text; None when it isn't there."""
        for row, start in zip(self.rows, self.starts, strict=True):
            if row.line == line:
                before = sum(1 for other in row.columns[: len(row.text)] if other < column)
                return start + before
        return None


class Twin:
    """A second terminal that knows when its cells were written."""

    def __init__(self, lines: int, columns: int, options: TerminalOptions) -> None:
        self.terminal = Terminal(lines, columns, options)
        #: (stable line, column) of the marks of the shell's commands
        self.places: dict[tuple[int, PromptKind], Point] = {}
        self._marks = [_Mark(EVERYTHING, 0, 0, {})]
        self._typed: list[_Typed] = []
        self._history: dict[int, _Row] = {}

    def feed(self, data: bytes) -> list[Event]:
        """Feed what the terminal was fed; what happened, each bell of its own."""
        happened: list[Event] = []
        for piece in _pieces(data):
            for event in self.terminal.feed(piece):
                if isinstance(event, PromptMark):
                    self._place(event)
                elif isinstance(event, ResizeRequest):
                    self._renumbered()
                if not isinstance(event, Reply):
                    happened.append(event)
        return happened

    def _place(self, mark: PromptMark) -> None:
        self.places[mark.block, mark.kind] = self._cursor()
        if len(self.places) > MAX_PLACES:
            del self.places[next(iter(self.places))]

    def echo(self, data: bytes) -> list[Event]:
        """Show what the terminal itself has echoed (SRM is reset)."""
        happened: list[Event] = []
        while data:
            size, events = self.terminal.echo(data, len(data))
            data = data[size:]
            happened += events
        return [event for event in happened if not isinstance(event, Reply)]

    def _cursor(self) -> Point:
        return self.terminal.cursor_line, self.terminal.cursor[1]

    # ── inputs ───────────────────────────────────────────────────────────────────────────────────

    def mark(self, sequence: int, typed: str = "") -> None:
        """An input is about to be sent: what stands now is old. `typed`: what may be echoed."""
        terminal = self.terminal
        generation = self._marks[-1].generation + 1
        if generation > _GENERATIONS:
            generation = self._forget_half()
        screen = terminal.screen
        for grid in (screen.primary, screen.alternate):
            words = grid.array[..., CHAR]
            new = ((words & _LETTER) != 0) & ((words & _BORN) == 0)
            words[new] |= generation << _BORN_SHIFT
        top = terminal.screen_top
        rows = {
            line: terminal.cells(line)[:, CHAR].tolist()
            for line in range(top, top + terminal.lines)
        }
        used = [line for line, words in rows.items() if any(words)]
        last = max([*used, terminal.cursor_line])
        kept = {line: words for line, words in rows.items() if line <= last}
        self._marks.append(_Mark(sequence, generation, top, kept))
        if typed:
            self._type(sequence, typed)

    def _forget_half(self) -> int:
        """Make the older half of the generations one, so that numbers are free; the next one."""
        half = _GENERATIONS // 2
        self._marks = [self._marks[0]] + [
            mark.replace(generation=mark.generation - half)
            for mark in self._marks
            if mark.generation > half
        ]
        screen = self.terminal.screen
        for grid in (screen.primary, screen.alternate):
            words = grid.array[..., CHAR]
            born = (words & _BORN) >> _BORN_SHIFT
            lower = born.copy()
            lower[born > half] -= half
            lower[(born > 0) & (born <= half)] = 1
            words[...] = (words ^ (words & _BORN)) | (lower << _BORN_SHIFT)
        return self._marks[-1].generation + 1

    def _type(self, sequence: int, text: str) -> None:
        last = self._typed[-1] if self._typed else None
        if last is None or last.answered or last.alternate != self.terminal.alternate:
            last = _Typed(sequence, self._cursor(), alternate=self.terminal.alternate)
            self._typed = [*self._typed[-_GENERATIONS:], last]
        last.sequence = sequence
        last.text += text

    def answered(self) -> None:
        """A wait has succeeded: what was typed before it has been echoed, or never will be."""
        if self._typed:
            self._typed[-1].answered = True

    def resize(self, lines: int, columns: int) -> None:
        """Take another size."""
        self.terminal.resize(lines, columns)
        self.terminal.settle()
        self.terminal.take_events()
        self._renumbered()

    def _renumbered(self) -> None:
        """Lines have other numbers now: nothing is remembered of what stood in them."""
        self._history.clear()
        self._typed.clear()
        top = self.terminal.screen_top
        self._marks = [
            self._marks[0],
            *(mark.replace(top=top, rows={}) for mark in self._marks[1:]),
        ]

    # ── looking ──────────────────────────────────────────────────────────────────────────────────

    def search(
        self, pattern: Pattern, *, after: int | None = EVERYTHING, echo: bool = True
    ) -> tuple[Found | None, Found | None]:
        """The first text that fits and was written after an input (None: the last), at least in
        part; else the last that fits and stood there before. `echo`: also what was only typed.
        """
        mark = self._mark(after)
        sheet = _Sheet(list(self._rows(mark.top if after != EVERYTHING else None)))
        echoed = set() if echo else set(self._echoes(sheet, mark))
        old = None
        for match in _matches(pattern, sheet.text):
            if not match.group():
                continue
            found = self._found(sheet, match)
            if after == EVERYTHING and echo:
                return found, None
            if self._is_new(sheet, match, mark, echoed):
                return found, None
            old = found
        return None, old

    def on_screen(self, pattern: Pattern) -> Iterator[Found]:
        """The texts on the screen that fit, from its top."""
        top = self.terminal.screen_top
        sheet = _Sheet([_Row(self.terminal, top + line) for line in range(self.terminal.lines)])
        for match in _matches(pattern, sheet.text):
            if match.group():
                yield self._found(sheet, match)

    def _mark(self, after: int | None) -> _Mark:
        if after is None:
            return self._marks[-1]
        return next((mark for mark in self._marks if mark.sequence >= after), self._marks[-1])

    def _rows(self, start: int | None) -> Iterator[_Row]:
        """The lines that may have news: of the history those since `start`, and the screen."""
        terminal = self.terminal
        top = terminal.screen_top
        if not terminal.alternate:
            if len(self._history) > top - terminal.first_line:  # some have been forgotten
                self._history = {
                    line: row for line, row in self._history.items() if line >= terminal.first_line
                }
            first = terminal.first_line if start is None else max(start, terminal.first_line)
            for line in range(first, top):
                if line not in self._history:
                    self._history[line] = _Row(terminal, line)
                yield self._history[line]
        for line in range(top, top + terminal.lines):
            yield _Row(terminal, line)

    def _is_new(
        self, sheet: _Sheet, match: re.Match[str], mark: _Mark, echoed: set[tuple[int, int]]
    ) -> bool:
        top = self.terminal.screen_top
        for offset in range(*match.span()):
            if sheet.text[offset].isspace() and not match.group().isspace():
                continue
            row, column = sheet.place(offset)
            if (row.line, column) in echoed or column >= len(row.words):
                continue
            word = row.words[column]
            if row.line >= top:
                born = (word & _BORN) >> _BORN_SHIFT
                new = bool(word & _LETTER) and (born == 0 or born > mark.generation)
            else:
                before = mark.rows.get(row.line)
                new = before is None or (word ^ before[column]) & ~_BORN != 0
            if new:
                return True
        return False

    def _echoes(self, sheet: _Sheet, mark: _Mark) -> Iterator[tuple[int, int]]:
        """The cells that show what was typed at or after an input, where it was typed.

        Of what was typed ahead, the first line is looked for at the cursor of then, each further
        line behind the one before.
        """
        for typed in self._typed:
            if typed.sequence < mark.sequence or typed.alternate != self.terminal.alternate:
                continue
            offset = sheet.offset(*typed.at)
            for number, piece in enumerate(re.split("[\r\n]", typed.text)):
                if offset is None or not piece:
                    continue
                start = offset if number == 0 else sheet.text.find(piece, offset)
                if start < 0:
                    break
                size = _common(sheet.text, start, piece)
                for at in range(start, start + size):
                    row, column = sheet.place(at)
                    yield row.line, column
                if size < len(piece.rstrip()):
                    break
                offset = start + size

    def _found(self, sheet: _Sheet, match: re.Match[str]) -> Found:
        top = self.terminal.screen_top
        row, column = sheet.place(match.start())
        last, end = sheet.place(match.end() - 1)
        return Found(match.group(), row.line - top, column, (last.line - top, end + 1), match)


def shown(pattern: Pattern) -> str:
    """The pattern in a message."""
    return repr(pattern) if isinstance(pattern, str) else f"/{pattern.pattern}/"


def _matches(pattern: Pattern, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(re.escape(pattern) if isinstance(pattern, str) else pattern, text)


def _common(text: str, start: int, piece: str) -> int:
    """How many characters of the piece stand in the text from `start` on."""
    size = 0
    while size < len(piece) and start + size < len(text) and text[start + size] == piece[size]:
        size += 1
    return size


def _pieces(data: bytes) -> Iterator[bytes]:
    """The bytes cut behind each BEL and ST."""
    if b"\x07" not in data and b"\x1b\\" not in data:
        yield data
        return
    cuts: list[Any] = [0, *(match.start() for match in _ENDS.finditer(data)), len(data)]
    for start, stop in pairwise(cuts):
        if start < stop:
            yield data[start:stop]
