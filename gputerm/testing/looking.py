"""What a terminal under test shows: as text, cells, documents and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from gputerm.testing.cell import Cell, cell_of
from gputerm.testing.direct import Offline
from gputerm.testing.in_vain import users_mistake
from gputerm.testing.twin import Found, Pattern, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gputerm.export.dump import Part
    from gputerm.testing.rig import Rig
    from gputerm.vt import Terminal
    from gputerm.vt.events import Event

__tracebackhide__ = users_mistake

__all__ = ["Area", "Looking"]

#: A part of the screen: text, what fits an expression, or (line, column, lines, columns).
Area: TypeAlias = "Pattern | Found | tuple[int, int, int, int]"


class Looking:
    """What can be seen of a session. Nothing here lets time go by."""

    _rig: Rig

    @property
    def screen(self) -> str:
        """The rows of the screen, without blanks and empty rows at their end."""
        return self.text()

    def text(self, *, scrollback: bool = False) -> str:
        """The screen, with what has scrolled off above it if wanted."""
        from gputerm.export import dump

        return dump.to_text(self._rig.terminal, self._parts(scrollback=scrollback))

    def cell(self, line: int, column: int) -> Cell:
        """A cell of the screen; lines < 0 lie above it, -1 is the last that has scrolled off."""
        from gputerm.export import dump

        terminal = self._rig.terminal
        at = terminal.screen_top + line
        if not (terminal.first_line <= at < terminal.screen_top + terminal.lines
                and 0 <= column < terminal.columns):  # fmt: skip
            raise IndexError(f"there is no line {line}, column {column}")
        (row,) = dump.to_rows(terminal, dump.rows_of(terminal, at, at + 1))
        palette = [f"#{color & 0xFFFFFF:06x}" for color in terminal.palette.values.tolist()]
        return cell_of(row, column, palette)

    def find(self, pattern: Pattern) -> Found | None:
        """The first text on the screen that is this, or that fits a compiled expression."""
        return next(self._rig.twin.on_screen(pattern), None)

    def find_all(self, pattern: Pattern) -> list[Found]:
        """All texts on the screen that are this, from its top."""
        return list(self._rig.twin.on_screen(pattern))

    def style(self, pattern: Pattern) -> Cell:
        """How this text looks: a Cell without a character. Fails if it isn't on the screen, or
        looks different from cell to cell."""
        found = self._must_find(pattern)[0]
        line, column = found.place
        looks = set()
        while (line, column) < found.stop:
            if column >= self._rig.terminal.columns:
                line, column = line + 1, 0
                continue
            looks.add(self.cell(line, column).style)
            column += 1
        if len(looks) > 1:
            raise self._rig.failure(f"{shown(pattern)} looks different from cell to cell")
        return looks.pop()

    @property
    def size(self) -> tuple[int, int]:
        """(columns, lines)"""
        return self._rig.terminal.columns, self._rig.terminal.lines

    @property
    def cursor(self) -> tuple[int, int]:
        """(line, column), from 0."""
        return self._rig.terminal.cursor

    @property
    def cursor_visible(self) -> bool:
        """Whether the program shows it."""
        return self._rig.terminal.snapshot().cursor.visible

    @property
    def title(self) -> str:
        """The title that the program has given; "" when none."""
        return self._rig.terminal.title

    @property
    def alternate(self) -> bool:
        """Whether the program shows the alternate screen."""
        return self._rig.terminal.alternate

    @property
    def clipboard(self) -> str:
        """What the program has put on the clipboard (OSC 52)."""
        return self._rig.holder.clipboards[False]

    @clipboard.setter
    def clipboard(self, text: str) -> None:
        self._rig.holder.clipboards[False] = text

    @property
    def exit_status(self) -> int | None:
        """The program's exit code, 128 + a signal; None while it runs, as far as we have waited."""
        return self._rig.exit_status

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._rig.end.program.pid

    @property
    def sent(self) -> bytes:
        """All that has been sent to nobody; of an offline session."""
        end = self._rig.end
        assert isinstance(end, Offline), "only an offline session keeps what it is sent"
        return bytes(end.sent)

    @property
    def sequence(self) -> int:
        """The number of the last input."""
        return self._rig.sequence

    @property
    def events(self) -> list[Event]:
        """What the program has done beyond its cells (gputerm.vt.events), oldest first; the last
        16 MiB."""
        return list(self._rig.terminal.happened)

    @property
    def bells(self) -> int:
        """How often the program has rung."""
        return self._rig.terminal.bells

    @property
    def terminal(self) -> Terminal:
        """The terminal itself, to look at."""
        return self._rig.terminal

    # ── as a document ────────────────────────────────────────────────────────────────────────────

    def dump(self, *, history: bool = True) -> dict[str, Any]:
        """The JSON document of docs/dump.schema.json."""
        from gputerm.export import dump

        return dump.to_json(self._rig.terminal, history=history)

    def ansi(self, *, scrollback: bool = False) -> str:
        """The text with SGR sequences, to be shown in any terminal."""
        from gputerm.export import dump

        parts = self._parts(scrollback=scrollback)
        return dump.joined(dump.ansi_rows(self._rig.terminal, parts))

    def html(self, *, scrollback: bool = False) -> str:
        """The text as one HTML element that needs no style sheet."""
        from gputerm.export import dump, html

        before, after = html.html_frame(self._rig.terminal)
        rows = html.html_rows(self._rig.terminal, self._parts(scrollback=scrollback))
        return before + dump.joined(rows) + after

    def png(self) -> bytes:
        """The picture that a window would show. Raises GLError without OpenGL."""
        from gputerm.render.png import encode_png

        return encode_png(self.pixels())

    def pixels(self, mask: Sequence[Area] = ()) -> Any:
        """uint8[height, width, 4]: that picture; what `mask` means is painted over. Whether a
        cursor and text that blink are on is a matter of `advance`.
        """
        from gputerm.testing.painter import pixels

        return pixels(self._rig, [cells for area in mask for cells in self._cells_of(area)])

    def _must_find(self, pattern: Pattern) -> list[Found]:
        """Raises SessionError when there is none."""
        if founds := self.find_all(pattern):
            return founds
        raise self._rig.failure(f"there is no {shown(pattern)}")

    def _cells_of(self, area: Area) -> Iterator[tuple[int, int, int]]:
        """(line, column, stop column) of each row of an area. Raises SessionError when the text
        that is meant isn't there."""
        if isinstance(area, tuple):
            line, column, lines, columns = area
            yield from ((line + row, column, column + columns) for row in range(lines))
            return
        for found in [area] if isinstance(area, Found) else self._must_find(area):
            (line, column), (last, stop) = found.place, found.stop
            while line < last:
                yield line, column, self._rig.terminal.columns
                line, column = line + 1, 0
            yield line, column, stop

    def cast(self) -> str:
        """What the program has written and when, as an asciicast (version 2) for asciinema."""
        return self._rig.recording.cast(self._rig.name)

    def _parts(self, *, scrollback: bool) -> list[Part]:
        from gputerm.export import dump

        terminal = self._rig.terminal
        start = terminal.first_line if scrollback and not terminal.alternate else None
        stop = terminal.screen_top + terminal.lines
        return dump.rows_of(terminal, terminal.screen_top if start is None else start, stop)
