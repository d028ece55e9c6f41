"""Options set again and again while running don't pile up."""

import pytest

from gputerm.control.configuring import _laid_over


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (["a=1", "b=2"], ["a=3"], ["b=2", "a=3"]),
        (["a.b=1"], ["a.b = 2"], ["a.b = 2"]),
        (["a.b=1"], ["a.c=2"], ["a.b=1", "a.c=2"]),
        (["[t]\na=1"], ["a=2"], ["[t]\na=1", "a=2"]),
    ],
)
def test_a_key_set_again_replaces_its_older_setting(older, newer, expected):
    assert _laid_over(older, newer) == expected
