"""What is done to a terminal under test: keys, text, pastes, the mouse, sizes, time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from gputerm.errors import UsageError
from gputerm.input import (
    Button,
    KeyKind,
    Mods,
    MouseEvent,
    MouseKind,
    encode_alternate_scroll,
)
from gputerm.input.chords import parse_chord, parse_mods, typed
from gputerm.testing.direct import Offline
from gputerm.testing.in_vain import users_mistake
from gputerm.testing.looking import Looking
from gputerm.testing.rig import CELL
from gputerm.testing.steps import waits
from gputerm.testing.twin import Found, Pattern, shown

if TYPE_CHECKING:
    from gputerm.input import KeyEvent
    from gputerm.testing.steps import Steps

__tracebackhide__ = users_mistake

__all__ = ["Doing", "Target"]

Target: TypeAlias = "Pattern | tuple[int, int] | Found"

_NAMED = {"\n": "Enter", "\t": "Tab"}
_BUTTONS = {"left": Button.LEFT, "middle": Button.MIDDLE, "right": Button.RIGHT}
_WHEELS = {
    "up": Button.WHEEL_UP,
    "down": Button.WHEEL_DOWN,
    "left": Button.WHEEL_LEFT,
    "right": Button.WHEEL_RIGHT,
}


class Doing(Looking):
    """Inputs. Each returns its sequence number, which waits take."""

    def feed(self, data: bytes | str) -> int:
        """Offline: what a program writes. Returns the sequence number, as each input does."""
        end = self._rig.end
        assert isinstance(end, Offline), "bytes are fed to an offline session"
        self._rig.input()
        end.put(data.encode() if isinstance(data, str) else data)
        while self._rig.pump():
            pass
        return self.sequence

    def press(self, *keys: str) -> int:
        """Press and release keys: "a", "Enter", "Ctrl+c", "Alt+Shift+Left", "F5".

        Raises ChordError for what is no key.
        """
        events = [parse_chord(key) for key in keys]
        text = "".join("\n" if event.key == "Enter" else event.text for event in events)
        self._rig.input(typed=text, needs_program="press")
        for event in events:
            self._key(event)
        return self.sequence

    def type(self, text: str) -> int:
        """Type text key by key; a line feed is Enter, a tab Tab."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        self._rig.input(typed=text, needs_program="type")
        for character in text:
            if character in _NAMED:
                self._key(parse_chord(_NAMED[character]))
            elif character.isprintable():
                self._key(typed(character))
            else:
                raise UsageError(f"type: {character!r} is no text; press() takes keys by name")
        return self.sequence

    def _key(self, event: KeyEvent) -> None:
        self._rig.pane.typing.key(event)
        self._rig.pane.typing.key(event.replace(kind=KeyKind.RELEASE, text=""))

    def paste(self, text: str) -> int:
        """Paste text, in brackets if the program wants that."""
        self._rig.input(typed=text, needs_program="paste")
        self._rig.pane.typing.paste(text)
        return self.sequence

    def resize(self, columns: int, lines: int) -> int:
        """Give the terminal another size."""
        self._rig.input()
        self._rig.resize(columns, lines)
        return self.sequence

    def focus(self, focused: bool = True) -> int:
        """Give the terminal the keyboard, which it has at first, or take it away; programs are told
        if they ask."""
        self._rig.input()
        self._rig.pane.focus(focused)
        return self.sequence

    def advance(self, seconds: float) -> int:
        """Move the terminal's own clock on, by which its cursor and its text blink. It stands still
        otherwise, and the program doesn't see it."""
        self._rig.pump()
        self._rig.phases.advance(seconds)
        return self.sequence

    # ── the mouse ────────────────────────────────────────────────────────────────────────────────

    @waits
    def click(
        self, target: Target, button: str = "left", mods: str = "", *, timeout: float | None = None
    ) -> Steps[int]:
        """Click on text, which is waited for, or on (line, column). Raises SessionError
        when the program doesn't ask for the mouse."""
        place = yield from self._placing(target, timeout)
        which, held = _button(button), _mods(mods)
        self._mouse_input("click")
        self._mouse(MouseKind.MOTION, Button.NONE, place, held)
        self._mouse(MouseKind.PRESS, which, place, held)
        self._mouse(MouseKind.RELEASE, which, place, held)
        return self.sequence

    @waits
    def drag(
        self,
        start: Target,
        stop: Target,
        button: str = "left",
        mods: str = "",
        *,
        timeout: float | None = None,
    ) -> Steps[int]:
        """Press a button at one place and release it at another."""
        first = yield from self._placing(start, timeout)
        last = yield from self._placing(stop, timeout)
        which, held = _button(button), _mods(mods)
        self._mouse_input("drag")
        self._mouse(MouseKind.MOTION, Button.NONE, first, held)
        self._mouse(MouseKind.PRESS, which, first, held)
        self._mouse(MouseKind.MOTION, which, last, held)
        self._mouse(MouseKind.RELEASE, which, last, held)
        return self.sequence

    @waits
    def wheel(
        self,
        target: Target,
        direction: str = "down",
        steps: int = 1,
        mods: str = "",
        *,
        timeout: float | None = None,
    ) -> Steps[int]:
        """Turn the wheel: "up", "down", "left", "right"."""
        place = yield from self._placing(target, timeout)
        if direction not in _WHEELS:
            raise UsageError(f"a wheel turns {', '.join(_WHEELS)}, not {direction!r}")
        button, held = _WHEELS[direction], _mods(mods)
        terminal = self._rig.terminal
        if not self._rig.pane.typing.wants_mouse and terminal.mouse_options.alternate_scroll:
            self._rig.input(needs_program="wheel")
            app_cursor = terminal.key_options.app_cursor
            self._rig.end.write(encode_alternate_scroll(button, steps, app_cursor=app_cursor))
            return self.sequence
        self._mouse_input("wheel")
        for _ in range(steps):
            self._mouse(MouseKind.PRESS, button, place, held)
        return self.sequence

    def _placing(self, target: Target, timeout: float | None) -> Steps[tuple[int, int]]:
        """The cell that is meant; text is waited for, and hit in its middle."""
        if isinstance(target, tuple):
            return target
        found = target
        if not isinstance(found, Found):
            pattern: Pattern = found
            found = yield from self._rig.until(
                lambda: self.find(pattern), timeout, f"{shown(pattern)} to point at"
            )
        line, column = found.place
        if found.stop[0] == line:
            column = (column + found.stop[1] - 1) // 2
        return line, column

    def _mouse_input(self, doing: str) -> None:
        self._rig.input(needs_program=doing)
        if not self._rig.pane.typing.wants_mouse:
            raise self._rig.failure(f"{doing}: the program doesn't ask for the mouse")

    def _mouse(self, kind: MouseKind, button: Button, place: tuple[int, int], mods: Mods) -> None:
        line, column = place
        x, y = column * CELL[0] + CELL[0] // 2, line * CELL[1] + CELL[1] // 2
        self._rig.pane.typing.mouse(MouseEvent(kind, button, line, column, x, y, mods))


def _button(name: str) -> Button:
    if name not in _BUTTONS:
        raise UsageError(f"buttons are {', '.join(_BUTTONS)}, not {name!r}")
    return _BUTTONS[name]


def _mods(names: str) -> Mods:
    return parse_mods(names.split("+") if names else ())
