"""What the user looks at and points to, without pixels: viewport, selection, links, overlay."""

from gputerm.view.overlay import INVERT, NO_OVERLAY, Overlay, Span
from gputerm.view.selection import SEPARATORS, Range, Selection, SelectionKind, Side
from gputerm.view.view import View
from gputerm.view.viewport import Viewport

__all__ = [
    "INVERT",
    "NO_OVERLAY",
    "SEPARATORS",
    "Overlay",
    "Range",
    "Selection",
    "SelectionKind",
    "Side",
    "Span",
    "View",
    "Viewport",
]
