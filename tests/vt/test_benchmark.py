"""What benchmarks/core.py compares: the same bytes leave the same screen here and in pyte."""

import importlib.util
from pathlib import Path

import pyte
import pytest

SPEC = importlib.util.spec_from_file_location(
    "payloads", Path(__file__).parents[2] / "benchmarks/payloads.py"
)
assert SPEC
assert SPEC.loader
payloads = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(payloads)


def screens(make_term, name):
    """The lines of both screens after 50 kB."""
    data = payloads.payload(name, 50_000)
    ours = make_term(payloads.LINES, payloads.COLUMNS, 100)
    ours.feed(data)
    theirs = pyte.HistoryScreen(payloads.COLUMNS, payloads.LINES, history=100)
    pyte.ByteStream(theirs).feed(data)
    return ours.lines, [line.rstrip() for line in theirs.display]


@pytest.mark.parametrize("name", sorted(payloads.PAYLOADS.keys() - {"emoji"}))
def test_the_same_bytes_leave_the_same_screen_in_pyte(make_term, name):
    ours, theirs = screens(make_term, name)
    assert ours == theirs


def test_pyte_leaves_out_most_of_the_emoji(make_term):
    """Screen.draw returns at the first code point of no width that isn't a combining mark."""
    ours, theirs = screens(make_term, "emoji")
    assert sum(map(len, theirs)) < 0.05 * sum(map(len, ours))
    family = pyte.Screen(20, 1)
    pyte.Stream(family).feed("a👨\u200d👩 and the rest")
    assert family.display[0].rstrip() == "a👨"
