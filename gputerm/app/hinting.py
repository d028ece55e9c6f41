"""What is done with what a hint has found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.input import RunCommand
from gputerm.view import SelectionKind, Side

if TYPE_CHECKING:
    from gputerm.app.interfaces import PaneWindow
    from gputerm.view.hints import HintTarget

_NOT_TRUSTED = "this is not handed on: its window is not trusted"


def act(window: PaneWindow, target: HintTarget) -> None:
    """The user has chosen it, by its label or with the mouse."""
    text, view = target.text, window.pane.view
    match target.hint.does:
        case RunCommand(program, args):
            if window.pane.may_open_link(text):
                window.desktop.run((program, *args, text))
            else:
                window.advise(_NOT_TRUSTED)
        case "Open":
            window.desktop.open_link(text)
        case "Copy":
            window.owner.display.set_clipboard(text, primary=False)
        case "Paste":
            window.desktop.drop(text, is_file=False)
        case "Select":
            line, column = target.match.stop
            view.select(SelectionKind.SIMPLE, target.match.start, Side.LEFT)
            view.extend_selection((line, column - 1), Side.RIGHT)
            window.desktop.selected()
        case "MoveViModeCursor":
            window.finding.have_line_indicator(view)
            if not view.in_vi_mode:
                view.toggle_vi_mode()
            view.vi.goto(target.match.start)


def open_at_vi_cursor(window: PaneWindow) -> None:
    """Do it for what is under the cursor of vi mode."""
    pane = window.pane
    if pane.view.in_vi_mode:
        snapshot, (line, column) = pane.view.snapshot(), pane.view.vi.point
        target = window.finding.at(pane, snapshot, (line - snapshot.top, column))
        if target is not None:
            act(window, target)
