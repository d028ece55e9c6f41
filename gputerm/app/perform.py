"""What bindings do in a window: its actions, texts to send, programs to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.actions import Action
from gputerm.input import BindingAction, RunCommand, SendChars
from gputerm.policy.privileges import Trust

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.app.interfaces import PaneWindow
    from gputerm.view.search import Search


def perform(window: PaneWindow, action: BindingAction) -> None:
    """Carry out what a binding asks for."""
    match action:
        case SendChars(text) if window.pane.view.searching:
            window.pane.view.search.field.type(text)
        case SendChars(text):
            window.pane.typing.send(text.encode("utf-8", "surrogatepass"))
        case RunCommand(program, args):
            window.desktop.run((program, *args))
        case Action():
            ACTIONS[action](window)


def _nothing(window: PaneWindow) -> None:
    """Bound so that something else doesn't happen."""


def _change_font_size(window: PaneWindow, pixels: int) -> None:
    pixel = 72 / 96 / window.native.scale
    window.set_font_size((round(window.font_size / pixel) + pixels) * pixel)


def _distrust(window: PaneWindow) -> None:
    window.pane.trust = Trust.UNTRUSTED


def _search(window: PaneWindow, *, forward: bool) -> None:
    window.show_search_bar()
    window.pane.view.search.begin(forward=forward)


def _searching(do: Callable[[Search], object]) -> Callable[[PaneWindow], None]:
    """What an action does to the search of a window whose user is searching."""

    def act(window: PaneWindow) -> None:
        if window.pane.view.searching:
            do(window.pane.view.search)

    return act


def _cancel_search(window: PaneWindow) -> None:
    if window.pane.view.searching:
        window.pane.view.end_search()


#: What each action does. A test sees that none is missing.
ACTIONS: dict[Action, Callable[[PaneWindow], object]] = {
    Action.NONE: _nothing,
    Action.RECEIVE_CHAR: _nothing,
    Action.COPY: lambda window: window.desktop.copy(primary=False),
    Action.COPY_SELECTION: lambda window: window.desktop.copy(primary=True),
    Action.PASTE: lambda window: window.desktop.paste(primary=False),
    Action.PASTE_SELECTION: lambda window: window.desktop.paste(primary=True),
    Action.CLEAR_SELECTION: lambda window: window.pane.view.clear_selection(),
    Action.EXPAND_SELECTION: _nothing,  # mouse.py does it.
    Action.INCREASE_FONT_SIZE: lambda window: _change_font_size(window, 1),
    Action.DECREASE_FONT_SIZE: lambda window: _change_font_size(window, -1),
    Action.RESET_FONT_SIZE: lambda window: window.set_font_size(window.config.font.size),
    Action.SCROLL_PAGE_UP: lambda window: window.pane.view.viewport.scroll_pages(1),
    Action.SCROLL_PAGE_DOWN: lambda window: window.pane.view.viewport.scroll_pages(-1),
    Action.SCROLL_HALF_PAGE_UP: lambda window: window.pane.view.viewport.scroll_half_pages(1),
    Action.SCROLL_HALF_PAGE_DOWN: lambda window: window.pane.view.viewport.scroll_half_pages(-1),
    Action.SCROLL_LINE_UP: lambda window: window.pane.view.viewport.scroll_lines(1),
    Action.SCROLL_LINE_DOWN: lambda window: window.pane.view.viewport.scroll_lines(-1),
    Action.SCROLL_TO_TOP: lambda window: window.pane.view.viewport.to_top(),
    Action.SCROLL_TO_BOTTOM: lambda window: window.pane.view.viewport.to_bottom(),
    Action.CLEAR_HISTORY: lambda window: window.pane.clear_history(),
    Action.SEARCH_FORWARD: lambda window: _search(window, forward=True),
    Action.SEARCH_BACKWARD: lambda window: _search(window, forward=False),
    Action.SEARCH_FOCUS_NEXT: _searching(lambda search: search.step(forward=search.forward)),
    Action.SEARCH_FOCUS_PREVIOUS: _searching(
        lambda search: search.step(forward=not search.forward)
    ),
    Action.SEARCH_CONFIRM: _cancel_search,
    Action.SEARCH_CANCEL: _cancel_search,
    Action.SEARCH_CLEAR: _searching(lambda search: search.field.clear()),
    Action.SEARCH_DELETE_WORD: _searching(lambda search: search.field.erase_word()),
    Action.SEARCH_HISTORY_PREVIOUS: _searching(lambda search: search.field.recall(1)),
    Action.SEARCH_HISTORY_NEXT: _searching(lambda search: search.field.recall(-1)),
    Action.CLEAR_LOG_NOTICE: lambda window: window.message_bar.clear(),
    Action.CREATE_NEW_WINDOW: lambda window: window.owner.open_like(window),
    Action.SPAWN_NEW_INSTANCE: lambda window: window.desktop.run(window.owner.another_instance()),
    Action.TOGGLE_FULLSCREEN: lambda window: window.native.set_fullscreen(
        not window.native.fullscreen
    ),
    Action.TOGGLE_MAXIMIZED: lambda window: window.native.set_maximized(
        not window.native.maximized
    ),
    Action.MINIMIZE: lambda window: window.native.minimize(),
    Action.DISTRUST: _distrust,
    Action.QUIT: lambda window: window.close_requested(),
}
