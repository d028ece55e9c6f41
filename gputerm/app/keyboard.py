"""The keyboard in one window: a key is a surface's, else a binding's, else the program's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from gputerm.actions import Action
from gputerm.app.perform import perform
from gputerm.input import MODIFIER_KEYS, BindingMode, Bindings, KeyKind, ShowHints
from gputerm.vt.modes import DecMode

if TYPE_CHECKING:
    from gputerm.app.interfaces import PaneWindow
    from gputerm.config import Config
    from gputerm.input import KeyEvent
    from gputerm.view.surfaces import Surface
    from gputerm.view.vi_mode import ViMode


class Keyboard:
    """What keys do in one Window."""

    def __init__(self, window: PaneWindow) -> None:
        self._window = window
        self._surfaces = window.surfaces
        self._swallowed: set[int | None] = set()  # scancodes of keys that went down for us
        self.configure(window.config)

    def configure(self, config: Config) -> None:
        """Follow the bindings of another configuration."""
        self.bindings = Bindings(  #: in force now
            [binding.parsed() for binding in config.keyboard.bindings],
            [
                hint.binding.parsed(ShowHints(number))
                for number, hint in enumerate(config.hints.shown)
                if hint.binding is not None
            ],
        )

    def key(self, event: KeyEvent) -> None:
        """A key went down or came up."""
        now = time.monotonic()
        if event.kind is KeyKind.RELEASE and event.scancode in self._swallowed:
            self._swallowed.discard(event.scancode)
            return  # the program didn't see the press either
        surface = self._surfaces.keyboard
        if surface is not None and event.kind is not KeyKind.RELEASE:
            self._for_surface(surface, event)
            return
        typing = self._window.pane.typing
        if typing.pasting and event.key == "Escape" and event.kind is KeyKind.PRESS:
            typing.drop_pastes()
            self._swallowed.add(event.scancode)
            return
        view = self._window.pane.view
        if view.in_vi_mode and event.kind is not KeyKind.RELEASE:
            self._in_vi_mode(view.vi, event, now)
            return
        if actions := self.bindings.lookup(event, self._mode):
            passes = Action.RECEIVE_CHAR in actions
            if not passes:
                self._swallowed.add(event.scancode)
            for action in actions:
                perform(self._window, action)
            if not passes:
                return
        if event.scancode in self._swallowed:
            if event.kind is KeyKind.REPEAT:
                return
            self._swallowed.discard(event.scancode)
        if typing.key(event):
            self._typed(now)

    def _for_surface(self, surface: Surface, event: KeyEvent) -> None:
        """A key went down or repeats while a surface has the keyboard: it is the surface's or a
        binding's."""
        if event.kind is KeyKind.PRESS:
            self._swallowed.add(event.scancode)
        if not surface.key(event):
            for action in self.bindings.lookup(event, self._mode):
                perform(self._window, action)

    def _in_vi_mode(self, vi: ViMode, event: KeyEvent, now: float) -> None:
        """A key went down or repeats in vi mode: the program doesn't get it."""
        self._swallowed.add(event.scancode)
        if event.key in MODIFIER_KEYS:
            return
        if vi.awaits_character:
            vi.character(event.text)
        else:
            for action in self.bindings.lookup(event, self._mode):
                perform(self._window, action)
        self._window.pane.restart_blinking(now)

    def text(self, text: str) -> None:
        """An input method committed text."""
        if (surface := self._surfaces.keyboard) is not None:
            surface.text(text)
            return
        view = self._window.pane.view
        if view.in_vi_mode:
            if view.vi.awaits_character:
                view.vi.character(text)
            return
        if self._window.pane.typing.text(text):
            self._typed(time.monotonic())

    def _typed(self, now: float) -> None:
        window = self._window
        window.presenter.key_pressed(now)
        window.pane.typed(now)
        if window.config.mouse.hide_when_typing:
            window.owner.display.set_pointer("none")

    def _mode(self) -> BindingMode:
        terminal = self._window.pane.terminal
        mode = BindingMode.NONE
        if terminal.modes.get_mode(DecMode.DECCKM):
            mode |= BindingMode.APP_CURSOR
        if terminal.modes.get_mode(DecMode.DECNKM):
            mode |= BindingMode.APP_KEYPAD
        if terminal.alternate:
            mode |= BindingMode.ALT
        if self._window.pane.view.searching:
            mode |= BindingMode.SEARCH
        if self._window.pane.view.in_vi_mode:
            mode |= BindingMode.VI
        return mode
