"""Transcripts: the text of lines, and the cell that each byte of it is of."""

from random import Random

import pytest

from gputerm.vt import Terminal, TerminalOptions
from gputerm.vt.core.cells import ROW_WRAPPED, WIDE
from gputerm.vt.core.transcript import MAX_ROWS, PIECE, Transcript

PLAIN = ["a", "b ", " ", "\x1b[31m", "\x1b[0m", "\t"]
LETTERS = [*PLAIN, "é", "ß", "日", "本 ", "€", "👩‍💻", "e\u0301", "🇩🇪"]


def terminal_of(text, lines=4, columns=10, history=3000):
    term = Terminal(lines, columns, TerminalOptions(history=history))
    term.feed(text.encode())
    return term


def some_text(random, size=400):
    letters = "".join(random.choices([*LETTERS, "\r\n", "\r\n\r\n"], k=size))
    return letters + random.choice(["", "\x1b[H\x1b[K", "\x1b[2;3Hxy\x1b[4;1H\x1b[1K"])


def all_pieces(term):
    """[(first, stop)] of all lines, from the end."""
    lines, pieces = Transcript(term.screen), []
    stop = term.screen_top + term.lines
    while stop > term.first_line:
        first = lines.start_above(stop, 1, term.first_line)
        pieces.append((first, stop))
        stop = first
    return pieces


def read(term, first, stop):
    lines = Transcript(term.screen)
    lines.read(first, stop)
    return lines


def expected(term, first, stop):
    """As selections and the socket see it."""
    text = term.text((first, 0), (stop - 1, term.columns))
    return text if not term.row_flags(stop - 1) & ROW_WRAPPED else text.rstrip(" ")


@pytest.mark.parametrize("seed", range(20))
def test_it_is_the_text_of_the_lines(seed):
    random = Random(seed)
    term = terminal_of(some_text(random), columns=random.choice((2, 5, 10, 40)))
    if seed % 2:
        term.resize(5, random.choice((3, 7, 11)))
        term.settle()
    pieces = all_pieces(term)
    for first, stop in pieces:
        text = read(term, first, stop).text.decode()
        assert text.endswith("\n")
        assert text[:-1] == expected(term, first, stop)
    whole = read(term, term.first_line, term.screen_top + term.lines).text
    assert whole == b"".join(read(term, *piece).text for piece in reversed(pieces))


@pytest.mark.parametrize("seed", range(10))
def test_each_byte_is_of_its_cell(seed):
    random = Random(seed)
    term = terminal_of(some_text(random), columns=random.choice((2, 5, 10)))
    lines = read(term, term.first_line, term.screen_top + term.lines)
    for at, byte in enumerate(lines.text):
        if byte == 0x0A:
            continue
        (line, column), stop = lines.cells(at, at + 1)
        cell = term.cells(line)[column : column + 1]
        width = 2 if cell[0, 0] & WIDE else 1
        assert stop == (line, column + width)
        start = lines.text.rfind(b"\n", 0, at) + 1
        if at == start or lines.cells(at - 1, at)[0] != (line, column):  # the cell's first byte
            shown = term.text((line, column), (line, column + width)) or " "
            assert lines.text.startswith(shown.encode(), at)


def test_pages_of_any_encoding_and_the_screen_are_one_text():
    rows = [f"{i} " + ("ä", "日本", "👩‍💻x", "plain", "\xff")[i % 5] for i in range(5000)]
    term = terminal_of("\r\n".join(rows), lines=10, columns=20, history=4000)
    lines = read(term, term.first_line, term.screen_top + term.lines)
    assert lines.text.decode().split("\n") == [*rows[-4010:], ""]


def test_some_lines_of_such_a_size_are_taken_whole():
    term = terminal_of("\r\n".join("x" * (i % 25) for i in range(200)), columns=10)
    lines = Transcript(term.screen)
    last = term.screen_top + term.lines
    for line in range(last - 1):
        start, stop = lines.start_of(line), lines.stop_of(line)
        assert start <= line < stop
        assert not start or not term.row_flags(start - 1) & ROW_WRAPPED
        assert stop == last or not term.row_flags(stop - 1) & ROW_WRAPPED
        below = lines.stop_below(start, 100, last)
        assert below == last or below == lines.start_of(below)
        assert sum(len(term.line_text(row)) + 1 for row in range(start, below)) >= min(100, 1)
        assert lines.stop_below(start, 10_000, stop) == stop
        assert lines.start_above(stop, 10_000, start) == start


def test_a_line_without_end_is_cut_at_the_same_rows_from_wherever_it_is_read():
    term = terminal_of("x" * 10 * 5000 + "\r\nend", history=10_000)
    pieces = all_pieces(term)[::-1]
    assert len(pieces) > 3
    assert all(stop - first <= MAX_ROWS for first, stop in pieces)
    assert all(first % PIECE == 0 for first, _ in pieces[:-1])
    at = 0
    for piece in pieces:
        assert (at, at := Transcript(term.screen).stop_below(at, 1, at + 1)) == piece
    for line in range(0, 5000, 37):
        first, stop = next(piece for piece in pieces if piece[0] <= line < piece[1])
        assert Transcript(term.screen).start_of(line) == first
        assert Transcript(term.screen).stop_of(line) == stop


def test_the_alternate_screen_goes_on_with_nothing():
    term = terminal_of("x" * 45 + "\x1b[?1049h\x1b[Hy", lines=4, columns=10)
    assert term.row_flags(term.screen_top - 1) & ROW_WRAPPED
    assert Transcript(term.screen).start_of(term.screen_top) == term.screen_top


def test_lines_that_are_not_there():
    term = terminal_of("x")
    for first, stop in ((-1, 1), (0, 5), (3, 2)):
        with pytest.raises(IndexError):
            read(term, first, stop)
    lines = read(term, 0, 1)
    for start, stop in ((0, 9), (-1, 1), (1, 1)):
        with pytest.raises(IndexError):
            lines.cells(start, stop)
