"""Cells as a test asks for them: the character and how it looks, by the names of the JSON document.

Reads rows of the document (export/dump.py), so that there is one account of what a cell is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gputerm.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Cell", "cell_of"]


class Cell(Record):
    """One cell. A blank is a space; the right half of a wide character is "", with its look."""

    char: str = " "
    width: int = 1  #: columns of the character
    fg: int | str | None = None  #: None: the default; index of the palette; or "#rrggbb"
    bg: int | str | None = None
    rgb_fg: str = ""  #: the colours as they are shown, "#rrggbb"; inverse isn't applied
    rgb_bg: str = ""
    attributes: frozenset[str] = frozenset()  #: bold, dim, italic, blink, inverse, strike …
    underline: str | None = None  #: single, double, curly, dotted, dashed
    underline_color: int | str | None = None
    link: str | None = None  #: the URI

    @property
    def style(self) -> Cell:
        """The look without the character: cells are compared by it."""
        return self.replace(char="", width=0)


def cell_of(row: Mapping[str, Any], column: int, rgb: list[str]) -> Cell:
    """The cell of a row of the document; `rgb` are the palette's colours as "#rrggbb"."""
    default_fg, default_bg = rgb[256], rgb[257]
    for run in row["runs"]:
        characters = run.get("cells") or list(run["text"])
        width = run.get("width", 1)
        offset = column - run["column"]
        if not 0 <= offset < len(characters) * width:
            continue
        fg, bg = run.get("fg"), run.get("bg")
        return Cell(
            "" if offset % width else characters[offset // width],
            width,
            fg,
            bg,
            _shown(fg, rgb, default_fg),
            _shown(bg, rgb, default_bg),
            frozenset(run.get("attributes", ())),
            run.get("underline"),
            run.get("underline_color"),
            run["link"]["uri"] if "link" in run else None,
        )
    return Cell(rgb_fg=default_fg, rgb_bg=default_bg)


def _shown(color: int | str | None, rgb: list[str], default: str) -> str:
    if color is None:
        return default
    return rgb[color] if isinstance(color, int) else color
