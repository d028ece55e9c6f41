"""A text as rows in which everything is seen that is in it: line ends, tabs, control characters,
characters without a look of their own.

Control characters are written as usual in carets (^[ is ESC), others by their number (<U+202E>).
"""

from __future__ import annotations

from typing import TypeAlias

from gputerm.vt.core.width import cell_width

Pieces: TypeAlias = list[tuple[str, bool]]  #: of a row: (words, whether they stand for others)

LINE_END, TAB, GAP = "¶", "→", "…"


def visible_rows(text: str, columns: int, most: int) -> list[Pieces]:
    """`text` in at most `most` rows: from its beginning, and its end if that isn't all."""
    if not text or most <= 0:
        return []
    fits = columns * most  # A character takes a cell at least, or is left out.
    rows = _rows(text[: fits + 1], columns)
    if len(text) <= fits + 1 and len(rows) <= most:
        return rows
    if most == 1:
        return rows[:1]
    last = _rows(text[-columns:], columns)[-1:] if most > 2 else []
    return [*rows[: most - 1 - len(last)], [(GAP, True)], *last]


def _rows(text: str, columns: int) -> list[Pieces]:
    rows: list[Pieces] = []
    row: Pieces = []
    column = 0
    for char in text.replace("\r\n", "\n"):
        seen = look_of(char)
        for cell in seen:
            width = cell_width(ord(cell))
            if column + width > columns:
                rows.append(row)
                row, column = [], 0
            row.append((cell, seen != char))
            column += width
        if char in "\r\n":
            rows.append(row)
            row, column = [], 0
    return [*rows, row] if row else rows


def look_of(char: str) -> str:
    """What is shown for a character: itself, if it can be seen. "" for an accent of another."""
    if char == "\n":
        return LINE_END
    if char == "\t":
        return TAB
    if char < " " or char == "\x7f":
        return "^" + chr(ord(char) ^ 0x40)
    if char == " " or (char.isprintable() and char not in _LOOKLESS):
        return char if cell_width(ord(char)) else ""
    return f"<U+{ord(char):04X}>"


#: Printable for Python, and yet there is nothing to be seen: fillers and variation selectors.
_LOOKLESS = {
    *"\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0",
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}
