"""Searching in vi mode: from its cursor on, which moves to the match."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gputerm.view.rows import word_start, word_stop

if TYPE_CHECKING:
    from gputerm.view.view import View
    from gputerm.vt import Point, Terminal


def step(view: View, *, onward: bool) -> None:
    """To the next match in the direction of the search, or to the one before."""
    search = view.search
    forward = search.forward is onward
    search.step(forward=forward, origin=_origin(view, forward=forward))


def to_start(view: View) -> None:
    """To where the match under the cursor begins; from there to the match before."""
    match, point = view.search.focus, view.vi.point
    if match is not None and match.start < point < match.stop:
        view.vi.goto(match.start)
    else:
        view.search.step(forward=False, origin=point)


def to_stop(view: View) -> None:
    """To the last character of the match under the cursor; from there to the next match."""
    match, point = view.search.focus, view.vi.point
    if match is not None and match.start <= point < match.stop:
        view.vi.goto_match(match, at_stop=True)
        if view.vi.point != point:
            return
    view.vi.seeks_stop = True
    view.search.step(forward=True, origin=_origin(view, forward=True))


def look_for_word(view: View, terminal: Terminal, *, forward: bool) -> None:
    """Search for what is selected, else for the word under the cursor."""
    text = view.selected_text()
    if not text:
        point, separators = view.vi.point, view.word_separators
        start = word_start(terminal, point, separators)
        text = terminal.text(start, word_stop(terminal, point, separators))
    if text.strip():
        view.clear_selection()
        origin = _origin(view, forward=forward)
        view.search.look_for(re.escape(text), forward=forward, origin=origin)


def cancel(view: View) -> None:
    """End the search; cursor and viewport are where they were."""
    view.search.go_home()
    view.vi.goto(view.search.origin)
    view.search.end()


def _origin(view: View, *, forward: bool) -> Point:
    line, column = view.vi.point
    return line, column + forward
