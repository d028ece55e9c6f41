"""Regular expressions that a caller or the configuration gives: Python's notation, RE2's matching,
which takes time linear in the text whatever the expression.

RE2 has neither lookaround nor references back, and its \\w, \\d, \\s and \\b know ASCII only. So an
expression is translated. Classes become Unicode's categories. For \\b, NULs, which no text here
has, are put where words begin and end, and each character of the expression may have some before
it. What stays different from Python is in docs/ipc.md.

A `Pattern` looks at one text; a `LinePattern` at many lines in one go, as bytes.

The only importer of re2, and not before there is an expression: that takes 9 ms.
[Python's re; RE2's doc/syntax.txt; Unicode Standard, 4.5 General Category]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

__all__ = [
    "MAX_PATTERN",
    "LinePattern",
    "Pattern",
    "PatternError",
    "compile_lines",
    "compile_pattern",
]

MAX_PATTERN = 500  #: characters
MAX_MEMORY = 1 << 20  #: bytes of an expression, compiled, and of what RE2 notes while it matches

#: Words are made of letters, marks, numbers and what connects them; these are the other categories.
_WORD = r"\p{L}\p{M}\p{N}\p{Pc}"
_NO_WORD = r"\x01-\x1f\x7f-\x{9f}\p{Cf}\p{Co}\p{Z}\p{S}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}"
_SPACE = r"\t-\r\x1c-\x1f\x{85}\p{Z}"
_NO_SPACE = r"\x01-\x08\x0e-\x1b\x7f-\x{84}\x{86}-\x{9f}\p{Cf}\p{Co}\p{L}\p{M}\p{N}\p{P}\p{S}"

#: What an escape means by itself, and inside of brackets. None has a NUL.
_CLASSES = {
    "w": (rf"[^\x00{_NO_WORD}]", _WORD),
    "W": (rf"[{_NO_WORD}]", _NO_WORD),
    "d": (r"\p{Nd}", r"\p{Nd}"),
    "D": (r"[^\x00\p{Nd}]", r"\P{Nd}"),
    "s": (rf"[{_SPACE}]", _SPACE),
    "S": (rf"[^\x00{_SPACE}]", _NO_SPACE),
}
_CONTROLS = "afnrtv"

#: Where a word begins or ends. Each \b takes one of the NULs: several may meet there, in one
#: expression or where one match ends and the next begins.
_BOUNDARY_MARK = "\0" * 4

_REFUSED = {
    "(?=": "what follows can't be looked at: match it too",
    "(?!": "what follows can't be excluded: match what may follow instead",
    "(?<=": "what comes before can't be looked at: match it too",
    "(?<!": "what comes before can't be excluded: match what may come before instead",
    "(?P=": "an earlier group can't be matched again: write out what it may be",
    "(?(": "a condition on an earlier group is not possible: write the alternatives",
    "(?>": "there is no need for a group like this: nothing is tried twice",
}
_GROUP = re.compile(r"\(\?(?:P?<\w*>|[A-Za-z-]*[:)])")
_CODE = re.compile(r"(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|x\{(\w{1,8})\})")
_OCTAL = re.compile(r"0[0-7]{0,2}|[1-3][0-7]{2}")
_PROPERTY = re.compile(r"[pP](?:\{[^{}]*\}|\w)")
_COUNTED = re.compile(r"\{(?=\d|,\d)(\d*)(,?)(\d*)\}([?]?)")
_COMMENT = re.compile(r"\(\?#[^)]*\)")
_NAMED = re.compile(r"\[:\^?\w+:\]")
_BOUNDARY = re.compile(r"\b", re.ASCII)


class PatternError(ValueError):
    """What is wrong with an expression, as one line for the user."""


class Pattern:
    """A compiled expression. Searching lets other threads run meanwhile."""

    def __init__(self, compiled: Any, *, bounded: bool) -> None:
        self._compiled = compiled
        self._bounded = bounded  # it has a \b
        self._size: int = compiled.programsize

    def effort(self, text: str) -> int:
        """How many steps a search of `text` takes at most, each of some nanoseconds; in practice
        it is a step for each character.
        """
        return self._size * len(text) * (1 + len(_BOUNDARY_MARK) * self._bounded)

    def found_in(self, text: str) -> bool:
        """Whether it matches somewhere."""
        return self._compiled.search(self._encoded(text)) is not None

    def first(self, text: str) -> str | None:
        """What it matches first."""
        found = self._compiled.search(self._encoded(text))
        return None if found is None else _decoded(found[0])

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it matches something: (start, stop) in characters."""
        data = self._encoded(text)
        place = counted = 0  # the same place in bytes and in characters
        for found in self._compiled.finditer(data):
            start, stop = found.span()
            if not data[start:stop].strip(b"\0"):
                continue  # nothing, or a boundary
            first = counted + len(_decoded(data[place:start]))
            place, counted = stop, first + len(_decoded(data[start:stop]))
            yield first, counted

    def _encoded(self, text: str) -> bytes:
        # A file name that isn't UTF-8 has surrogates.
        return (_bounded(text) if self._bounded else text).encode(errors="surrogatepass")


class LinePattern:
    """A compiled expression for lines of UTF-8, each ended by a line feed. A match is in one line,
    which is all the text there is for it. Searching lets other threads run meanwhile.
    """

    def __init__(self, compiled: Any, marked: Any = None) -> None:
        """`marked` is for lines of which `compiled` can't tell where words end, with marks."""
        self._compiled = compiled
        self._marked = marked
        #: how many steps a search takes at most for each byte; see Pattern.effort
        self.size: int = compiled.programsize

    def spans(self, text: bytes) -> Iterator[tuple[int, int]]:
        """Where it matches: (start, stop) in bytes. Where that is nothing, start is stop; there are
        more of these where each line takes long.
        """
        if self._marked is None or text.isascii():
            return (found.span() for found in self._compiled.finditer(text))
        return self._spans_of_lines(text)

    def _spans_of_lines(self, text: bytes) -> Iterator[tuple[int, int]]:
        at = 0
        for line in text.split(b"\n"):
            if line.isascii():
                for found in self._compiled.finditer(line):
                    yield at + found.start(), at + found.end()
            else:
                marked, place, counted = _bounded(line.decode()).encode(), 0, at
                for found in self._marked.finditer(marked):
                    start, stop = found.span()
                    first = counted + start - place - marked.count(b"\0", place, start)
                    place, counted = stop, first + stop - start - marked.count(b"\0", start, stop)
                    yield first, counted
                yield at, at
            at += len(line) + 1


@lru_cache(maxsize=64)
def compile_pattern(pattern: str, *, ignore_case: bool = False, multiline: bool = False) -> Pattern:
    """The pattern, where `^` and `$` may mean each line. Raises PatternError."""
    translation = _Translation(pattern)
    text = "(?m)" * multiline + translation.text
    return Pattern(_compile(pattern, text, ignore_case=ignore_case), bounded=translation.bounded)


@lru_cache(maxsize=64)
def compile_lines(pattern: str, *, ignore_case: bool = False) -> LinePattern:
    """The pattern for lines. Raises PatternError."""
    plain = _Translation(pattern, lines=True, marks=False)
    compiled = _compile(pattern, plain.text, ignore_case=ignore_case, never_nl=True)
    if not plain.bounded:
        return LinePattern(compiled)
    marked = _Translation(pattern)  # for one line at a time
    return LinePattern(compiled, _compile(pattern, marked.text, ignore_case=ignore_case))


def _compile(pattern: str, text: str, *, ignore_case: bool, never_nl: bool = False) -> Any:
    """What RE2 makes of `text`, the translation of a pattern."""
    import re2  # only who gives an expression waits for it

    options = re2.Options()
    options.log_errors = False  # They would be on standard error.
    options.max_mem = MAX_MEMORY
    options.never_capture = True
    options.case_sensitive = not ignore_case
    options.never_nl = never_nl
    try:
        return re2.compile(text.encode(), options)
    except UnicodeEncodeError:
        raise _refuse("half of a surrogate pair") from None
    except re2.error as error:
        raise _refuse(_reason(error, pattern)) from None
    finally:
        re2.purge()  # or it would keep 128 more


class _Translation:
    """An expression in RE2's notation: `text`. Raises PatternError.

    `lines`: the ends of the text are those of each line. `marks`: texts are marked where words
    begin and end, if the expression asks for that; else RE2 finds it out, for ASCII.
    """

    def __init__(self, pattern: str, *, lines: bool = False, marks: bool = True) -> None:
        if len(pattern) > MAX_PATTERN:
            raise _refuse(f"longer than {MAX_PATTERN} characters")
        self._pattern = pattern
        self._lines = lines
        self._marked = False
        self.bounded = False  #: it has a \b
        self.text = self._whole()
        if self.bounded and marks:
            self._marked = True
            self.text = self._whole()

    def _whole(self) -> str:
        self._at = 0
        parts = []
        while self._at < len(self._pattern):
            parts.append(self._next())
        return "".join(parts)

    def _next(self) -> str:
        char = self._pattern[self._at]
        if char == "\\":
            return self._escape()
        if char == "[":
            return self._one(self._brackets())
        if char == "(":
            return self._group()
        if (counted := self._take(_COUNTED)) is not None:
            return f"{{{counted[1] or 0}{counted[2]}{counted[3]}}}{counted[4]}"
        self._at += 1
        if char == "$":
            return self._end("(?m:$)" if self._lines else "$")
        if char == "^" and self._lines:
            return "(?m:^)"
        if char in "*+?|)^":
            return char
        if char == ".":
            return self._one(r"[^\x00\n]" if self._marked else ".")
        return self._one(_literal(char))

    def _one(self, character: str) -> str:
        """What stands for one character of the text."""
        return rf"(?:\x00*{character})" if self._marked else character

    def _end(self, anchor: str) -> str:
        return rf"\x00*{anchor}" if self._marked else anchor

    def _group(self) -> str:
        for opening, why in _REFUSED.items():
            if self._pattern.startswith(opening, self._at):
                raise _refuse(f"{opening} … ): {why}")
        if self._take(_COMMENT) is not None:
            return ""
        if (group := self._take(_GROUP)) is not None:
            return group[0]
        self._at += 1
        return "("

    def _escape(self) -> str:
        escaped = self._escaped()
        match escaped:
            case "b":
                self.bounded = True
                return r"\x00" if self._marked else r"\b"
            case "A":
                return "(?m:^)" if self._lines else r"\A"
            case "B":
                return r"\B"
            case "Z" | "z":
                return self._end("(?m:$)" if self._lines else r"\z")
        return self._one(_CLASSES[escaped][0] if escaped in _CLASSES else escaped)

    def _brackets(self) -> str:
        """A class of characters."""
        self._at += 1
        inside: list[str] = []
        negated = self._pattern.startswith("^", self._at)
        self._at += negated
        while not self._pattern.startswith("]", self._at) or not inside:
            if self._at >= len(self._pattern):
                raise _refuse("a ] is missing")
            if (named := self._take(_NAMED)) is not None:
                inside.append(named[0])
            elif (char := self._pattern[self._at]) == "\\":
                escaped = self._escaped()
                if escaped in ("A", "B", "Z", "z"):
                    raise _refuse(rf"\{escaped} between brackets")
                part = r"\x08" if escaped == "b" else escaped
                inside.append(_CLASSES[part][1] if part in _CLASSES else part)
            else:
                self._at += 1
                at_edge = not inside or self._pattern.startswith("]", self._at)
                inside.append("-" if char == "-" and not at_edge else _literal(char))
        self._at += 1
        return f"[^\\x00{''.join(inside)}]" if negated else f"[{''.join(inside)}]"

    def _escaped(self) -> str:
        """What a backslash makes of what follows: a letter that stands for more than a character
        or for a place, else RE2's words for the character.
        """
        self._at += 1
        if self._at >= len(self._pattern):
            raise _refuse("a backslash at the end")
        if (code := self._take(_CODE)) is not None:
            return rf"\x{{{next(filter(None, code.groups()))}}}"
        if (code := self._take(_OCTAL)) is not None:
            return rf"\x{{{int(code[0], 8):x}}}"
        if (named := self._take(_PROPERTY)) is not None:
            return rf"\{named[0]}"
        char = self._pattern[self._at]
        self._at += 1
        if char.isascii() and char.isdigit():
            raise _refuse(rf"\{char}: an earlier group can't be matched again")
        if char in _CONTROLS:
            return rf"\{char}"
        if char in _CLASSES or char in "bBAZz":
            return char
        if char.isascii() and char.isalpha():
            raise _refuse(rf"\{char} means nothing")
        return _literal(char)

    def _take(self, form: re.Pattern[str]) -> re.Match[str] | None:
        """What stands here, if it has this form, and go behind it."""
        found = form.match(self._pattern, self._at)
        if found is not None:
            self._at = found.end()
        return found


def _literal(char: str) -> str:
    return char if char.isalnum() or char.isspace() else rf"\x{{{ord(char):x}}}"


def _bounded(text: str) -> str:
    """The text with marks where words begin and end."""
    if text.isascii():
        return _BOUNDARY.sub(_BOUNDARY_MARK, text)
    parts, place = [], 0
    for start, stop in compile_pattern(r"\w+").spans(text):
        parts += [text[place:start], _BOUNDARY_MARK, text[start:stop], _BOUNDARY_MARK]
        place = stop
    return "".join([*parts, text[place:]])


def _decoded(data: bytes) -> str:
    return data.replace(b"\0", b"").decode(errors="surrogatepass")


def _reason(error: Exception, pattern: str) -> str:
    """RE2's words, without what a translation has made of the pattern."""
    what, _, where = error.args[0].decode(errors="replace").partition(": ")
    if what.startswith("pattern too large"):
        return "too large"
    return f"{what}: {where}" if where and where in pattern and where.isprintable() else what


def _refuse(why: str) -> PatternError:
    return PatternError(f"pattern: {why}")
