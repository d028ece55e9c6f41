"""OSC 8 links under the pointer."""

from __future__ import annotations

from gputerm.view import Span
from gputerm.view.links import link_at


def link(uri: str, text: str, id: str = "") -> bytes:
    parameter = f"id={id}" if id else ""
    return f"\x1b]8;{parameter};{uri}\x1b\\{text}\x1b]8;;\x1b\\".encode()


def places(found) -> list[tuple[int, int, int]]:
    assert all(span.underline for span in found.spans)
    return [(span.row, span.start, span.stop) for span in found.spans]


def test_no_link_here(term):
    term.feed(b"ab" + link("http://x", "cd"))
    snapshot = term.snapshot()
    assert link_at(term, snapshot, 0, 0) is None
    assert link_at(term, snapshot, 0, 4) is None
    assert link_at(term, snapshot, -1, 2) is None
    assert link_at(term, snapshot, 0, 99) is None


def test_a_link_is_found_at_each_of_its_cells(term):
    term.feed(b"ab" + link("http://x", "cd") + b"e")
    snapshot = term.snapshot()
    for column in (2, 3):
        found = link_at(term, snapshot, 0, column)
        assert found.uri == "http://x"
        assert found.spans == (Span(0, 2, 4, underline=True),)


def test_a_link_goes_on_over_wrapped_rows(term):
    term.feed(b"abcdefgh" + link("http://x", "ijklm"))
    assert places(link_at(term, term.snapshot(), 1, 0)) == [(0, 8, 10), (1, 0, 3)]


def test_parts_with_the_same_id_are_one_link(term):
    term.feed(link("http://x", "ab", "1") + b" " + link("http://y", "cd", "1") + b"\r\n")
    term.feed(b"  " + link("http://x", "\x1b[1;31mef", "1"))
    assert places(link_at(term, term.snapshot(), 0, 1)) == [(0, 0, 2), (1, 2, 4)]


def test_links_in_history_are_found_in_the_viewport(term):
    term.feed(link("http://x", "ab") + b"\r\n" * 9)
    snapshot = term.snapshot(term.first_line)
    assert link_at(term, snapshot, 0, 0).uri == "http://x"
