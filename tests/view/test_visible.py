"""Texts with everything that is in them to be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gputerm.view.bar import width_of
from gputerm.view.visible import GAP, look_of, visible_rows


def words(rows):
    return ["".join(piece for piece, _ in row) for row in rows]


@pytest.mark.parametrize(
    ("char", "look"),
    [
        *[("a", "a"), (" ", " "), ("漢", "漢"), ("\u0301", "")],
        *[("\n", "¶"), ("\t", "→"), ("\r", "^M"), ("\x1b", "^["), ("\x7f", "^?")],
        *[("\x9b", "<U+009B>"), ("\xa0", "<U+00A0>"), ("\u202e", "<U+202E>")],
        *[("\u200d", "<U+200D>"), ("\u3164", "<U+3164>"), ("\ufe0f", "<U+FE0F>")],
        *[("\U000e0041", "<U+E0041>"), ("\ud800", "<U+D800>"), ("\ue000", "<U+E000>")],
    ],
)
def test_each_character_has_a_look(char, look):
    assert look_of(char) == look
    assert visible_rows(f"x{char}", 80, 9)[0][1:2] == ([(look[0], look != char)] if look else [])


def test_lines_are_broken_where_they_end_and_where_the_row_does():
    assert words(visible_rows("one\r\ntwo\n漢字漢字", 5, 9)) == ["one¶", "two¶", "漢字", "漢字"]
    assert words(visible_rows("ls    ; rm", 4, 9)) == ["ls  ", "  ; ", "rm"]


def test_of_a_long_text_the_beginning_and_the_end_are_shown():
    text = "".join(f"{number}\n" for number in range(100_000))
    assert words(visible_rows(text, 20, 4)) == ["0¶", "1¶", GAP, "99999¶"]
    assert words(visible_rows(text, 20, 2)) == ["0¶", GAP]
    assert words(visible_rows(text, 20, 1)) == ["0¶"]
    assert visible_rows(text, 20, 0) == []
    assert words(visible_rows("x" * 200 + "; rm", 10, 3)) == ["x" * 10, GAP, "xxxxxx; rm"]


@given(st.text(), st.integers(1, 12), st.integers(0, 6))
def test_rows_are_as_many_and_as_wide_as_there_is_room(text, columns, most):
    rows = visible_rows(text, columns, most)
    assert len(rows) <= most
    assert all(width_of(row) <= columns or len(row) == 1 for row in words(rows))
