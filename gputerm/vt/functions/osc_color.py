"""The colour commands: OSC 4, 5, 10-19, 21 and the resets 104, 105, 110-119.

Setting changes the palette; asking (`?`) is answered with the colour in use, in the form and with
the terminator of the question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.vt import palette as p
from gputerm.vt import report
from gputerm.vt.core.budget import ITEM
from gputerm.vt.events import PaletteChanged
from gputerm.vt.functions.color_spec import format_color, parse_color
from gputerm.vt.functions.osc_text import decimal

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.vt.machine import Machine

#: OSC number -> what it colours
DYNAMIC_NAMES = {
    10: "foreground",
    11: "background",
    12: "cursor",
    13: "pointer foreground",
    14: "pointer background",
    15: "Tektronix foreground",
    16: "Tektronix background",
    17: "selection background",
    18: "Tektronix cursor",
    19: "selection foreground",
}

MAX_FIELDS = 2 * (256 + p.SPECIAL_COUNT)  #: every colour with its spec

#: OSC 21's names of what isn't a number. [kitty color-stack]
_KITTY_KEYS = {
    "foreground": p.FOREGROUND,
    "background": p.BACKGROUND,
    "cursor": p.CURSOR,
    "cursor_text": p.CURSOR_TEXT,
    "selection_background": p.SELECTION_BACKGROUND,
    "selection_foreground": p.SELECTION_FOREGROUND,
}


def _fields(rest: bytes) -> list[str]:
    return [field.decode("latin-1") for field in rest.split(b";", MAX_FIELDS)[:MAX_FIELDS]]


def _set_or_answer(
    terminal: Machine, index: int, spec: str, answer: Callable[[str], bytes]
) -> None:
    terminal.spend(ITEM)
    if spec == "?":
        terminal.reply(answer(format_color(terminal.palette.get(index))))
    elif (color := parse_color(spec)) is not None:
        terminal.palette.set(index, color)
        terminal.add(PaletteChanged())


def indexed(terminal: Machine, rest: bytes, terminator: bytes) -> None:
    """OSC 4 — index ; spec pairs; from 256 on the special colours follow."""
    _pairs(terminal, rest, terminator, 4, 256 + p.SPECIAL_COUNT)


def special(terminal: Machine, rest: bytes, terminator: bytes) -> None:
    """OSC 5 — 0 bold, 1 underline, 2 blink, 3 reverse, 4 italic"""
    _pairs(terminal, rest, terminator, 5, p.SPECIAL_COUNT)


def _pairs(terminal: Machine, rest: bytes, terminator: bytes, osc: int, limit: int) -> None:
    fields = _fields(rest)
    for field, spec in zip(fields[::2], fields[1::2], strict=False):
        number = decimal(field, limit)
        if number is None:
            continue

        def answer(text: str, number: int = number) -> bytes:
            return report.color(osc, text, terminator, number)

        _set_or_answer(terminal, _index(osc, number), spec, answer)


def _index(osc: int, number: int) -> int:
    """Where OSC 4's or 5's number lies in the palette."""
    if osc in (5, 105):
        return p.SPECIAL + number
    return number if number < 256 else p.SPECIAL + number - 256


def dynamic(first: int) -> Callable[[Machine, bytes, bytes], None]:
    """OSC 10-19 — one spec, or several for the numbers that follow."""

    def handler(terminal: Machine, rest: bytes, terminator: bytes) -> None:
        for number, spec in zip(range(first, 20), _fields(rest), strict=False):

            def answer(text: str, number: int = number) -> bytes:
                return report.color(number, text, terminator)

            _set_or_answer(terminal, p.DYNAMIC[number], spec, answer)

    handler.__doc__ = f"OSC {first}"
    return handler


def reset_indexed(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 104 — the colours named, or all 256."""
    _reset(terminal, rest, 104, 256 + p.SPECIAL_COUNT, range(256))


def reset_special(terminal: Machine, rest: bytes, _terminator: bytes) -> None:
    """OSC 105"""
    _reset(terminal, rest, 105, p.SPECIAL_COUNT, range(p.SPECIAL, p.SPECIAL + p.SPECIAL_COUNT))


def _reset(terminal: Machine, rest: bytes, osc: int, limit: int, everything: range) -> None:
    fields = _fields(rest)
    terminal.spend(len(fields) * ITEM // 4)
    numbers = [decimal(field, limit) for field in fields]
    indexes = [_index(osc, number) for number in numbers if number is not None]
    terminal.palette.reset(indexes or (everything if not rest else ()))
    terminal.add(PaletteChanged())


def reset_dynamic(number: int) -> Callable[[Machine, bytes, bytes], None]:
    """OSC 110-119"""

    def handler(terminal: Machine, _rest: bytes, _terminator: bytes) -> None:
        terminal.palette.reset([p.DYNAMIC[number - 100]])
        terminal.add(PaletteChanged())

    handler.__doc__ = f"OSC {number}"
    return handler


def kitty(terminal: Machine, rest: bytes, terminator: bytes) -> None:
    """OSC 21 — key=spec fields; key=? asks, key= resets or, for what can be unset, unsets.

    One string answers all questions. Only names and numbers of ours are repeated in it; a question
    about anything else gets no field.
    """
    answers = []
    changed = False
    for field in _fields(rest):
        terminal.spend(ITEM)
        key, equals, spec = field.partition("=")
        number = decimal(key, 256)
        index = number if number is not None else _KITTY_KEYS.get(key)
        if index is None:
            continue
        name = key if number is None else str(number)
        if spec == "?":
            known = terminal.palette.is_set(index)
            answers.append(f"{name}={format_color(terminal.palette.get(index)) if known else ''}")
        elif not spec:
            if equals and index > p.BACKGROUND:
                terminal.palette.set(index, p.UNSET)
            else:
                terminal.palette.reset([index])
            changed = True
        elif (color := parse_color(spec)) is not None:
            terminal.palette.set(index, color)
            changed = True
    if changed:
        terminal.add(PaletteChanged())
    if answers:
        terminal.answer_osc("21;" + ";".join(answers), terminator)
