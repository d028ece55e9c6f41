"""OSC 99: kitty's desktop notifications, which may come in several pieces.

    OSC 99 ; key=value:key=value ; payload ST

Keys used: i id, d 0 = more to come, e 1 = base64, p what the payload is, u urgency, o when to show.
An unfinished one is kept under its id; both their number and their size are bounded.
(sw.kovidgoyal.net/kitty/desktop-notifications)
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from gputerm.vt.events import Notify, NotifyClosed, Urgency
from gputerm.vt.functions.osc_text import clean

if TYPE_CHECKING:
    from gputerm.vt.machine import Machine

MAX_TEXT = 1024
MAX_PENDING = 8
_ID = re.compile(r"[A-Za-z0-9_+.-]{1,64}")
_ONLY_WHEN = ("always", "unfocused", "invisible")


def notification(terminal: Machine, rest: bytes, terminator: bytes) -> None:
    """OSC 99"""
    metadata, semicolon, payload = rest.partition(b";")
    if not semicolon:
        return
    keys = dict.fromkeys("idepuo", "")
    for item in metadata.decode("latin-1").split(":", 32)[:32]:
        key, _, value = item.partition("=")
        keys[key] = value
    identifier = keys["i"] if _ID.fullmatch(keys["i"]) else ""
    kind = keys["p"] or "title"
    if kind == "?":
        _answer_support(terminal, identifier, terminator)
    elif kind == "close":
        if identifier:
            terminal.add(NotifyClosed(identifier))
    elif kind in ("title", "body"):
        _piece(terminal, identifier, kind, keys, payload)


def _answer_support(terminal: Machine, identifier: str, terminator: bytes) -> None:
    terminal.answer_osc(
        f"99;i={identifier or '0'}:p=?;p=title,body,close,?:o=always,unfocused,invisible:u=0,1,2",
        terminator,
    )


def _piece(
    terminal: Machine, identifier: str, kind: str, keys: dict[str, str], payload: bytes
) -> None:
    if keys["e"] == "1":
        try:
            payload = base64.b64decode(payload + b"=" * (-len(payload) % 4), validate=True)
        except (binascii.Error, ValueError):
            return
    waiting = terminal.notifications
    told = waiting.pop(identifier, None) or Notify("", "", identifier)
    text = ((told.title if kind == "title" else told.body) + clean(payload, MAX_TEXT))[:MAX_TEXT]
    told = told.replace(title=text) if kind == "title" else told.replace(body=text)
    if keys["u"] in ("0", "1", "2"):
        told = told.replace(urgency=Urgency(int(keys["u"])))
    if keys["o"] in _ONLY_WHEN:
        told = told.replace(only_when=keys["o"])
    if keys["d"] == "0":
        waiting[identifier] = told
        while len(waiting) > MAX_PENDING:
            del waiting[next(iter(waiting))]
    elif told.title or told.body:
        terminal.add(told)
