"""What in a terminal's text can be pointed at."""

import pytest

from gputerm.finding.patterns import compile_lines
from gputerm.finding.targets import targets, trimmed
from gputerm.vt import Terminal

URL = compile_lines(r"https?://[^\s<>\"]+")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("http://a.b/c", "http://a.b/c"),
        ("http://a.b/c.", "http://a.b/c"),
        ("http://a.b/c?!", "http://a.b/c"),
        ("http://a.b/(c)", "http://a.b/(c)"),
        ("http://a.b/c)", "http://a.b/c"),
        ("http://a.b/(c))d", "http://a.b/(c)"),
        ("http://a.b/[c]]", "http://a.b/[c]"),
        ("http://a.b/c](http://d", "http://a.b/c"),
        ("http://a.b/c,'", "http://a.b/c"),
        ("http://a.b/ü.", "http://a.b/ü"),
        ("...", ""),
        (")", ""),
    ],
)
@pytest.mark.proves("hints: trimmed")
def test_what_belongs_to_the_text_around_is_left_out(text, left):
    assert text.encode()[: trimmed(text.encode())].decode() == left


def found(text, *, columns=40, trim=True, pattern=URL):
    terminal = Terminal(10, columns)
    terminal.feed(text.encode())
    return targets(terminal, pattern, 0, 10, trim=trim)


@pytest.mark.proves("hints: trimmed")
def test_what_is_left_of_a_match_is_searched_again():
    texts = [target.text for target in found("[http://a](http://b), http://c.", columns=80)]
    assert texts == ["http://a", "http://b", "http://c"]


def test_a_target_may_go_on_in_the_next_row_and_hold_wide_characters():
    (target,) = found("日本 http://日本.jp/x y", columns=10)
    assert target.text == "http://日本.jp/x"
    assert target.match == ((0, 5), (2, 1))


def test_nothing_is_cut_where_that_is_not_wanted():
    (target,) = found("http://a.b/c).", trim=False)
    assert target.text == "http://a.b/c)."


def test_a_line_of_many_thousands_of_rows_holds_nobody_up():
    terminal = Terminal(10, 80)
    terminal.feed(b"http://a/b " * 400_000)
    top = terminal.screen_top
    seen = targets(terminal, URL, top, top + 10, trim=True)
    assert all(target.text == "http://a/b" for target in seen)
