"""Dumps: the document against its schema and its promises, the text forms against the screen."""

from __future__ import annotations

import json

import pytest
from dump_schema import SCHEMA, violations
from hypothesis import given, settings
from hypothesis import strategies as st

from gputerm.export.dump import ansi_rows, rows_of, screen_of, to_json, to_text
from gputerm.vt import Terminal, TerminalOptions


def dump(term: Terminal, **options):
    """The document after a journey through JSON, held against the schema."""
    document = json.loads(json.dumps(to_json(term, **options)))
    assert list(violations(document, SCHEMA)) == []
    return document


def runs(data: bytes | str, columns: int = 40) -> list[dict]:
    """The runs of the first row."""
    term = Terminal(2, columns)
    term.feed(data.encode() if isinstance(data, str) else data)
    return dump(term)["screen"][0]["runs"]


def test_the_schema_objects_to_what_is_wrong():
    good = to_json(Terminal(1, 4))
    assert list(violations(good, SCHEMA)) == []
    for path, wrong in (
        (("version",), 2),
        (("lines",), "4"),
        (("cursor", "shape"), "star"),
        (("colors", "foreground"), "red"),
        (("screen",), [{"runs": [{"text": "a"}]}]),
        (("screen",), [{"runs": [{"column": 0, "text": "a", "fg": 256}]}]),
        (("extra",), 1),
    ):
        bad = json.loads(json.dumps(good))
        *parents, name = path
        target = bad
        for parent in parents:
            target = target[parent]
        target[name] = wrong
        assert list(violations(bad, SCHEMA)), path


def test_an_empty_terminal():
    document = dump(Terminal(2, 7))
    assert document["lines"] == 2
    assert document["columns"] == 7
    assert document["screen"] == [{"runs": []}, {"runs": []}]
    assert document["history"] == []
    assert document["cursor"]["line"] == document["cursor"]["column"] == 0
    assert document["cursor"]["visible"]
    assert 7 in document["modes"]  # DECAWM
    assert not document["alternate"]


def test_facts_of_the_terminal():
    term = Terminal(3, 10)
    term.feed(b"\x1b]2;my title\x07ab\x1b[2;4H\x1b[?25l\x1b[4 q\x1b[?2004h\x1b[?5h")
    document = dump(term)
    assert document["title"] == "my title"
    assert document["cursor"] == {
        "line": 1,
        "column": 3,
        "visible": False,
        "shape": "underline",
        "blinking": False,
    }
    assert 2004 in document["modes"]
    assert 25 not in document["modes"]
    assert document["colors"]["reverse"]
    term.feed(b"\x1b[?1049h")
    assert dump(term)["alternate"]


def test_cells_that_look_alike_are_one_run():
    assert runs("plain \x1b[1;31mred\x1b[m end") == [
        {"column": 0, "text": "plain "},
        {"column": 6, "text": "red", "fg": 1, "attributes": ["bold"]},
        {"column": 9, "text": " end"},
    ]


def test_gaps_are_spaces_and_blank_ends_left_out():
    assert runs("a\x1b[5Gb") == [{"column": 0, "text": "a   b"}]
    assert runs("a\x1b[44m\x1b[K", columns=6) == [
        {"column": 0, "text": "a"},
        {"column": 1, "text": "     ", "bg": 4},
    ]


def test_wide_characters_and_clusters():
    assert runs("a日本e\u0301x") == [
        {"column": 0, "text": "a"},
        {"column": 1, "text": "日本", "width": 2},
        {"column": 5, "text": "e\u0301x", "cells": ["e\u0301", "x"]},
    ]


@pytest.mark.parametrize(
    ("sgr", "members"),
    [
        *(
            (number, {"attributes": [name]})
            for number, name in (
                (1, "bold"), (2, "dim"), (3, "italic"), (5, "blink"), (6, "rapid-blink"),
                (7, "inverse"), (8, "hidden"), (9, "strike"), (53, "overline"),
            )
        ),
        ("9;1", {"attributes": ["bold", "strike"]}),
        ("4", {"underline": "single"}),
        ("4:3;58:5:9", {"underline": "curly", "underline_color": 9}),
        ("4:5;58:2::1:2:3", {"underline": "dashed", "underline_color": "#010203"}),
        ("38:2::255:128:0;48:5:200", {"fg": "#ff8000", "bg": 200}),
    ],
)  # fmt: skip
def test_looks(sgr, members):
    assert runs(f"\x1b[{sgr}mx") == [{"column": 0, "text": "x", **members}]


def test_protected_cells():
    assert runs('\x1b[1"qx\x1b[0"qy') == [
        {"column": 0, "text": "x", "attributes": ["protected"]},
        {"column": 1, "text": "y"},
    ]


def test_links():
    assert runs("\x1b]8;id=i;http://x\x1b\\ab\x1b]8;;\x1b\\c") == [
        {"column": 0, "text": "ab", "link": {"uri": "http://x", "id": "i"}},
        {"column": 2, "text": "c"},
    ]


def test_rows_say_what_they_are():
    term = Terminal(4, 5)
    term.feed(b"\x1b]133;A\x07$ abcdef\r\n\x1b#6wide")
    rows = dump(term)["screen"]
    assert rows[0]["wrapped"]
    assert rows[0]["prompt"]
    assert "wrapped" not in rows[1]
    assert rows[2]["size"] == "double-width"


def test_history_is_numbered_and_can_be_left_out():
    term = Terminal(2, 10, TerminalOptions(history=3))
    term.feed(b"".join(b"%d\r\n" % n for n in range(8)))
    document = dump(term)
    assert [row["runs"][0]["text"] for row in document["history"]] == ["4", "5", "6"]
    assert document["first_line"] == term.first_line
    without = dump(term, history=False)
    assert without["history"] == []
    assert without["first_line"] == term.screen_top
    assert without["screen"] == document["screen"]


def test_text_is_what_stands_on_the_screen():
    term = Terminal(4, 10, TerminalOptions(history=9))
    term.feed("gone\r\na  日\r\n\r\nlonger than ten  ".encode())
    assert to_text(term) == "a  日\n\nlonger tha\nn ten"
    assert to_text(term, rows_of(term, 0, 99)) == "gone\na  日\n\nlonger tha\nn ten"
    assert to_text(Terminal(4, 10)) == ""


def screen(term: Terminal):
    document = to_json(term, history=False)
    return document["screen"]


def replayed(term: Terminal) -> Terminal:
    """What another terminal shows after it was given the SGR form."""
    other = Terminal(term.lines + 1, term.columns)
    other.feed("\r\n".join(ansi_rows(term, screen_of(term))).encode())
    return other


def test_the_sgr_form_shows_the_same_elsewhere():
    term = Terminal(4, 30)
    term.feed(
        "plain \x1b[1;3;38:2::1:2:3;48:5:20mstyled\x1b[m\r\n"
        "  \x1b[4:3;58:5:9mcurly\x1b[m \x1b[7mreverse\x1b[m 日本 e\u0301\r\n"
        "\x1b]8;id=a;http://x\x1b\\link\x1b]8;;\x1b\\ \x1b[9;53mend".encode()
    )
    assert screen(replayed(term))[:4] == screen(term)
    blank = Terminal(2, 9)
    assert ansi_rows(blank, screen_of(blank)) == ["", ""]


STYLES = st.lists(
    st.sampled_from([*range(10), 21, 31, 44, 53, 95, "38:5:77", "48:2::9:8:7", "4:4"]), max_size=4
)


@settings(max_examples=60)
@given(st.lists(st.tuples(STYLES, st.text("ab日é \u0301", min_size=1, max_size=5)), max_size=6))
def test_any_line_survives_the_sgr_form(pieces):
    term = Terminal(1, 60)
    for style, text in pieces:
        term.feed(f"\x1b[{';'.join(map(str, style))}m{text}".encode())
    line = dump(term)["screen"][0]["runs"]
    assert dump(replayed(term))["screen"][0]["runs"] == line
    column = 0
    for run in line:
        assert run["column"] == column
        column += run.get("width", 1) * len(run.get("cells", run["text"]))
