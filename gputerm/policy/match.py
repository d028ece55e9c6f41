"""`--match` and rules of the configuration: which windows are meant, by what they are.

    title:notes                 a regular expression that is found in the title
    cmd:vim and not cwd:/tmp    and binds tighter than or; not tighter than both
    (id:3 or pid:4711)          ids and process ids are compared as numbers
    env:EDITOR=vim              a variable that the window's program was started with
    title:"two words"           quotes keep blanks and brackets together

It parses and compares; what a window is, `facts` tells when asked: the environment of a process is
read only for an expression that needs it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from gputerm.finding.patterns import PatternError, compile_pattern
from gputerm.records import Record


class Facts(Protocol):
    """What can be asked about a window."""

    @property
    def id(self) -> int: ...
    @property
    def pids(self) -> set[int]: ...
    @property
    def title(self) -> str: ...
    @property
    def cwd(self) -> str: ...
    @property
    def command_lines(self) -> list[str]: ...
    @property
    def environment(self) -> Mapping[str, str]: ...


class Known(Record):
    """Facts that needn't be found out."""

    id: int
    pids: set[int]
    title: str
    cwd: str
    command_lines: list[str]
    environment: Mapping[str, str]


Test = Callable[[Facts], bool]

FIELDS = ("id", "title", "pid", "cwd", "cmd", "env")

_TOKEN = re.compile(r"""\s*(?:([()])|((?:[^\s()"']|"[^"]*"|'[^']*')+))""")
MAX_EXPRESSION = 1000  #: characters
MAX_NESTING = 50  #: brackets and nots


def parse_match(expression: str) -> Test:
    """A test for windows. Raises PatternError with what is wrong."""
    if len(expression) > MAX_EXPRESSION:
        raise _refuse(f"longer than {MAX_EXPRESSION} characters")
    parser = _Parser(_tokens(expression))
    test = parser.alternatives(0)
    if parser.token is not None:
        raise _refuse(f"unexpected {parser.token}")
    return test


def _tokens(expression: str) -> list[str]:
    tokens, at = [], 0
    end = len(expression.rstrip())
    while at < end:
        found = _TOKEN.match(expression, at)
        if found is None:
            raise _refuse(f"a quote without an end at character {at + 1}")
        tokens.append(found[1] or found[2])
        at = found.end()
    return tokens


class _Parser:
    """Recursive descent: or, and, not, brackets, FIELD:VALUE."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens[::-1]

    @property
    def token(self) -> str | None:
        """The next one."""
        return self._tokens[-1] if self._tokens else None

    def alternatives(self, depth: int) -> Test:
        tests = [self._conditions(depth)]
        while self._take("or"):
            tests.append(self._conditions(depth))
        return tests[0] if len(tests) == 1 else lambda facts: any(test(facts) for test in tests)

    def _conditions(self, depth: int) -> Test:
        tests = [self._condition(depth)]
        while self._take("and"):
            tests.append(self._condition(depth))
        return tests[0] if len(tests) == 1 else lambda facts: all(test(facts) for test in tests)

    def _condition(self, depth: int) -> Test:
        if depth > MAX_NESTING:
            raise _refuse(f"nested deeper than {MAX_NESTING} levels")
        if self._take("not"):
            refused = self._condition(depth + 1)
            return lambda facts: not refused(facts)
        if self._take("("):
            inner = self.alternatives(depth + 1)
            if not self._take(")"):
                raise _refuse("a bracket is not closed")
            return inner
        if self.token is None or self.token in ("and", "or", ")"):
            raise _refuse(f"expected FIELD:VALUE, got {self.token or 'the end'}")
        return _comparison(self._tokens.pop())

    def _take(self, word: str) -> bool:
        if self.token == word:
            self._tokens.pop()
            return True
        return False


def _comparison(token: str) -> Test:
    field, colon, quoted = token.partition(":")
    if not colon or field not in FIELDS:
        raise _refuse(f"expected FIELD:VALUE, where FIELD is one of {', '.join(FIELDS)}")
    value = re.sub(r"""(["'])(.*?)\1""", r"\2", quoted)
    if field in ("id", "pid"):
        if not re.fullmatch(r"\d{1,10}", value):
            raise _refuse(f"{field}: expected a number")
        number = int(value)
        if field == "id":
            return lambda facts: facts.id == number
        return lambda facts: number in facts.pids
    if field == "env":
        name, _, value = value.partition("=")
        pattern = compile_pattern(value)
        return lambda facts: name in facts.environment and pattern.found_in(facts.environment[name])
    pattern = compile_pattern(value)
    if field == "title":
        return lambda facts: pattern.found_in(facts.title)
    if field == "cwd":
        return lambda facts: pattern.found_in(facts.cwd)
    return lambda facts: any(pattern.found_in(line) for line in facts.command_lines)


def _refuse(why: str) -> PatternError:
    return PatternError(f"match: {why}")
