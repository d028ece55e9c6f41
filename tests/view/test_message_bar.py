"""What the message bar looks like in cells, and where it stands."""

import numpy as np
import pytest

from gputerm.view.message_bar import MessageBar
from gputerm.view.surfaces import Room, SurfaceColors
from gputerm.vt.core.cells import BG, CHAR, FG, TAIL, WIDE

COLORS = (0x2FFFFFF, 0x2AA0000)


def laid_out(bar, lines=6, columns=20, cursor_row=0):
    colors = SurfaceColors(alarm=COLORS, notice=(0, 0))
    return bar.lay_out(Room(0, lines, columns, cursor_row, colors))


def rows(bar, lines=6, columns=20, cursor_row=0):
    """{row: text} of the bar."""
    shown = {}
    for text in laid_out(bar, lines, columns, cursor_row).texts:
        cells = np.frombuffer(text.cells, np.uint32).reshape(columns, 4)
        assert (cells[:, [FG, BG]] == COLORS).all()
        shown[text.row] = "".join(
            chr(word & 0x1FFFFF or 0x20) for word in cells[:, CHAR].tolist() if word != TAIL
        )
    return shown


def test_a_short_message_is_one_row_at_the_bottom():
    bar = MessageBar()
    assert not bar.shown
    bar.show("no such font")
    assert bar.shown
    assert rows(bar) == {5: "no such font     [x]"}
    area = laid_out(bar).area_at(5, 3)
    assert laid_out(bar).area_at(4, 3) is None
    area.clicked()
    assert not bar.shown


def test_it_says_that_it_has_changed():
    bar = MessageBar()
    changes = []
    bar.changed = lambda: changes.append(bar.messages)
    bar.show("one")
    bar.show("two")
    bar.clear()
    bar.clear()
    assert changes == [("one",), ("one", "two"), ()]


def test_it_makes_way_for_the_cursor():
    bar = MessageBar()
    bar.show("here")
    assert list(rows(bar, cursor_row=5)) == [0]
    assert list(rows(bar, cursor_row=3)) == [0]
    assert list(rows(bar, cursor_row=0)) == [5]


def test_a_long_message_breaks_at_blanks_and_is_cut_at_half_the_screen():
    bar = MessageBar()
    bar.show("one two three four five six seven")
    assert list(rows(bar).values()) == [
        "one two three    [x]",
        "four five six       ",
        "seven" + 15 * " ",
    ]
    bar.show("x" * 100)
    assert list(rows(bar).values())[-1].rstrip().endswith("…")
    assert len(rows(bar)) == 3


def test_words_longer_than_a_row_and_wide_characters_fit():
    bar = MessageBar()
    bar.show("中" * 9)
    assert list(rows(bar).values()) == ["中" * 8 + " [x]", "中" + 18 * " "]
    cells = np.frombuffer(laid_out(bar).texts[0].cells, np.uint32).reshape(20, 4)
    assert cells[:2, CHAR].tolist() == [ord("中") | WIDE, TAIL]


def test_control_characters_are_blanks_and_messages_are_few_and_different():
    bar = MessageBar()
    bar.show("a\x1b[31m\nb")
    assert bar.messages == ("a [31m b",)
    for number in (*range(10), 7):
        bar.show(str(number))
    assert bar.messages == ("5", "6", "8", "9", "7")


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("lines", [1, 2])
def test_windows_of_almost_no_size(lines, columns):
    bar = MessageBar()
    bar.show("中 message with some words")
    assert len(rows(bar, lines, columns, lines - 1)) == 1


def test_what_it_says_about_something_replaces_what_it_said_about_it():
    bar = MessageBar()
    bar.show("a failure")
    bar.say("configuration", ["one", "two"])
    assert bar.messages == ("a failure", "one", "two")
    bar.say("configuration", ["three"])
    assert bar.messages == ("a failure", "three")
    changes = []
    bar.changed = lambda: changes.append(1)
    bar.say("configuration", [])
    bar.say("configuration", [])
    assert (bar.messages, changes) == (("a failure",), [1])
