"""A part of a terminal as HTML: one `<pre>` that needs no style sheet, to paste into a page.

Text, colours, attributes and links that a browser may follow; what blinks stands still.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from gputerm.export.dump import Run, runs
from gputerm.vt.core.cells import (
    BOLD,
    COLOR_KIND,
    COLOR_PALETTE,
    COLOR_RGB,
    DIM,
    HIDDEN,
    INVERSE,
    ITALIC,
    OVERLINE,
    STRIKE,
    UNDERLINE,
    UNDERLINE_SHIFT,
)
from gputerm.vt.palette import BACKGROUND, FOREGROUND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gputerm.export.dump import Part
    from gputerm.vt import Snapshot, Terminal

#: A link is text of the program's; `javascript:` would run in the page it is pasted into.
_SCHEMES = {"http", "https", "ftp", "mailto", "file"}

_UNDERLINES = ("", "solid", "double", "wavy", "dotted", "dashed")  #: by number, SGR 4:n


def html_rows(terminal: Terminal, parts: Sequence[Part]) -> list[str]:
    """Each row as it looks, to stand between the two parts of `html_frame`."""
    snapshot = terminal.snapshot()
    return ["".join(_span(snapshot, run) for run in runs(terminal, snapshot, p)) for p in parts]


def html_frame(terminal: Terminal) -> tuple[str, str]:
    """What stands before and after rows, to show them on the terminal's background."""
    snapshot = terminal.snapshot()
    fg, bg = (_hex(int(snapshot.palette[index])) for index in (FOREGROUND, BACKGROUND))
    if snapshot.reverse:
        fg, bg = bg, fg
    style = f"color:{fg};background:{bg};font-family:monospace"
    return f'<pre style="{style}">', "</pre>"


def _span(snapshot: Snapshot, run: Run) -> str:
    text = escape(run.text, quote=False)
    if style := ";".join(_declarations(snapshot, run)):
        text = f'<span style="{style}">{text}</span>'
    if run.link and _may_follow(run.link.uri):
        text = f'<a href="{escape(run.link.uri)}" style="color:inherit">{text}</a>'
    return text


def _declarations(snapshot: Snapshot, run: Run) -> list[str]:
    """What differs from plain text, as CSS."""
    fg, bg = _css(snapshot, run.fg), _css(snapshot, run.bg)
    if run.attrs & INVERSE:
        fg, bg = (
            bg or _css(snapshot, COLOR_PALETTE | BACKGROUND),
            fg or _css(snapshot, COLOR_PALETTE | FOREGROUND),
        )
    found = [f"{name}:{value}" for name, value in (("color", fg), ("background", bg)) if value]
    switches = (
        (BOLD, "font-weight:bold"),
        (DIM, "opacity:0.66"),
        (ITALIC, "font-style:italic"),
        (HIDDEN, "visibility:hidden"),
    )
    found += [css for bit, css in switches if run.attrs & bit]
    style = (run.attrs & UNDERLINE) >> UNDERLINE_SHIFT
    lines = ["underline"] if style else []
    lines += [css for bit, css in ((STRIKE, "line-through"), (OVERLINE, "overline"))
              if run.attrs & bit]  # fmt: skip
    if lines:
        color = _css(snapshot, run.underline_color) if style else ""
        found.append(f"text-decoration:{' '.join(lines)} {_UNDERLINES[style]} {color}".rstrip())
    return found


def _css(snapshot: Snapshot, word: int) -> str:
    """A colour word of vt/core/cells.py; "" for the default."""
    if word & COLOR_KIND == COLOR_PALETTE:
        return _hex(int(snapshot.palette[word & 0x1FF]))
    return _hex(word) if word & COLOR_KIND == COLOR_RGB else ""


def _hex(rgb: int) -> str:
    return f"#{rgb & 0xFFFFFF:06x}"


def _may_follow(uri: str) -> bool:
    from urllib.parse import urlsplit

    try:
        return urlsplit(uri).scheme in _SCHEMES
    except ValueError:  # "http://[" is no address.
        return False
