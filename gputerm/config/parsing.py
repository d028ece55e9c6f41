"""A TOML text → its values, and what of it can be used when it isn't TOML.

A mistake costs the table that it stands in, not the file. Where the whole can't be parsed, the text
is cut at its table headers and parsed piece by piece. [TOML 1.0.0]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gputerm.config.problem import Source, dotted
from gputerm.records import Record

if TYPE_CHECKING:
    from gputerm.config.lines import Position

__all__ = ["Parsed", "parse"]

MAX_PIECES = 2_000  #: Nobody has so many tables; more are a file of another kind.
MAX_JOINED = 8  #: a header within a value's lines splits a piece; so many are tried together

Path = tuple[str, ...]

_HEADER = re.compile(r"(?:\[|[ \t]+\[\[?[ \t]*[\w.\"' \t-]+\]\]?[ \t]*(?:#.*)?$)")
_NAMES = re.compile(r"[ \t]*\[(\[?)([^\]#]*)")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


class Parsed(Record):
    """What a text sets."""

    values: dict[str, Any]
    lost: tuple[Path, ...] = ()  #: tables that can't be read; () among them: what is in none


def parse(source: Source, otherwise: str) -> Parsed:
    """The values of a text. What is wrong goes to `source.problems`.

    `otherwise` completes the sentence about what can't be read: "is ignored".
    """
    text = source.text
    try:
        return Parsed(tomllib.loads(text))
    except RecursionError:
        source.report((None, None), "", f"nested too deep; the file {otherwise}")
        return Parsed({}, ((),))
    except ValueError:  # also of int(), which tomllib leaves as it is
        pass
    pieces = list(_pieces(text))
    if len(pieces) > MAX_PIECES:
        position, message = _explain(text, 0)
        source.report(position, "", f"{message}; the file {otherwise}")
        return Parsed({}, ((),))
    return _by_pieces(source, pieces, otherwise)


def _explain(text: str, lines_before: int) -> tuple[Position | tuple[None, None], str]:
    from gputerm.config.mistakes import explain  # few files have any

    return explain(text, lines_before)


class _Piece(Record):
    """Some lines, of which the first is a header; the first piece of all has none."""

    first: int  #: index of its first line
    path: Path  #: the table that it is about
    is_element: bool  #: of an array of tables
    text: str


def _pieces(text: str) -> Iterator[_Piece]:
    lines = text.split("\n")
    starts = [0, *(i for i, line in enumerate(lines) if i and _HEADER.match(line))]
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        header = _NAMES.match(lines[start])
        path = tuple("".join(part) for part in _PART.findall(header[2])) if header else ()
        yield _Piece(start, path, bool(header and header[1]), "\n".join(lines[start:stop]))


def _by_pieces(source: Source, pieces: list[_Piece], otherwise: str) -> Parsed:
    values: dict[str, Any] = {}
    lost: list[Path] = []
    elements_lost: Path | None = None  # What follows belongs to an element that isn't there.
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        parsed, count = _joined(pieces[at : at + MAX_JOINED])
        at += count
        if elements_lost is not None and _is_below(piece.path, elements_lost):
            continue
        elements_lost = None
        conflict = parsed is not None and _merge(values, parsed)
        if parsed is not None and not conflict:
            continue
        if parsed is None:
            position, message = _explain(piece.text, piece.first)
        else:
            position, message = (piece.first + 1, 1), f"{conflict} is set twice"
        name = f"[{dotted(piece.path)}]" if piece.path else "what is in no table"
        source.report(position, "", f"{message}; {name} {otherwise}")
        lost.append(piece.path)
        if piece.is_element:
            elements_lost = piece.path
    return Parsed(values, tuple(lost))


def _is_below(path: Path, table: Path) -> bool:
    return len(path) > len(table) and path[: len(table)] == table


def _joined(pieces: list[_Piece]) -> tuple[dict[str, Any] | None, int]:
    """What the first pieces say, as few as can be parsed, and how many; else None and the first."""
    text = ""
    for count, piece in enumerate(pieces, 1):
        text += piece.text + "\n"
        try:
            return tomllib.loads(text), count
        except (ValueError, RecursionError):
            continue
    return None, 1


def _merge(values: dict[str, Any], more: dict[str, Any], path: Path = ()) -> str:
    """Add the values of another piece; the key that both have, or ""."""
    for name, value in more.items():
        old = values.get(name)
        if isinstance(old, list) and old and isinstance(old[-1], dict) and isinstance(value, dict):
            old = old[-1]  # A table within the last element of an array of tables.
        if old is None:
            values[name] = value
        elif isinstance(old, dict) and isinstance(value, dict):
            if conflict := _merge(old, value, (*path, name)):
                return conflict
        elif isinstance(old, list) and isinstance(value, list):
            old += value
        else:
            return dotted((*path, name))
    return ""
