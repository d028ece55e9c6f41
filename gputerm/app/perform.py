"""What bindings do in a window: its actions, texts to send, programs to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.actions import Action
from gputerm.input import Deed, RunCommand, SendChars
from gputerm.policy.privileges import Trust

if TYPE_CHECKING:
    from gputerm.app.window import TerminalWindow


def perform(window: TerminalWindow, deed: Deed) -> None:
    """Carry out what a binding asks for."""
    match deed:
        case SendChars(text):
            window.session.send(text.encode("utf-8", "surrogatepass"))
        case RunCommand(program, args):
            window.run((program, *args))
        case Action():
            _act(window, deed)


def _act(window: TerminalWindow, action: Action) -> None:
    session, viewport = window.session, window.session.viewport
    match action:
        case Action.COPY:
            window.copy(primary=False)
        case Action.COPY_SELECTION:
            window.copy(primary=True)
        case Action.PASTE:
            window.paste(primary=False)
        case Action.PASTE_SELECTION:
            window.paste(primary=True)
        case Action.CLEAR_SELECTION:
            session.selection = None
        case Action.INCREASE_FONT_SIZE | Action.DECREASE_FONT_SIZE:
            step = 1 if action is Action.INCREASE_FONT_SIZE else -1
            pixel = 72 / 96 / window.native.scale
            window.set_font_size((round(window.font_size / pixel) + step) * pixel)
        case Action.RESET_FONT_SIZE:
            window.set_font_size(window.config.font.size)
        case Action.SCROLL_PAGE_UP:
            viewport.scroll_pages(1)
        case Action.SCROLL_PAGE_DOWN:
            viewport.scroll_pages(-1)
        case Action.SCROLL_HALF_PAGE_UP:
            viewport.scroll_half_pages(1)
        case Action.SCROLL_HALF_PAGE_DOWN:
            viewport.scroll_half_pages(-1)
        case Action.SCROLL_LINE_UP:
            viewport.scroll_lines(1)
        case Action.SCROLL_LINE_DOWN:
            viewport.scroll_lines(-1)
        case Action.SCROLL_TO_TOP:
            viewport.to_top()
        case Action.SCROLL_TO_BOTTOM:
            viewport.to_bottom()
        case Action.CLEAR_HISTORY:
            session.terminal.clear_history()
        case Action.CLEAR_LOG_NOTICE:
            window.clear_messages()
        case Action.CREATE_NEW_WINDOW:
            window.open_another()
        case Action.SPAWN_NEW_INSTANCE:
            window.spawn_instance()
        case Action.TOGGLE_FULLSCREEN:
            window.native.set_fullscreen(not window.native.fullscreen)
        case Action.TOGGLE_MAXIMIZED:
            window.native.set_maximized(not window.native.maximized)
        case Action.MINIMIZE:
            window.native.minimize()
        case Action.DISTRUST:
            window.trust = Trust.UNTRUSTED
        case Action.QUIT:
            window.close_requested()
        case Action.EXPAND_SELECTION | Action.NONE | Action.RECEIVE_CHAR:
            pass
