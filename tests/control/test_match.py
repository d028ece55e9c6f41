"""--match without windows: what expressions mean and how they are refused."""

from types import SimpleNamespace

import pytest

from gputerm.finding.patterns import PatternError
from gputerm.policy.match import parse_match

WINDOW = SimpleNamespace(
    id=3,
    pids={10, 11},
    title="two words",
    cwd="/home/me/src",
    command_lines=["bash", "vim notes.txt"],
    environment={"EDITOR": "vim", "A": "x=y"},
)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("title:words", True),
        ("title:^words", False),
        ('title:"two words"', True),
        ("title:'two words'", True),
        ("title:two' 'words", True),
        ("title:", True),
        ("id:3", True),
        ("id:33", False),
        ("pid:10 and pid:11", True),
        ("pid:1", False),
        ("cwd:/src$", True),
        ("cmd:^vim", True),
        ("cmd:^bash$ and cmd:notes", True),
        ("env:EDITOR=vi", True),
        ("env:EDITOR", True),
        ("env:NOPE", False),
        ("env:A==y", True),
        ("not id:3", False),
        ("not not id:3", True),
        ("id:1 or id:3", True),
        ("id:1 or id:2 and id:3", False),
        ("(id:3 or id:1) and id:2", False),
        ("id:3 or id:1 and id:2", True),
        ("not (id:1 or id:2)", True),
        ("not id:1 and id:3", True),
        ("(id:3)and(id:3)", True),
    ],
)
def test_meaning(expression, expected):
    assert parse_match(expression)(WINDOW) is expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "got the end"),
        ("and", "got and"),
        ("id:1 or", "got the end"),
        ("id:1 id:2", "unexpected id:2"),
        ("(id:1", "not closed"),
        ("id:1)", r"unexpected \)"),
        ("not", "got the end"),
        ("colour:red", "FIELD is one of id, title"),
        ("title", "FIELD:VALUE"),
        ("id:x", "expected a number"),
        ("pid:-1", "expected a number"),
        ("title:[", r"pattern: a \] is missing"),
        ('title:"', "a quote without an end"),
        ("(" * 60 + "id:1" + ")" * 60, "nested deeper"),
        ("not " * 60 + "id:1", "nested deeper"),
        ("id:1 or " * 200 + "id:1", "longer than"),
    ],
)
def test_what_is_wrong_is_said(expression, reason):
    with pytest.raises(PatternError, match=reason):
        parse_match(expression)
