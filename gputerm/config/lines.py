"""Where each key of a TOML text stands.

tomllib says what a file means but not where; this says where and nothing else, and so has only to
find keys, brackets and strings. Where a text isn't TOML a place may be wrong, but none raises: an
open string ends with its line, open brackets end with the text.
tests/config/test_lines.py holds it against tomllib: both find the same keys in any document.
"""

import re
import tomllib
from collections.abc import Iterator

Path = tuple[str | int, ...]
Position = tuple[int, int]  #: line and column, both counted from 1; a column is a character

_TOKEN = re.compile(
    r"""
    (?P<skip> [ \t\r]+ | \#[^\n]* )
  | (?P<string> \"{3} (?: \\. | [^\\] )*? (?: \"{3,5} | \Z ) | '{3} .*? (?: '{3,5} | \Z )
              | " (?: \\[^\n] | [^"\\\n] )*+ "? | ' [^'\n]*+ '? )
  | (?P<bare> [^\s\#=\[\]{},.\"']+ )
  | (?P<mark> [\n=\[\]{},.] )
    """,
    re.VERBOSE | re.DOTALL,
)


def key_positions(text: str) -> dict[Path, Position]:
    """Where each key, table and array element first appears."""
    return _Scanner(text).scan()


def words(text: str) -> Iterator[tuple[str, Position]]:
    """All that is neither a comment nor a string, words and marks, each with its position."""
    for token, position in _tokens(text):
        if token[:1] not in ("'", '"'):
            yield token, position


def _tokens(text: str) -> Iterator[tuple[str, Position]]:
    """What matters of a text, each with its position."""
    line, line_start = 1, 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            yield match[0], (line, match.start() - line_start + 1)
        if breaks := match[0].count("\n"):
            line += breaks
            line_start = match.start() + match[0].rindex("\n") + 1
    yield "", (line, len(text) - line_start + 1)


class _Scanner:
    def __init__(self, text: str) -> None:
        self.positions: dict[Path, Position] = {}
        self._elements: dict[Path, int] = {}  # arrays of tables → number of elements so far
        self._tokens = list(_tokens(text))
        self._at = 0

    def scan(self) -> dict[Path, Position]:
        table: Path = ()
        try:
            while (token := self._next()[0]) != "":
                if token == "[":
                    table = self._header()
                elif token != "\n":
                    self._at -= 1
                    self._pair(table)
        except RecursionError:
            pass  # What nests so deep isn't used; what stands above it may be.
        return self.positions

    def _next(self) -> tuple[str, Position]:
        token = self._tokens[self._at]
        if token[0]:  # The end is never passed.
            self._at += 1
        return token

    def _peek(self) -> str:
        return self._tokens[self._at][0]

    def _header(self) -> Path:
        """[table] or [[array of tables]], after the first bracket."""
        is_array = self._peek() == "["
        if is_array:
            self._next()
        path = self._key((), in_header=True)
        position = self._next()[1]  # ]
        if not is_array:
            return self._current(path)
        self._next()
        self._elements[path] = self._elements.get(path, 0) + 1
        path = self._current(path)
        self.positions[path] = position
        return path

    def _pair(self, table: Path) -> None:
        path = self._key(table, in_header=False)
        self._next()  # =
        self._value(path)

    def _key(self, path: Path, *, in_header: bool) -> Path:
        """A dotted key; every part of it is a table or a key that appears here."""
        start = self._tokens[self._at][1]
        while True:
            token = self._next()[0]
            path = (
                (*self._current(path), _unquoted(token)) if in_header else (*path, _unquoted(token))
            )
            self.positions.setdefault(path, start)
            if self._peek() != ".":
                return path
            self._next()

    def _current(self, path: Path) -> Path:
        """Headers reach into the last element of an array of tables."""
        return (*path, self._elements[path] - 1) if path in self._elements else path

    def _value(self, path: Path) -> None:
        token = self._next()[0]
        if token == "[":
            index = 0
            while (token := self._peek()) not in ("]", ""):
                if token in ("\n", ","):
                    self._next()
                    continue
                self.positions[(*path, index)] = self._tokens[self._at][1]
                self._value((*path, index))
                index += 1
            self._next()
        elif token == "{":
            while (token := self._peek()) not in ("}", ""):
                if token in ("\n", ","):
                    self._next()
                else:
                    self._pair(path)
            self._next()
        else:
            # A number or a date may hold dots and a space: 1.5, 1979-05-27 07:32:00.999.
            while self._peek() not in ("\n", ",", "]", "}", ""):
                self._next()


def _unquoted(token: str) -> str:
    """The key a bare or quoted token spells; the token itself if that is no string."""
    if token[:1] == '"':
        try:
            text: str = tomllib.loads(f"key = {token}")["key"]
        except ValueError:
            return token
        return text
    return token.strip("'") if token[:1] == "'" else token
