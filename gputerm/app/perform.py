"""What bindings do in a window: its actions, texts to send, programs to start."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from gputerm.actions import VI_MOTIONS, Action
from gputerm.input import BindingAction, RunCommand, SendChars, ShowHints
from gputerm.policy.privileges import Trust
from gputerm.view import SelectionKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from gputerm.app.interfaces import PaneWindow
    from gputerm.view import View
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
        case ShowHints(number):
            _show_hints(window, number)
        case Action():
            ACTIONS[action](window)


def _nothing(window: PaneWindow) -> None:
    """Bound so that something else doesn't happen."""


def _change_font_size(window: PaneWindow, pixels: int) -> None:
    pixel = 72 / 96 / window.native.scale
    window.set_font_size((round(window.font_size / pixel) + pixels) * pixel)


def _distrust(window: PaneWindow) -> None:
    window.pane.trust = Trust.UNTRUSTED


def _show_hints(window: PaneWindow, number: int | None = None) -> None:
    """Label what one of the hints finds, or all of them."""
    from gputerm.app.hinting import act  # which a start doesn't need

    hints = window.finding.hints
    chosen = hints if number is None else hints[number : number + 1]
    window.finding.label(window.pane, chosen, partial(act, window))


def _go_to_prompt(window: PaneWindow, count: int, *, failures: bool = False) -> None:
    from gputerm.view.prompts import failed, scroll_to_prompt  # which a start doesn't need

    pane, wanted = window.pane, failed if failures else lambda block: True
    scroll_to_prompt(pane.view.viewport, pane.terminal, count, wanted)


def _outputs() -> ModuleType:
    """What is done with a command's output."""
    from gputerm.app import outputs

    return outputs


def _search(window: PaneWindow, *, forward: bool) -> None:
    view = window.pane.view
    window.finding.have_search_bar(view)
    view.search.begin(forward=forward, origin=view.vi.point if view.in_vi_mode else None)


def _searching(do: Callable[[Search], object]) -> Callable[[PaneWindow], None]:
    """What an action does to the search of a window whose user is searching."""

    def act(window: PaneWindow) -> None:
        if window.pane.view.searching:
            do(window.pane.view.search)

    return act


def _confirm_search(window: PaneWindow) -> None:
    view = window.pane.view
    if view.searching:
        if view.in_vi_mode:
            view.search.keep()
        else:
            _select_match(window)


def _cancel_search(window: PaneWindow) -> None:
    view = window.pane.view
    if view.searching:
        if view.in_vi_mode:
            _vi_search().cancel(view)
        else:
            _select_match(window)


def _select_match(window: PaneWindow) -> None:
    """End the search."""
    if window.pane.view.end_search():
        window.desktop.selected()


# ── vi mode ──────────────────────────────────────────────────────────────────────────────────────


def _vi_search() -> ModuleType:
    """What n, N, * and # do; a start doesn't need it."""
    from gputerm.view import vi_search

    return vi_search


def _toggle_vi_mode(window: PaneWindow) -> None:
    view = window.pane.view
    window.finding.have_line_indicator(view)
    view.toggle_vi_mode()
    window.pane.restart_blinking(time.monotonic())


def _in_vi_mode(do: Callable[[View], object]) -> Callable[[PaneWindow], None]:
    """What an action does to a view whose user is in vi mode."""

    def act(window: PaneWindow) -> None:
        if window.pane.view.in_vi_mode:
            do(window.pane.view)

    return act


def _motion(motion: Action) -> Callable[[PaneWindow], None]:
    return _in_vi_mode(lambda view: view.vi.move(motion))


def _select(kind: SelectionKind) -> Callable[[PaneWindow], None]:
    return _in_vi_mode(lambda view: view.toggle_selection(kind))


def _find_inline(*, forward: bool, short: bool) -> Callable[[PaneWindow], None]:
    return _in_vi_mode(lambda view: view.vi.find_inline(forward=forward, short=short))


def _look_for_word(window: PaneWindow, *, forward: bool) -> None:
    if window.pane.view.in_vi_mode:
        _vi_search().look_for_word(window.pane.view, window.pane.terminal, forward=forward)


def _open(window: PaneWindow) -> None:
    from gputerm.app.hinting import open_at_vi_cursor

    open_at_vi_cursor(window)


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
    Action.SCROLL_PAGE_UP: lambda window: window.pane.view.scroll_pages(1),
    Action.SCROLL_PAGE_DOWN: lambda window: window.pane.view.scroll_pages(-1),
    Action.SCROLL_HALF_PAGE_UP: lambda window: window.pane.view.scroll_half_pages(1),
    Action.SCROLL_HALF_PAGE_DOWN: lambda window: window.pane.view.scroll_half_pages(-1),
    Action.SCROLL_LINE_UP: lambda window: window.pane.view.viewport.scroll_lines(1),
    Action.SCROLL_LINE_DOWN: lambda window: window.pane.view.viewport.scroll_lines(-1),
    Action.SCROLL_TO_TOP: lambda window: window.pane.view.scroll_to_end(top=True),
    Action.SCROLL_TO_BOTTOM: lambda window: window.pane.view.scroll_to_end(top=False),
    Action.CLEAR_HISTORY: lambda window: window.pane.clear_history(),
    Action.SCROLL_TO_PREVIOUS_PROMPT: lambda window: _go_to_prompt(window, 1),
    Action.SCROLL_TO_NEXT_PROMPT: lambda window: _go_to_prompt(window, -1),
    Action.SCROLL_TO_FAILED_PROMPT: lambda window: _go_to_prompt(window, 1, failures=True),
    Action.SELECT_OUTPUT: lambda window: _outputs().select(window),
    Action.COPY_OUTPUT: lambda window: _outputs().copy(window),
    Action.SAVE_OUTPUT: lambda window: _outputs().save(window),
    Action.SEARCH_FORWARD: lambda window: _search(window, forward=True),
    Action.SEARCH_BACKWARD: lambda window: _search(window, forward=False),
    Action.SEARCH_FOCUS_NEXT: _searching(lambda search: search.step(forward=search.forward)),
    Action.SEARCH_FOCUS_PREVIOUS: _searching(
        lambda search: search.step(forward=not search.forward)
    ),
    Action.SEARCH_CONFIRM: _confirm_search,
    Action.SEARCH_CANCEL: _cancel_search,
    Action.SEARCH_CLEAR: _searching(lambda search: search.field.clear()),
    Action.SEARCH_DELETE_WORD: _searching(lambda search: search.field.erase_word()),
    Action.SEARCH_HISTORY_PREVIOUS: _searching(lambda search: search.field.recall(1)),
    Action.SEARCH_HISTORY_NEXT: _searching(lambda search: search.field.recall(-1)),
    Action.TOGGLE_VI_MODE: _toggle_vi_mode,
    **{motion: _motion(motion) for motion in VI_MOTIONS},
    Action.TOGGLE_NORMAL_SELECTION: _select(SelectionKind.SIMPLE),
    Action.TOGGLE_LINE_SELECTION: _select(SelectionKind.LINES),
    Action.TOGGLE_BLOCK_SELECTION: _select(SelectionKind.BLOCK),
    Action.TOGGLE_SEMANTIC_SELECTION: _select(SelectionKind.WORD),
    Action.SEARCH_NEXT: _in_vi_mode(lambda view: _vi_search().step(view, onward=True)),
    Action.SEARCH_PREVIOUS: _in_vi_mode(lambda view: _vi_search().step(view, onward=False)),
    Action.SEARCH_START: _in_vi_mode(lambda view: _vi_search().to_start(view)),
    Action.SEARCH_END: _in_vi_mode(lambda view: _vi_search().to_stop(view)),
    Action.SEMANTIC_SEARCH_FORWARD: partial(_look_for_word, forward=True),
    Action.SEMANTIC_SEARCH_BACKWARD: partial(_look_for_word, forward=False),
    Action.OPEN: _open,
    Action.CENTER_AROUND_VI_CURSOR: _in_vi_mode(lambda view: view.vi.center()),
    Action.INLINE_SEARCH_FORWARD: _find_inline(forward=True, short=False),
    Action.INLINE_SEARCH_BACKWARD: _find_inline(forward=False, short=False),
    Action.INLINE_SEARCH_FORWARD_SHORT: _find_inline(forward=True, short=True),
    Action.INLINE_SEARCH_BACKWARD_SHORT: _find_inline(forward=False, short=True),
    Action.INLINE_SEARCH_NEXT: _in_vi_mode(lambda view: view.vi.find_again(back=False)),
    Action.INLINE_SEARCH_PREVIOUS: _in_vi_mode(lambda view: view.vi.find_again(back=True)),
    Action.SHOW_HINTS: _show_hints,
    Action.SHOW_COMMAND_PALETTE: lambda window: window.palette.show(window.keyboard.bindings),
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
