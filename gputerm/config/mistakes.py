"""What is wrong with a text that isn't TOML, in words that help: the parser's own don't.

tomllib says where it gave up. The line there says more often than not what the writer meant: YAML,
JSON, text without quotes. [TOML 1.0.0]
"""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from gputerm.config.lines import words
from gputerm.config.problem import shown

if TYPE_CHECKING:
    from gputerm.config.lines import Position

__all__ = ["explain"]

_YAML = re.compile(r"\s*(?:- )?([\w.-]+):(?:\s+(.*\S))?\s*$")
_BARE_VALUE = re.compile(r"\s*[\w.\"'-]+\s*=\s*([^\s\"'\[{][^#]*?)\s*(?:#.*)?$")
_CAPITAL = re.compile(r"\s*[\w.\"'-]+\s*=\s*(True|False|TRUE|FALSE|yes|no|on|off|Yes|No|On|Off)\b")
_NO_EQUALS = re.compile(r"\s*([\w.-]+)\s+[^=\s]")
_ESCAPED = re.compile(r"\"[^\"]*\\[^\"btnfruU\\][^\"]*\"?")
_COMMA = re.compile(r"[^\[{]*=.*,\s*(?:#.*)?$")
_QUOTES = "“”„‘’«»"

#: What tomllib says, by how that begins, in other words.
_MESSAGES = {
    "Invalid value": "a value is missing or isn't one",
    "Expected '=' after a key": 'expected KEY = VALUE, with a "="',
    "Expected newline or end of document": "expected the end of the line after a value",
    "Unclosed array": "an array isn't closed: a ] is missing",
    "Unclosed inline table": "a table isn't closed: a } is missing",
    "Expected ']'": "a table's name isn't closed: a ] is missing",
    "Expected ']]'": "a name of [[…]] isn't closed: ]] is missing",
    "Unterminated string": "text isn't closed: a quotation mark is missing",
    'Expected "\'"': "text isn't closed: a ' is missing",
    "Illegal character '\\n'": "text isn't closed: a quotation mark is missing",
    "Unescaped '\\\\' in a string": "a backslash in \"…\" begins an escape: write it in '…'",
    "Cannot declare": "a table is there twice",
    "Cannot overwrite a value": "a key is set twice",
    "Cannot mutate immutable namespace": "a table that was closed is set again",
    "Invalid initial character": "a key can't begin like this",
    "Invalid statement": "expected KEY = VALUE or [table]",
    "Duplicate inline table key": "a key is set twice",
    "Invalid hex value": "a backslash in \"…\" begins an escape: write it in '…'",
    "Illegal character": "a control character isn't allowed here",
}


def explain(text: str, lines_before: int) -> tuple[Position | tuple[None, None], str]:
    """Where a text that isn't TOML is wrong, and what is. It begins below so many lines."""
    try:
        tomllib.loads(text)
        raise AssertionError("this is TOML")
    except tomllib.TOMLDecodeError as error:
        what, (line, column) = _place(str(error), text)
    except RecursionError:
        return (None, None), "nested too deep"
    except ValueError:
        (line, column), what = _too_long_number(text)
        return (line + lines_before, column), what
    lines = text.split("\n")
    # What isn't closed is noticed in the line below.
    wrong = lines[line - 1] if line <= len(lines) else ""
    message = _meant(wrong, text) or _in_our_words(what)
    quoted = shown(wrong.strip())[1:-1]
    return (line + lines_before, column), f"{message}: {quoted}" if quoted else message


def _meant(line: str, text: str) -> str | None:
    """What the line looks like, if that is something else than TOML."""
    if any(quote in line for quote in _QUOTES):
        return 'quotation marks must be straight: "…"'
    if text.lstrip().startswith("{"):
        return 'this is JSON; TOML has [table] and KEY = "VALUE"'
    if match := _YAML.match(line):
        return f"this is YAML; TOML has {match[1]} = {match[2] or '…'}, and [table] above"
    if match := _CAPITAL.match(line):
        meant = "true" if match[1].lower() in ("true", "yes", "on") else "false"
        return f"write {meant}"
    if _COMMA.match(line):
        return "no comma after a value"
    if _ESCAPED.search(line):
        return "a backslash in \"…\" begins an escape: write it in '…'"
    if (match := _BARE_VALUE.match(line)) and match[1][0].isalpha():
        return f'text needs quotation marks: "{shown(match[1])[1:-1]}"'
    if _NO_EQUALS.match(line) and "=" not in line:
        return 'expected KEY = VALUE, with a "="'
    return None


def _in_our_words(what: str) -> str:
    return next((ours for theirs, ours in _MESSAGES.items() if what.startswith(theirs)), what)


def _place(message: str, text: str) -> tuple[str, Position]:
    """tomllib's "What (at line 3, column 7)" → ("What", (3, 7)). Only 3.14's has attributes."""
    what, _, where = message.rpartition(" (at ")
    if match := re.match(r"line (\d+), column (\d+)", where):
        return what, (int(match[1]), int(match[2]))
    end = text.rstrip("\n")  # "(at end of document)"
    return what, (end.count("\n") + 1, len(end) - end.rfind("\n"))


def _too_long_number(text: str) -> tuple[Position, str]:
    """Where a number stands that int() refuses, and what to say. [sys.int_info]"""
    import sys

    limit = sys.get_int_max_str_digits()
    long = (word for word in words(text) if len(word[0]) > limit)
    digits = (at for word, at in long if word.strip("+-").replace("_", "").isdigit())
    return next(digits, (1, 1)), f"a number of more than {limit} digits"
