"""Terminal's view of its text: lines, joining, cells, snapshots, resizing with anchors."""

import numpy as np
import pytest
from talk import Talk

from gputerm.vt.core import cells


def test_a_line_ends_where_its_text_ends():
    t = Talk()
    t.feed("abc   \r\n  x")
    assert t.screen()[:2] == ["abc", "  x"]


def test_wrapped_lines_are_joined_and_keep_their_blanks():
    t = Talk(columns=5)
    t.feed("ab   cd\r\nef")
    top = t.terminal.screen_top
    assert t.terminal.text((top, 0), (top + 2, 5)) == "ab   cd\nef"


def test_text_between_points_is_half_open():
    t = Talk()
    t.feed("abcdef\r\nghijkl")
    top = t.terminal.screen_top
    assert t.terminal.text((top, 2), (top + 1, 3)) == "cdef\nghi"
    assert t.terminal.text((top, 2), (top, 4)) == "cd"
    assert t.terminal.text((top, 2), (top, 2)) == ""


def test_a_wide_character_is_one_character_of_text():
    t = Talk(columns=4)
    t.feed("a世界")  # The second one doesn't fit: a filler stays in the last column.
    top = t.terminal.screen_top
    assert t.terminal.text((top, 0), (top + 1, 4)) == "a世界"


def test_clusters_are_text():
    t = Talk()
    t.feed("e\u0301👩\u200d🚀x")
    assert t.screen()[0] == "e\u0301👩\u200d🚀x"


def test_history_is_addressed_by_stable_lines():
    t = Talk(lines=2)
    t.feed("one\r\ntwo\r\nthree\r\nfour")
    terminal = t.terminal
    assert (terminal.first_line, terminal.screen_top) == (0, 2)
    assert [terminal.line_text(line) for line in range(4)] == ["one", "two", "three", "four"]
    assert terminal.cells(0)[0, cells.CHAR] == ord("o")


def test_lines_that_are_not_kept_raise():
    terminal = Talk().terminal
    for line in (-1, 6):
        with pytest.raises(IndexError):
            terminal.cells(line)
        with pytest.raises(IndexError):
            terminal.row_flags(line)


def test_cells_are_a_copy():
    t = Talk()
    t.feed("a")
    t.terminal.cells(0)[:] = 0
    assert t.screen()[0] == "a"


def test_anchors_follow_their_cell_through_a_resize():
    t = Talk(lines=3, columns=10)
    t.feed("0123456789ab\r\nxyz")
    (moved,) = t.terminal.resize(3, 5, [(1, 1)])  # The b.
    line, column = moved
    assert t.terminal.line_text(line)[column] == "b"


def test_a_resize_to_the_same_size_moves_nothing():
    t = Talk()
    assert t.terminal.resize(6, 20, [(3, 4)]) == [(3, 4)]


def test_snapshot_shows_the_screen():
    t = Talk(lines=2, columns=4)
    t.feed("ab\r\n\x1b[5mcd")
    snapshot = t.terminal.snapshot()
    rows = snapshot.take([0, 1])
    assert rows.shape == (2, 4, 4)
    assert rows[:, :2, cells.CHAR].tolist() == [[0x61, 0x62], [0x63, 0x64]]
    assert rows[1, 0, cells.ATTRS] == cells.BLINK
    assert (snapshot.cursor.line, snapshot.cursor.column) == (1, 2)


def test_snapshot_of_history_and_screen_together():
    t = Talk(lines=2, columns=4)
    t.feed("a\r\nb\r\nc\r\nd")
    snapshot = t.terminal.snapshot(1)
    assert snapshot.top == 1
    assert snapshot.take([0, 1])[:, 0, cells.CHAR].tolist() == [0x62, 0x63]
    assert snapshot.cursor.line == 2  # Below the viewport.
    assert snapshot.row_ids[0] != snapshot.row_ids[1]


def test_snapshot_is_clamped_to_what_is_kept():
    t = Talk(lines=2)
    t.feed("a\r\nb\r\nc")
    assert t.terminal.snapshot(-5).top == 0
    assert t.terminal.snapshot(99).top == t.terminal.screen_top


def test_only_changed_rows_have_new_numbers():
    t = Talk(lines=3)
    t.feed("a\r\nb\r\nc")
    before = t.terminal.snapshot()
    old = list(zip(before.row_ids.tolist(), before.row_seqnos.tolist(), strict=True))
    t.feed("\x1b[2HB")
    after = t.terminal.snapshot()
    new = list(zip(after.row_ids.tolist(), after.row_seqnos.tolist(), strict=True))
    assert [a == b for a, b in zip(old, new, strict=True)] == [True, False, True]
    assert after.seqno > before.seqno


def test_a_row_that_scrolled_keeps_its_id():
    t = Talk(lines=3)
    t.feed("a\r\nb\r\nc")
    before = t.terminal.snapshot().row_ids.tolist()
    t.feed("\n")
    assert t.terminal.snapshot().row_ids.tolist()[:2] == before[1:]


def test_palette_of_a_snapshot_is_read_only():
    snapshot = Talk().terminal.snapshot()
    with pytest.raises(ValueError, match="read-only"):
        snapshot.palette[0] = 1


def test_snapshot_knows_link_and_underline_colour():
    t = Talk()
    t.feed("\x1b]8;;https://a.example/\x1b\\\x1b[4;58:2::1:2:3mx")
    snapshot = t.terminal.snapshot()
    extra = int(snapshot.take([0])[0, 0, cells.ATTRS]) >> cells.EXTRA_SHIFT
    assert snapshot.link_ids[extra] != 0
    assert snapshot.underline_colors[extra] == cells.COLOR_RGB | 0x010203
    assert t.terminal.hyperlink(extra).uri == "https://a.example/"
    assert t.terminal.hyperlink(0) is None


def test_the_alternate_screen_has_no_history_to_see():
    t = Talk(lines=2)
    t.feed("a\r\nb\r\nc\x1b[?1049h")
    assert t.terminal.alternate
    assert t.terminal.snapshot(0).top == t.terminal.screen_top
    assert not np.any(t.terminal.snapshot().take([0, 1])[:, :, cells.CHAR])


def test_reverse_video_is_told():
    t = Talk()
    t.feed("\x1b[?5h")
    assert t.terminal.snapshot().reverse
