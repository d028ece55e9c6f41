"""The commands of remote control as methods.

Made by `make gen` of gputerm/ipc/commands.py. Edit that.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Literal

from gputerm.ipc import results

__all__ = ["AsyncCalls", "Calls"]

_Path = str | os.PathLike[str]
_Window = int | Literal["focused", "self"] | None
_Pane = int | Literal["self"] | None


class Calls(ABC):
    """Each command as a method that blocks until it is answered."""

    @abstractmethod
    def command(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a command; what isn't said in `params` is filled in."""

    def create_window(
        self,
        *,
        working_directory: _Path | None = None,
        hold: bool = False,
        title: str | None = None,
        class_: str | None = None,
        option: Sequence[str] = (),
        env: Sequence[str] = (),
        size: str | None = None,
        position: str | None = None,
        trust: Literal["trusted", "default", "untrusted"] | None = None,
        wait: bool = False,
        command: Sequence[str] = (),
        cwd: _Path | None = None,
        activation_token: str | None = None,
    ) -> results.Created:
        """Open a window in the running process.

        working_directory: start the program in this directory
        hold: keep the window when its program has ended
        title: a title that the program can't change
        class_: window class and instance (X11), or app id (Wayland)
        option: set configuration options for this window
        env: variables that the program starts with
        size: cells
        position: pixels from the top left
        trust: what its program may do, whatever the configuration says
        wait: wait until the program has ended; its exit status is this command's
        command: run this program instead of the shell; must be last
        cwd: the caller's directory
        activation_token: the token with which the desktop lets the new window have the focus
        """
        params: dict[str, Any] = {
            "working_directory": working_directory,
            "hold": hold,
            "title": title,
            "class": class_,
            "option": option,
            "env": env,
            "size": size,
            "position": position,
            "trust": trust,
            "wait": wait,
            "command": command,
            "cwd": cwd,
            "activation_token": activation_token,
        }
        result: results.Created = self.command("create-window", params)
        return result

    def config(
        self,
        options: Sequence[str] = (),
        *,
        window_id: int | None = None,
        pane: _Pane = None,
        match: str | None = None,
        reset: bool = False,
        unset: Sequence[str] = (),
    ) -> None:
        """Set configuration options while running.

        options: options to set
        window_id: the window meant; -1 means all, and the base for new ones [default: self, else
            all]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        reset: drop all options set so far
        unset: drop what was set of this key, such as font.size or font
        """
        params: dict[str, Any] = {
            "options": options,
            "window_id": window_id,
            "pane": pane,
            "match": match,
            "reset": reset,
            "unset": unset,
        }
        self.command("config", params)

    def get_config(
        self,
        key: str | None = None,
        *,
        window_id: int | None = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.ConfigValue:
        """Print the configuration in use, or one key of it.

        key: such as font.size; else everything
        window_id: the window meant; -1 means all, and the base for new ones [default: self, else
            all]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "key": key,
            "window_id": window_id,
            "pane": pane,
            "match": match,
        }
        result: results.ConfigValue = self.command("get-config", params)
        return result

    def reload_config(self) -> results.Reloaded:
        """Read the configuration file again."""
        result: results.Reloaded = self.command("reload-config", {})
        return result

    def set_font_size(
        self,
        size: float | None = None,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        by: float | None = None,
        reset: bool = False,
    ) -> results.Windows:
        """Make the text larger or smaller until the window closes.

        size: the size in points
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        by: change it by so many points; negative makes it smaller
        reset: return to the configured size
        """
        params: dict[str, Any] = {
            "size": size,
            "window": window,
            "pane": pane,
            "match": match,
            "by": by,
            "reset": reset,
        }
        result: results.Windows = self.command("set-font-size", params)
        return result

    def action(
        self,
        actions: Sequence[str],
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Do what a key can be bound to.

        actions: such as ToggleFullscreen, Copy, ScrollToTop
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "actions": actions,
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = self.command("action", params)
        return result

    def list(self) -> results.Listed:
        """List the windows."""
        result: results.Listed = self.command("list", {})
        return result

    def close_window(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Close windows and hang up their programs.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = self.command("close", params)
        return result

    def focus(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Show a window in front, also one that is minimised, and give it the keyboard.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = self.command("focus", params)
        return result

    def resize(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        columns: int | None = None,
        lines: int | None = None,
    ) -> results.Resized:
        """Give windows another size in cells.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        columns: the width
        lines: the height
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
            "columns": columns,
            "lines": lines,
        }
        result: results.Resized = self.command("resize", params)
        return result

    def place(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        position: str | None = None,
        size: str | None = None,
    ) -> results.Placed:
        """Move and size windows; one that is maximised or covers the screen becomes a normal one.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        position: where its top left pixel is on the desktop
        size: cells, or pixels with px at the end, such as 960x600px
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
            "position": position,
            "size": size,
        }
        result: results.Placed = self.command("place", params)
        return result

    def set_title(
        self,
        title: str | None = None,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Fix the title of windows, or leave it to their programs again.

        title: the title; none frees it
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "title": title,
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = self.command("set-title", params)
        return result

    def get_text(
        self,
        of: Literal["screen", "scrollback", "selection", "output"] = "screen",
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        format: Literal["plain", "ansi", "html", "json"] = "plain",
        lines: int | None = None,
    ) -> results.Text:
        """Print what a window shows or has shown.

        of: screen, scrollback (history and screen), selection, or output of the last command
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        format: plain, ansi, html, or json as in docs/dump.schema.json
        lines: only the last rows that hold something
        """
        params: dict[str, Any] = {
            "of": of,
            "window": window,
            "pane": pane,
            "match": match,
            "format": format,
            "lines": lines,
        }
        result: results.Text = self.command("get-text", params)
        return result

    def screenshot(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Screenshot:
        """Write the picture of a window, covered or not, as PNG.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Screenshot = self.command("screenshot", params)
        return result

    def scroll(
        self,
        to: Literal["top", "bottom"] | None = None,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        lines: int | None = None,
        pages: int | None = None,
        prompt: int | None = None,
        line: int | None = None,
    ) -> results.Scrolled:
        """Move what windows show of their history.

        to: top or bottom
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        lines: by lines towards the oldest, or the newest if negative
        pages: by screens
        prompt: by prompts of the shell
        line: to a line by its number, as search and blocks give it
        """
        params: dict[str, Any] = {
            "to": to,
            "window": window,
            "pane": pane,
            "match": match,
            "lines": lines,
            "pages": pages,
            "prompt": prompt,
            "line": line,
        }
        result: results.Scrolled = self.command("scroll", params)
        return result

    def send_text(
        self,
        text: str,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        bracketed_paste: Literal["off", "auto", "on"] = "off",
    ) -> results.Windows:
        """Write text to programs as if it was typed.

        text: the text; "-" or nothing reads standard input
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        bracketed_paste: send it as a paste: auto, with brackets if the program wants them; or on
        """
        params: dict[str, Any] = {
            "text": text,
            "window": window,
            "pane": pane,
            "match": match,
            "bracketed_paste": bracketed_paste,
        }
        result: results.Windows = self.command("send-text", params)
        return result

    def send_keys(
        self,
        keys: Sequence[str],
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Press keys, encoded as each window's program wants them.

        keys: such as Enter, Ctrl+c, Alt+Left, F5, x
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "keys": keys,
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = self.command("send-keys", params)
        return result

    def send_mouse(
        self,
        what: Literal[
            "click",
            "double-click",
            "press",
            "drag",
            "release",
            "move",
            "wheel-up",
            "wheel-down",
            "wheel-left",
            "wheel-right",
        ],
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        line: int = 0,
        column: int = 0,
        button: Literal["left", "middle", "right"] = "left",
        mods: str | None = None,
    ) -> results.Windows:
        """Click, drag or turn the wheel, as each window's program wants it.

        what: click, double-click, press, drag, release, move or a turn of the wheel
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        line: of the screen, 0 = top
        column: 0 = the leftmost
        button: left, middle or right
        mods: held meanwhile, such as Ctrl+Shift
        """
        params: dict[str, Any] = {
            "what": what,
            "window": window,
            "pane": pane,
            "match": match,
            "line": line,
            "column": column,
            "button": button,
            "mods": mods,
        }
        result: results.Windows = self.command("send-mouse", params)
        return result

    def wait(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        text: str | None = None,
        quiet: float | None = None,
        command: bool = False,
        block: int | None = None,
        exit: bool = False,
        timeout: float | None = None,
    ) -> results.Waited:
        """Wait for a text, for quiet, or for the end of a command or a program.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        text: until this regular expression matches on the screen
        quiet: until nothing was written for so long
        command: until the command that runs, is being typed or was sent last has finished (OSC
            133)
        block: until the command of this number has finished
        exit: until the window's program has ended
        timeout: give up after so long
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
            "text": text,
            "quiet": quiet,
            "command": command,
            "block": block,
            "exit": exit,
            "timeout": timeout,
        }
        result: results.Waited = self.command("wait", params)
        return result

    def blocks(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        last: int | None = None,
        block: int | None = None,
        text: bool = False,
    ) -> results.Blocks:
        """List the commands that were run in a window (OSC 133).

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        last: only the newest
        block: only this one
        text: with what they wrote
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
            "last": last,
            "block": block,
            "text": text,
        }
        result: results.Blocks = self.command("blocks", params)
        return result

    def search(
        self,
        pattern: str,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        ignore_case: bool = False,
        limit: int = 1000,
    ) -> results.Matches:
        """Find a regular expression in the screen and its history.

        pattern: what to find
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        ignore_case: capital letters are small ones
        limit: the newest so many matches
        """
        params: dict[str, Any] = {
            "pattern": pattern,
            "window": window,
            "pane": pane,
            "match": match,
            "ignore_case": ignore_case,
            "limit": limit,
        }
        result: results.Matches = self.command("search", params)
        return result

    def subscribe(
        self,
        events: Sequence[str] = (),
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Subscribed:
        """Print what happens to windows, a line of JSON for each event.

        events: names of events; none means all; see docs/ipc.md
        window: only of this window
        pane: only of this pane
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "events": events,
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Subscribed = self.command("subscribe", params)
        return result

    def audit(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        last: int | None = None,
    ) -> results.Audited:
        """List what programs did beyond their cells, or tried: clipboard, title, links ….

        window: only of this window
        pane: only of this pane
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        last: only the newest
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
            "last": last,
        }
        result: results.Audited = self.command("audit", params)
        return result

    def set_trust(
        self,
        level: Literal["trusted", "default", "untrusted"],
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Say what the programs of windows may do; see docs/ipc.md.

        level: trusted, default or untrusted
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "level": level,
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = self.command("set-trust", params)
        return result

    def statistics(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Costs:
        """Print what windows have received and drawn, and what that took.

        window: only of this window
        pane: only of this pane
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Costs = self.command("statistics", params)
        return result

    def quit(self) -> None:
        """Close all windows and end the process."""
        self.command("quit", {})

    def ping(self) -> None:
        """Wait until the process answers."""
        self.command("ping", {})

    def version(self) -> results.Version:
        """Print the version of the running process."""
        result: results.Version = self.command("version", {})
        return result

    def schema(self) -> results.Schema:
        """Print this protocol as JSON."""
        result: results.Schema = self.command("schema", {})
        return result


class AsyncCalls(ABC):
    """Each command as a coroutine."""

    @abstractmethod
    async def command(self, method: str, params: dict[str, Any]) -> Any:
        """The result of a command; what isn't said in `params` is filled in."""

    async def create_window(
        self,
        *,
        working_directory: _Path | None = None,
        hold: bool = False,
        title: str | None = None,
        class_: str | None = None,
        option: Sequence[str] = (),
        env: Sequence[str] = (),
        size: str | None = None,
        position: str | None = None,
        trust: Literal["trusted", "default", "untrusted"] | None = None,
        wait: bool = False,
        command: Sequence[str] = (),
        cwd: _Path | None = None,
        activation_token: str | None = None,
    ) -> results.Created:
        """Open a window in the running process.

        working_directory: start the program in this directory
        hold: keep the window when its program has ended
        title: a title that the program can't change
        class_: window class and instance (X11), or app id (Wayland)
        option: set configuration options for this window
        env: variables that the program starts with
        size: cells
        position: pixels from the top left
        trust: what its program may do, whatever the configuration says
        wait: wait until the program has ended; its exit status is this command's
        command: run this program instead of the shell; must be last
        cwd: the caller's directory
        activation_token: the token with which the desktop lets the new window have the focus
        """
        params: dict[str, Any] = {
            "working_directory": working_directory,
            "hold": hold,
            "title": title,
            "class": class_,
            "option": option,
            "env": env,
            "size": size,
            "position": position,
            "trust": trust,
            "wait": wait,
            "command": command,
            "cwd": cwd,
            "activation_token": activation_token,
        }
        result: results.Created = await self.command("create-window", params)
        return result

    async def config(
        self,
        options: Sequence[str] = (),
        *,
        window_id: int | None = None,
        pane: _Pane = None,
        match: str | None = None,
        reset: bool = False,
        unset: Sequence[str] = (),
    ) -> None:
        """Set configuration options while running.

        options: options to set
        window_id: the window meant; -1 means all, and the base for new ones [default: self, else
            all]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        reset: drop all options set so far
        unset: drop what was set of this key, such as font.size or font
        """
        params: dict[str, Any] = {
            "options": options,
            "window_id": window_id,
            "pane": pane,
            "match": match,
            "reset": reset,
            "unset": unset,
        }
        await self.command("config", params)

    async def get_config(
        self,
        key: str | None = None,
        *,
        window_id: int | None = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.ConfigValue:
        """Print the configuration in use, or one key of it.

        key: such as font.size; else everything
        window_id: the window meant; -1 means all, and the base for new ones [default: self, else
            all]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "key": key,
            "window_id": window_id,
            "pane": pane,
            "match": match,
        }
        result: results.ConfigValue = await self.command("get-config", params)
        return result

    async def reload_config(self) -> results.Reloaded:
        """Read the configuration file again."""
        result: results.Reloaded = await self.command("reload-config", {})
        return result

    async def set_font_size(
        self,
        size: float | None = None,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        by: float | None = None,
        reset: bool = False,
    ) -> results.Windows:
        """Make the text larger or smaller until the window closes.

        size: the size in points
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        by: change it by so many points; negative makes it smaller
        reset: return to the configured size
        """
        params: dict[str, Any] = {
            "size": size,
            "window": window,
            "pane": pane,
            "match": match,
            "by": by,
            "reset": reset,
        }
        result: results.Windows = await self.command("set-font-size", params)
        return result

    async def action(
        self,
        actions: Sequence[str],
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Do what a key can be bound to.

        actions: such as ToggleFullscreen, Copy, ScrollToTop
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "actions": actions,
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = await self.command("action", params)
        return result

    async def list(self) -> results.Listed:
        """List the windows."""
        result: results.Listed = await self.command("list", {})
        return result

    async def close_window(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Close windows and hang up their programs.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = await self.command("close", params)
        return result

    async def focus(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Show a window in front, also one that is minimised, and give it the keyboard.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = await self.command("focus", params)
        return result

    async def resize(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        columns: int | None = None,
        lines: int | None = None,
    ) -> results.Resized:
        """Give windows another size in cells.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        columns: the width
        lines: the height
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
            "columns": columns,
            "lines": lines,
        }
        result: results.Resized = await self.command("resize", params)
        return result

    async def place(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        position: str | None = None,
        size: str | None = None,
    ) -> results.Placed:
        """Move and size windows; one that is maximised or covers the screen becomes a normal one.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        position: where its top left pixel is on the desktop
        size: cells, or pixels with px at the end, such as 960x600px
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
            "position": position,
            "size": size,
        }
        result: results.Placed = await self.command("place", params)
        return result

    async def set_title(
        self,
        title: str | None = None,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Fix the title of windows, or leave it to their programs again.

        title: the title; none frees it
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "title": title,
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = await self.command("set-title", params)
        return result

    async def get_text(
        self,
        of: Literal["screen", "scrollback", "selection", "output"] = "screen",
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        format: Literal["plain", "ansi", "html", "json"] = "plain",
        lines: int | None = None,
    ) -> results.Text:
        """Print what a window shows or has shown.

        of: screen, scrollback (history and screen), selection, or output of the last command
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        format: plain, ansi, html, or json as in docs/dump.schema.json
        lines: only the last rows that hold something
        """
        params: dict[str, Any] = {
            "of": of,
            "window": window,
            "pane": pane,
            "match": match,
            "format": format,
            "lines": lines,
        }
        result: results.Text = await self.command("get-text", params)
        return result

    async def screenshot(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Screenshot:
        """Write the picture of a window, covered or not, as PNG.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Screenshot = await self.command("screenshot", params)
        return result

    async def scroll(
        self,
        to: Literal["top", "bottom"] | None = None,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        lines: int | None = None,
        pages: int | None = None,
        prompt: int | None = None,
        line: int | None = None,
    ) -> results.Scrolled:
        """Move what windows show of their history.

        to: top or bottom
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        lines: by lines towards the oldest, or the newest if negative
        pages: by screens
        prompt: by prompts of the shell
        line: to a line by its number, as search and blocks give it
        """
        params: dict[str, Any] = {
            "to": to,
            "window": window,
            "pane": pane,
            "match": match,
            "lines": lines,
            "pages": pages,
            "prompt": prompt,
            "line": line,
        }
        result: results.Scrolled = await self.command("scroll", params)
        return result

    async def send_text(
        self,
        text: str,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        bracketed_paste: Literal["off", "auto", "on"] = "off",
    ) -> results.Windows:
        """Write text to programs as if it was typed.

        text: the text; "-" or nothing reads standard input
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        bracketed_paste: send it as a paste: auto, with brackets if the program wants them; or on
        """
        params: dict[str, Any] = {
            "text": text,
            "window": window,
            "pane": pane,
            "match": match,
            "bracketed_paste": bracketed_paste,
        }
        result: results.Windows = await self.command("send-text", params)
        return result

    async def send_keys(
        self,
        keys: Sequence[str],
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Press keys, encoded as each window's program wants them.

        keys: such as Enter, Ctrl+c, Alt+Left, F5, x
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "keys": keys,
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = await self.command("send-keys", params)
        return result

    async def send_mouse(
        self,
        what: Literal[
            "click",
            "double-click",
            "press",
            "drag",
            "release",
            "move",
            "wheel-up",
            "wheel-down",
            "wheel-left",
            "wheel-right",
        ],
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        line: int = 0,
        column: int = 0,
        button: Literal["left", "middle", "right"] = "left",
        mods: str | None = None,
    ) -> results.Windows:
        """Click, drag or turn the wheel, as each window's program wants it.

        what: click, double-click, press, drag, release, move or a turn of the wheel
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        line: of the screen, 0 = top
        column: 0 = the leftmost
        button: left, middle or right
        mods: held meanwhile, such as Ctrl+Shift
        """
        params: dict[str, Any] = {
            "what": what,
            "window": window,
            "pane": pane,
            "match": match,
            "line": line,
            "column": column,
            "button": button,
            "mods": mods,
        }
        result: results.Windows = await self.command("send-mouse", params)
        return result

    async def wait(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        text: str | None = None,
        quiet: float | None = None,
        command: bool = False,
        block: int | None = None,
        exit: bool = False,
        timeout: float | None = None,
    ) -> results.Waited:
        """Wait for a text, for quiet, or for the end of a command or a program.

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        text: until this regular expression matches on the screen
        quiet: until nothing was written for so long
        command: until the command that runs, is being typed or was sent last has finished (OSC
            133)
        block: until the command of this number has finished
        exit: until the window's program has ended
        timeout: give up after so long
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
            "text": text,
            "quiet": quiet,
            "command": command,
            "block": block,
            "exit": exit,
            "timeout": timeout,
        }
        result: results.Waited = await self.command("wait", params)
        return result

    async def blocks(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        last: int | None = None,
        block: int | None = None,
        text: bool = False,
    ) -> results.Blocks:
        """List the commands that were run in a window (OSC 133).

        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        last: only the newest
        block: only this one
        text: with what they wrote
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
            "last": last,
            "block": block,
            "text": text,
        }
        result: results.Blocks = await self.command("blocks", params)
        return result

    async def search(
        self,
        pattern: str,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        ignore_case: bool = False,
        limit: int = 1000,
    ) -> results.Matches:
        """Find a regular expression in the screen and its history.

        pattern: what to find
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        ignore_case: capital letters are small ones
        limit: the newest so many matches
        """
        params: dict[str, Any] = {
            "pattern": pattern,
            "window": window,
            "pane": pane,
            "match": match,
            "ignore_case": ignore_case,
            "limit": limit,
        }
        result: results.Matches = await self.command("search", params)
        return result

    async def subscribe(
        self,
        events: Sequence[str] = (),
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Subscribed:
        """Print what happens to windows, a line of JSON for each event.

        events: names of events; none means all; see docs/ipc.md
        window: only of this window
        pane: only of this pane
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "events": events,
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Subscribed = await self.command("subscribe", params)
        return result

    async def audit(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
        last: int | None = None,
    ) -> results.Audited:
        """List what programs did beyond their cells, or tried: clipboard, title, links ….

        window: only of this window
        pane: only of this pane
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        last: only the newest
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
            "last": last,
        }
        result: results.Audited = await self.command("audit", params)
        return result

    async def set_trust(
        self,
        level: Literal["trusted", "default", "untrusted"],
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Windows:
        """Say what the programs of windows may do; see docs/ipc.md.

        level: trusted, default or untrusted
        window: the window meant: its id, focused, or self [default: self, else the one focused
            last]
        pane: the pane meant, by its id [default: self, that of $GPUTERM_PANE_ID]
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "level": level,
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Windows = await self.command("set-trust", params)
        return result

    async def statistics(
        self,
        *,
        window: _Window = None,
        pane: _Pane = None,
        match: str | None = None,
    ) -> results.Costs:
        """Print what windows have received and drawn, and what that took.

        window: only of this window
        pane: only of this pane
        match: the windows meant, such as 'cmd:vim and not title:notes'; see docs/ipc.md
        """
        params: dict[str, Any] = {
            "window": window,
            "pane": pane,
            "match": match,
        }
        result: results.Costs = await self.command("statistics", params)
        return result

    async def quit(self) -> None:
        """Close all windows and end the process."""
        await self.command("quit", {})

    async def ping(self) -> None:
        """Wait until the process answers."""
        await self.command("ping", {})

    async def version(self) -> results.Version:
        """Print the version of the running process."""
        result: results.Version = await self.command("version", {})
        return result

    async def schema(self) -> results.Schema:
        """Print this protocol as JSON."""
        result: results.Schema = await self.command("schema", {})
        return result
