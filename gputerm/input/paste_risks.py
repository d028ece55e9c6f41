"""What a text can do that whoever pastes it may not see: run at once, hide, read otherwise.

A paste is safe as far as the program is concerned (input/paste.py); this is about the user, who
looks at a web page and not at what its copy holds. What cannot be seen is Unicode's
Default_Ignorable_Code_Point [DerivedCoreProperties.txt], the line separators and annotations; what
turns the order of the text are the bidirectional embeddings, overrides and isolates [UAX #9 2],
known from CVE-2021-42574.
"""

from __future__ import annotations

import re

from gputerm.input.paste import CONTROL
from gputerm.records import Record

#: Characters: a text of more is never pasted by accident unseen, and only so many are looked at.
LARGE = 1 << 16

_REORDERING = "\u202a-\u202e\u2066-\u2069"

#: Joiners, direction marks, variation selectors: scripts and emoji need them after a character
#: beyond ASCII.
_MODIFIERS = "\u034f\u061c\u180b-\u180d\u180f\u200c-\u200f\ufe00-\ufe0f\U000e0100-\U000e01ef"

_ALWAYS_HIDDEN = (
    "\u00ad\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff"
    "\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff"
)

#: Hidden characters that belong to an emoji: a flag of a part of a country, a key's cap.
_EMOJI = "(\U0001f3f4[\U000e0020-\U000e007f]+|[0-9#*]\ufe0f\u20e3)"
_AFTER_ASCII = r"(?<![^\x00-\x7f])"

#: (1) what belongs to an emoji; (2) what is hidden.
_HIDDEN = re.compile(f"{_EMOJI}|({_AFTER_ASCII}[{_MODIFIERS}]|[{_ALWAYS_HIDDEN}])")
_TURNED = re.compile(f"[{_REORDERING}]")
#: (1) what belongs to an emoji; else what is hidden or turns, and would be if that before it went.
_UNSEEN = re.compile(
    f"{_EMOJI}|{_AFTER_ASCII}[{_MODIFIERS}{_ALWAYS_HIDDEN}{_REORDERING}]+"
    f"|[{_ALWAYS_HIDDEN}{_REORDERING}]"
)
_LINE_ENDS = re.compile(r"\r\n|\n|\r")


class PasteRisks(Record):
    """How many of each there are; of a large text, as far as it was looked at."""

    line_ends: int = 0  #: which act as the Enter key, since the program didn't set mode 2004
    controls: int = 0  #: pasted as spaces
    reordering: int = 0  #: characters that turn the order in which others are shown
    hidden: int = 0  #: characters that can't be seen
    large: bool = False

    def __bool__(self) -> bool:
        return self != _NONE


_NONE = PasteRisks()


def paste_risks(text: str, *, bracketed: bool) -> PasteRisks:
    """What speaks against pasting `text` unasked. False when nothing does."""
    start = text[:LARGE]
    plain = start.isascii()
    return PasteRisks(
        line_ends=0 if bracketed else len(_LINE_ENDS.findall(start)),
        controls=len(CONTROL.findall(start)),
        reordering=0 if plain else len(_TURNED.findall(start)),
        hidden=0 if plain else sum(bool(hidden) for _, hidden in _HIDDEN.findall(start)),
        large=len(text) > LARGE,
    )


def tamed(text: str, *, bracketed: bool) -> str:
    """`text` with nothing in it that isn't seen; in one line, unless the program takes lines."""
    text = _UNSEEN.sub(lambda found: found[1] or "", text)
    if bracketed:
        return text
    lines = (line.strip(" \t") for line in _LINE_ENDS.split(text))
    return " ".join(line for line in lines if line)
