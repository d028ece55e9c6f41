"""One window of the app: a pane shown in a native window, and the user's input to it.

    Keyboard ─▶ surfaces, actions (perform.py), or Pane.typing ─▶ the program
    Pointer  ─▶ surfaces, the pane's view, or Pane.typing
    Pane     ─▶ PaneEvents ─▶ act_on ─▶ the native window, the desktop, the process
    Presenter: frames

What concerns the process, such as other windows or its end, is asked of the `Process`. Times are
monotonic seconds.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING

from gputerm.app.desktop import Desktop
from gputerm.app.finding_surfaces import FindingSurfaces
from gputerm.app.keyboard import Keyboard
from gputerm.app.mouse import Pointer
from gputerm.app.perform import perform
from gputerm.app.presenter import Presenter
from gputerm.app.text_area import TextArea
from gputerm.app.xtwinops import WindowOperations
from gputerm.configured.appearance import pane_options, terminal_options
from gputerm.failures import FailureCount
from gputerm.pane.events import (
    NOBODY,
    AttentionWanted,
    ClipboardAsked,
    ClipboardWritten,
    Happened,
    OperationWanted,
    ReachedOut,
    SizeChanged,
    TrustChanged,
)
from gputerm.policy.privileges import Privilege
from gputerm.text.metrics import SIZE_RANGE_PT
from gputerm.view.message_bar import MessageBar
from gputerm.view.surfaces import Surfaces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gputerm.app.command_palette import CommandPalette
    from gputerm.app.interfaces import Process
    from gputerm.config import Config
    from gputerm.input import BindingAction
    from gputerm.pane.events import PaneEvent
    from gputerm.pane.pane import Pane
    from gputerm.render.canvas import Canvas
    from gputerm.text import Glyphs
    from gputerm.view.question import Questions
    from gputerm.window.native import NativeWindow


class Window:
    """A window of the app. It holds a pane, and a native window to show it in."""

    def __init__(
        self,
        number: int,
        owner: Process,
        config: Config,
        *,
        native: NativeWindow,
        canvas: Canvas,
        pane: Pane,
        glyphs: Glyphs,
        overrides: Sequence[str] = (),
    ) -> None:
        self.number = number
        self.config = config
        self.native = native
        self.pane = pane
        self.overrides = list(overrides)  #: "KEY=VALUE" snippets that make `config` of the app's
        self.focused = False
        self.focused_at = float("-inf")  #: when the focus last came
        self.font_size = config.font.size  #: in points; differs from the configured after a zoom
        self.failures = FailureCount()
        self.owner = owner
        self.text_area = TextArea(self, glyphs)
        self._operations = WindowOperations(native)
        self.surfaces = Surfaces(self._surfaces_changed)
        self.message_bar = MessageBar()
        self.finding = FindingSurfaces(self.surfaces, config)
        self.desktop = Desktop(self)
        self.keyboard = Keyboard(self)
        self.pointer = Pointer(self)
        self.presenter = Presenter(
            number,
            owner,
            config,
            native=native,
            canvas=canvas,
            pane=pane,
            surfaces=self.surfaces,
            glyphs=glyphs,
            find_link=self.pointer.find_link,
            when_due=self.woken,
        )
        self.surfaces.add(self.message_bar)
        self._hold()

    def _hold(self) -> None:
        """The pane is this window's from now on."""
        self.pane.holder = self
        self.finding.have_command_line(self.pane.view, self.pane.terminal)
        self.native.set_title(self.pane.shown_title)
        self.moved()
        self.pane.restart_blinking(time.monotonic())
        self.damaged()

    def show(self, pane: Pane) -> None:
        """Show another pane, with what belongs to it. The one that was shown goes on unseen."""
        before, self.pane = self.pane, pane
        if before.holder is self:  # and no other window's already
            before.focus(False)
            before.holder = NOBODY
        self.finding.follow(pane.view)
        self.presenter.pane = pane
        self._configure_pane()
        self.text_area.lay_out(self.presenter.glyphs)
        self._hold()
        pane.focus(self.focused)
        self.owner.shows(self, pane)

    # ── geometry ─────────────────────────────────────────────────────────────────────────────────

    @property
    def pixels_per_unit(self) -> float:
        """Pixels for each unit of mouse positions."""
        return self.native.pixels_per_unit

    def resized(self) -> None:
        """The native window has another size, or cells have: reflow and repaint."""
        self.text_area.lay_out(self.presenter.glyphs)

    def moved(self) -> None:
        """The native window is elsewhere, or has become an icon or is none any more."""
        self.pane.terminal.set_window(self.text_area.facts())

    def reconfigure(self, config: Config) -> None:
        """Follow another configuration; a zoom is kept unless font.size itself changes.

        Raises FontError, and then nothing has changed.
        """
        kept = config.font.size == self.config.font.size
        size_pt = self.font_size if kept else config.font.size
        glyphs = self.owner.glyphs(config, self.native.scale, size_pt)
        self.font_size = size_pt
        self.config = config
        self.keyboard.configure(config)
        self.finding.configure(config)
        self.finding.have_command_line(self.pane.view, self.pane.terminal)
        self.presenter.restyle(config)
        self._configure_pane()
        self.text_area.lay_out(glyphs)

    def _configure_pane(self) -> None:
        terminal = self.pane.terminal
        reports = terminal.options.test_reports
        terminal.configure(terminal_options(self.config, test_reports=reports))
        self.pane.configure(pane_options(self.config))

    def set_font_size(self, size_pt: float) -> None:
        """Draw the text in another size; the window keeps its size and gets more or fewer cells.

        Raises FontError, and then nothing has changed.
        """
        smallest, largest = SIZE_RANGE_PT
        size_pt = min(max(size_pt, smallest), largest)
        glyphs = self.owner.glyphs(self.config, self.native.scale, size_pt)
        self.font_size = size_pt
        self.text_area.lay_out(glyphs)

    # ── the pane's side ──────────────────────────────────────────────────────────────────────────

    def pump(self, deadline: float) -> bool:
        """Parse what the program wrote, until `deadline`; True when there is more to do."""
        pane, before = self.pane, self.pane.received
        try:
            return pane.pump(deadline)
        finally:
            more = pane.far_end.has_output
            self.presenter.output(pane.received - before, time.monotonic(), more=more)

    def damaged(self) -> None:
        """The pane, or what lies over it, may look different."""
        self.presenter.damage()

    def _surfaces_changed(self) -> None:
        if self.surfaces.unsettled:
            self.resized()
        self.damaged()

    def woken(self) -> None:
        """This window may have another deadline."""
        self.owner.woken(self)

    def act_on(self, event: PaneEvent) -> None:
        """Do what the pane's program wants of the world; it may."""
        match event:
            case Happened(name, happened):
                if name == "title":
                    self.native.set_title(self.pane.shown_title)
                elif name == "bell":
                    self._rung()
                self.owner.happened(name, self, **happened)
            case ReachedOut(privilege, allowed, size):
                self.owner.reached_out(self, privilege, allowed=allowed, size=size)
            case TrustChanged():
                self.native.set_title(self.pane.shown_title)
                self.moved()
            case AttentionWanted():
                self.native.request_attention()
            case ClipboardWritten(text, primary):
                self.owner.display.set_clipboard(text, primary=primary)
            case ClipboardAsked():
                self.desktop.answer(event)
            case SizeChanged(lines, columns, wanted):
                if wanted and not self.native.fullscreen:
                    self.text_area.ask_for(lines, columns)
                self.resized()  # The terminal has that size already; the window may not.
            case OperationWanted(operation):
                self._operations.run(operation, self.text_area.around)
                self.moved()  # SDL has no event for what it did itself.

    def _rung(self) -> None:
        command = self.config.bell.command
        if command is not None and self.pane.grants(Privilege.ATTENTION):
            self.desktop.run((command.program, *command.args))

    def program_ended(self, exit_status: int) -> None:
        """The program ended, and all it wrote has been parsed."""
        self.pane.end(exit_status)
        self.surfaces.program_ended()
        if not self.pane.hold:
            self.owner.close_window(self)

    # ── what gputerm has to say ──────────────────────────────────────────────────────────────────

    def say(self, message: str) -> None:
        """Show a line over the text until the user has seen it."""
        self.message_bar.show(message)

    def advise(self, message: str) -> None:
        """Say why something doesn't happen as it should, here and on standard error."""
        self.say(message)
        self.owner.report(message)

    @cached_property
    def questions(self) -> Questions:
        """What the user is asked about what happens here."""
        from gputerm.view.question import Questions  # seldom asked

        questions = Questions()
        self.surfaces.add(questions)
        return questions

    @cached_property
    def palette(self) -> CommandPalette:
        """All actions, for the user to choose from."""
        from gputerm.app.command_palette import CommandPalette  # which a start doesn't need

        return CommandPalette(self.surfaces, self.perform)

    def failed(self, message: str) -> None:
        """Something of ours failed at work for this window: say so, and paint everything anew."""
        self.presenter.forget()
        self.say(message)

    # ── the user's side ──────────────────────────────────────────────────────────────────────────

    def perform(self, action: BindingAction) -> None:
        """Carry out what a binding, or somebody else, asks for."""
        perform(self, action)

    def focus_changed(self, focused: bool) -> None:
        """The keyboard focus came or went."""
        if focused != self.focused:
            self.focused = focused
            self.focused_at = time.monotonic() if focused else self.focused_at
            self.owner.happened("focus", self, focused=focused)
            self.pane.focus(focused)

    def visibility_changed(self, visible: bool) -> None:
        """The window was hidden or minimised, or can be seen again."""
        self.presenter.visible = visible
        self.moved()
        if visible:
            self.exposed()

    def exposed(self) -> None:
        """The window system lost what the window showed."""
        self.presenter.expose()

    def close_requested(self) -> None:
        """The user closes the window by the window manager's means."""
        self.owner.close_window(self)

    # ── time ─────────────────────────────────────────────────────────────────────────────────────

    def next_deadline(self, now: float) -> float:
        """When this window wants the main loop's attention; infinity: not before it is `woken`."""
        due = self.presenter.due(now)
        return min(
            due if due is not None else float("inf"),
            self.pane.next_deadline(),
            self.pointer.next_deadline(),
        )

    def tick(self, now: float) -> None:
        """Do what time asks for: blink, scroll a selection along, act on events that had to
        wait."""
        self.pane.tick(now)
        self.pointer.tick(now)

    def draw(self) -> None:
        """Paint what changed and show it. Raises GLError when the window has been destroyed."""
        self.presenter.draw()

    def close(self) -> None:
        """Free what the window holds and hang up its program."""
        with ExitStack() as parts:  # One that fails doesn't keep the others.
            parts.callback(self.native.close)
            parts.callback(self.presenter.close)
            parts.callback(self.pane.close)
            parts.callback(self.surfaces.close)
            parts.callback(self.pane.typing.close)  # before a question about a paste is answered
