"""Pasted text to bytes, in a form that cannot act on the program before the user does.

Whatever comes from a clipboard was written by somebody else. Control characters in it would be
key presses to a shell (^C, ^U, ^V …), and ESC [ 201 ~ would end a bracketed paste early; so every
one of them but tab, line feed and carriage return becomes a space, in bracketed pastes too. That
is xterm's and ghostty's list made complete: C1 controls go as well, U+009B being CSI. As each
character is replaced for itself, nothing new can come together from what is left.
"""

from __future__ import annotations

import re

PASTE_START = b"\x1b[200~"
PASTE_END = b"\x1b[201~"

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile(r"\r\n|\n")


def encode_paste(text: str, bracketed: bool) -> bytes:
    """`text` as the program reads it, between CSI 200 ~ and CSI 201 ~ when it set mode 2004.

    Without brackets each line end is a carriage return, which is what the Enter key sends.
    """
    safe = CONTROL.sub(" ", text)
    if not bracketed:
        return _LINE_END.sub("\r", safe).encode(errors="replace")
    return PASTE_START + safe.encode(errors="replace") + PASTE_END
