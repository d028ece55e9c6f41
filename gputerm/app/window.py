"""One window of the app: a Session shown by a Canvas in a native Window, and the input to it.

What happens to a window ends here (the mouse in mouse.py); what concerns the process, such as
other windows or its end, is asked of the `Owner`. Times are monotonic seconds.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

from gputerm.actions import Action
from gputerm.app.mouse import Pointer
from gputerm.app.pacer import FramePacer
from gputerm.app.perform import perform
from gputerm.app.xtwinops import WindowOperations, facts
from gputerm.config import Config
from gputerm.configured.appearance import (
    look_of,
    message_colors,
    selection_colors,
    terminal_options,
)
from gputerm.configured.geometry import layout, window_size
from gputerm.errors import GLError
from gputerm.failures import FailureCount
from gputerm.host import detached
from gputerm.input import Bindings, Deed, KeyEvent, KeyKind, Mode
from gputerm.pane.blinking import Blinking
from gputerm.pane.event_limits import EventLimits
from gputerm.pane.meter import Meter, Statistics
from gputerm.pane.session import Session
from gputerm.policy.match import Known
from gputerm.policy.privileges import Privilege, Trust, allows
from gputerm.policy.trust import Trusting
from gputerm.render.canvas import Canvas
from gputerm.render.paint import Array
from gputerm.text import Glyphs
from gputerm.text.metrics import SIZE_RANGE_PT
from gputerm.view import INVERT, MessageBar, Overlay, Span
from gputerm.vt import Snapshot, WindowFacts
from gputerm.vt import events as vt
from gputerm.vt.modes import DecMode
from gputerm.window.display import Display
from gputerm.window.native import Window

#: A program that rings all the time rings ten times a second at most.
BELL_MIN_INTERVAL = 0.1

#: Before the title of an untrusted window, where its program can't write.
UNTRUSTED_MARK = "[untrusted] "

#: Questions for a selection that may wait for its owner; a program that asks more often gets fewer
#: answers.
MAX_QUERIES = 10

NO_OVERLAY = Overlay()

if TYPE_CHECKING:
    from gputerm.app.perf_log import PerfLog


class Owner(Protocol):
    """What a window asks of its process."""

    display: Display
    perf_log: "PerfLog | None"

    def happened(self, event: str, window: "TerminalWindow", **facts: object) -> None: ...
    def reached_out(
        self, window: "TerminalWindow", privilege: Privilege, *, allowed: bool, size: int
    ) -> None: ...
    def request_clipboard(
        self,
        window: "TerminalWindow",
        answer: Callable[[str, str | None], None],
        *,
        primary: bool,
        wanted: Callable[[], bool],
    ) -> None: ...
    def glyphs(self, config: Config, scale: float, size_pt: float) -> Glyphs: ...
    def report_once(self, lines: Sequence[str]) -> None: ...
    def open_like(self, window: "TerminalWindow") -> None: ...
    def another_instance(self) -> Sequence[str]: ...
    def close_window(self, window: "TerminalWindow") -> None: ...
    def woken(self, window: "TerminalWindow") -> None: ...
    def report(self, message: str) -> None: ...


class TerminalWindow:
    """A window with its program. `native`, `canvas` and `session` are its parts."""

    def __init__(
        self,
        number: int,
        owner: Owner,
        config: Config,
        *,
        native: Window,
        canvas: Canvas,
        session: Session,
        glyphs: Glyphs,
        hold: bool,
        title: str | None,
        overrides: Sequence[str] = (),
        trust: Trust | None = None,
    ) -> None:
        """`title` is fixed when given: neither the configuration nor the program changes it."""
        self.number = number
        self.config = config
        self.native = native
        self.canvas = canvas
        self.session = session
        self.hold = hold
        self.overrides = list(overrides)  #: "KEY=VALUE" snippets that make `config` of the app's
        self.exit_status: int | None = None
        self.title = native.title  #: without the mark of untrusted windows
        channel = session.channel
        opened_as = Known(
            number,
            {channel.pid},
            self.title,
            channel.environment.get("PWD", ""),
            [" ".join(channel.command)],
            channel.environment,
        )
        self._trusting = Trusting(trust, opened_as, config)
        self._ended = False  # the program, and all it wrote has been parsed
        self.focused = False
        self.focused_at = float("-inf")  #: when the focus last came
        self.visible = True
        self._lost = False  # the window shows something else than the canvas
        self.pacer = FramePacer(lambda: owner.woken(self))
        self._meter = Meter()
        self.opened, self.started = time.time(), time.monotonic()
        self._owner = owner
        self._display = owner.display
        self._glyphs = glyphs
        self._size_pt = config.font.size
        self._layout = layout(config, glyphs.metrics, native.scale, *native.size)
        self._look = look_of(config)
        self._selection_colors = selection_colors(config)
        self._message_colors = message_colors(config)
        self._pinned_title = title
        self._bindings = Bindings([binding.parsed() for binding in config.keyboard.bindings])
        self._swallowed: set[int | None] = set()  # scancodes of bound keys that are down
        self._pointer = Pointer(self)
        self._operations = WindowOperations(native)
        self._blinking = Blinking()
        self._bell_rung = float("-inf")
        self._limits = EventLimits()
        self._events: deque[vt.Event] = deque()  # parsed, and not acted on yet
        self.message_bar = MessageBar()
        self.failures = FailureCount()
        self._queries = 0  # of selections, not yet answered
        self._apply_trust()
        self._restart_blinking(time.monotonic())
        self.pacer.damage()

    @property
    def trust(self) -> Trust:
        """How far the program is trusted."""
        return self._trusting.level

    @trust.setter
    def trust(self, trust: Trust) -> None:
        self._trusting.say(trust)
        self._apply_trust()

    def _apply_trust(self) -> None:
        self._show_title()
        self.moved()

    # ── geometry ─────────────────────────────────────────────────────────────────────────────────

    @property
    def cell_size(self) -> tuple[int, int]:
        """(width, height) of a cell in pixels."""
        metrics = self._glyphs.metrics
        return metrics.cell_width, metrics.cell_height

    @property
    def padding(self) -> tuple[int, int]:
        """Where the top left cell is, (x, y) in pixels."""
        return self._layout.padding

    def resized(self) -> None:
        """The native window has another size: reflow and repaint."""
        width, height = self.native.size
        before = self._layout
        self._layout = layout(self.config, self._glyphs.metrics, self.native.scale, width, height)
        try:
            self.canvas.resize(width, height, self._layout.padding, self._glyphs)
        except GLError as error:  # the picture keeps its size
            self._owner.report_once([str(error)])
        lines, columns, _ = self._layout
        self.session.resize(lines, columns, self._facts())
        self.exposed()
        if before[:2] != self._layout[:2]:
            self._owner.happened("resize", self, lines=lines, columns=columns)

    def moved(self) -> None:
        """The native window is elsewhere, or has become an icon or is none any more."""
        self.session.terminal.set_window(self._facts())

    def _facts(self) -> WindowFacts:
        """What the program may know of the window."""
        lines, columns, _ = self._layout
        width, height = columns * self.cell_size[0], lines * self.cell_size[1]
        if self.grants(Privilege.WINDOW_REPORT):
            return facts(self.native, width, height)
        return WindowFacts(width, height, screen_width=width, screen_height=height)

    def resize_to(self, lines: int, columns: int) -> None:
        """Ask the window system for a window of so many cells, or of as many as the display has."""
        scale = self.native.scale
        width, height = window_size(self.config, self._glyphs.metrics, scale, lines, columns)
        self.native.set_size(*self.native.no_larger_than_display(width, height))

    @property
    def font_size(self) -> float:
        """In points; differs from the configured one after a zoom."""
        return self._size_pt

    def pin_title(self, title: str | None) -> None:
        """Fix the title, so that the program can't change it; None leaves it to the program."""
        self._pinned_title = title
        self._show_title()

    def _show_title(self) -> None:
        """The fixed title, else the program's if it may set one, else the configured one."""
        window = self.config.window
        may = window.dynamic_title and self.grants(Privilege.TITLE)
        programs = self.session.terminal.title if may else ""
        pinned = self._pinned_title
        title = pinned if pinned is not None else programs or window.title
        shown = UNTRUSTED_MARK * (self.trust is Trust.UNTRUSTED) + title
        if shown != self.native.title:
            self.native.set_title(shown)
        if title != self.title:
            self.title = title
            self._owner.happened("title", self, title=title)

    def reconfigure(self, config: Config) -> None:
        """Follow another configuration; a zoom is kept unless font.size itself changes.

        Raises FontError, and then nothing has changed.
        """
        before = self.config
        size_pt = self._size_pt if config.font.size == before.font.size else config.font.size
        self._glyphs = self._owner.glyphs(config, self.native.scale, size_pt)
        self._size_pt = size_pt
        self.config = config
        self._look = look_of(config)
        self._selection_colors = selection_colors(config)
        self._message_colors = message_colors(config)
        self._bindings = Bindings([binding.parsed() for binding in config.keyboard.bindings])
        options = self.session.terminal.options
        self.session.terminal.configure(terminal_options(config, test_reports=options.test_reports))
        self.session.set_word_separators(config.selection.semantic_escape_chars)
        self._trusting.configure(config)
        self._apply_trust()
        self.resized()
        self._restart_blinking(time.monotonic())

    def set_font_size(self, size_pt: float) -> None:
        """Draw the text in another size; the window keeps its size and gets more or fewer cells.

        Raises FontError, and then nothing has changed.
        """
        smallest, largest = SIZE_RANGE_PT
        size_pt = min(max(size_pt, smallest), largest)
        self._glyphs = self._owner.glyphs(self.config, self.native.scale, size_pt)
        self._size_pt = size_pt
        self.resized()

    # ── the program's side ───────────────────────────────────────────────────────────────────────

    def pump(self, deadline: float) -> bool:
        """Parse what the program wrote, until `deadline`; True when there is more to do."""
        before = self.session.received
        self._events += self.session.pump(deadline)
        now = time.monotonic()
        more = self.session.has_unread
        self.pacer.output(self.session.received - before, now, more=more)
        while self._events:
            # Taken out first: should acting on it fail, the next call goes on with the others.
            event = self._events.popleft()
            if self._limits.admits(event, now):
                self._handle(event)
        return more or self.session.reflowing

    def _handle(self, event: vt.Event) -> None:
        match event:
            case vt.TitleChanged(title):
                # What isn't allowed mustn't appear later either, so Terminal forgets it.
                if self._may(Privilege.TITLE, len(title)):
                    self._show_title()
                else:
                    self.session.terminal.titles.window = ""
            case vt.Bell(urgent=urgent, raises=raises):
                self._ring(urgent=urgent, raises=raises)
            case vt.ClipboardSet(selection, data):
                if self._may(Privilege.CLIPBOARD_WRITE, len(data)):
                    text = data.decode("utf-8", "replace")
                    for primary in _targets(selection):
                        self._display.set_clipboard(text, primary=primary)
            case vt.ClipboardQuery(selection):
                if self._may(Privilege.CLIPBOARD_READ):
                    self._answer_query(event, primary=True in _targets(selection)[:1])
            case vt.ResizeRequest(lines, columns):
                if not self.native.fullscreen and self._may(Privilege.RESIZE):
                    self.resize_to(lines, columns)
                self.resized()  # The terminal has that size already; the window may not.
            case vt.WindowOperation():
                if self.session.terminal.options.test_reports:
                    self._operations.run(event, self.padding)
                    self.moved()  # SDL has no event for what it did itself.
            case vt.CursorStyleChanged():
                self._restart_blinking(time.monotonic())
            case vt.CwdChanged(host, path):
                if self._may(Privilege.CWD, len(path)):
                    self._owner.happened("cwd", self, host=host, path=path)
                else:
                    self.session.terminal.cwd = ""
            case vt.PromptMark(vt.PromptKind.OUTPUT, block=block, command=command):
                self._owner.happened("command-started", self, block=block, command=command)
            case vt.PromptMark(vt.PromptKind.FINISHED, block=block, command=command):
                self._owner.happened(
                    "command-finished",
                    self,
                    block=block,
                    command=command,
                    exit_code=event.exit_code,
                )
            case vt.Notify(title, body, id, urgency):
                if self._may(Privilege.NOTIFICATION, len(title) + len(body)):
                    facts = {"title": title, "body": body, "id": id}
                    self._owner.happened(
                        "notification", self, **facts, urgency=urgency.name.lower()
                    )
            case _:
                pass  # progress, other marks: nobody acts on them yet

    def _answer_query(self, query: vt.ClipboardQuery, *, primary: bool) -> None:
        """Tell the program what a selection holds, when its owner has told us."""

        def answer(text: str, problem: str | None) -> None:
            self._queries -= 1
            session = self.session
            session.reply(session.terminal.clipboard_reply(query, text.encode(errors="replace")))

        if self._queries < MAX_QUERIES:
            self._queries += 1
            self._owner.request_clipboard(self, answer, primary=primary, wanted=lambda: True)

    def _may(self, privilege: Privilege, size: int = 0) -> bool:
        """Whether the program may reach out of its window like this; audited either way."""
        allowed = self.grants(privilege)
        self._owner.reached_out(self, privilege, allowed=allowed, size=size)
        return allowed

    def grants(self, privilege: Privilege) -> bool:
        """Whether the program may do this now."""
        osc52 = self.config.terminal.osc52
        return allows(self.trust, privilege, osc52=osc52, focused=self.focused)

    def _ring(self, *, urgent: bool, raises: bool) -> None:
        now = time.monotonic()
        if now - self._bell_rung < BELL_MIN_INTERVAL:
            return
        self._bell_rung = now
        self._owner.happened("bell", self)
        if not self.focused and (urgent or raises) and self._may(Privilege.ATTENTION):
            # No more for mode 1043: a window that comes up would take the keyboard while one types.
            self.native.request_attention()
        if self.config.bell.duration:
            self._blinking.flash(now, self.config.bell.duration / 1000)
            self.pacer.damage()

    # ── what gputerm has to say ──────────────────────────────────────────────────────────────────

    def say(self, message: str) -> None:
        """Show a line over the text until the user has seen it."""
        self.message_bar.show(message)
        self.pacer.damage()

    def advise(self, message: str) -> None:
        """Say why something doesn't happen as it should, here and on standard error."""
        self.say(message)
        self._owner.report(message)

    def clear_messages(self) -> None:
        """Close the message bar."""
        if self.message_bar.clear():
            self.pacer.damage()

    def failed(self, message: str) -> None:
        """Something of ours failed at work for this window: say so, and paint everything anew."""
        self.canvas.forget()
        self._lost = True
        self.say(message)

    def facts_for_report(self) -> dict[str, object]:
        """Counts that help to understand a failure. Nothing that was typed or shown."""
        terminal = self.session.terminal
        return {
            "size": f"{terminal.columns}x{terminal.lines}",
            "bytes received": self.session.received,
            "number of the last change": terminal.snapshot().seqno,
            "lines of history": terminal.screen_top - terminal.first_line,
            "frames": self.statistics().frames,
        }

    def program_ended(self) -> None:
        """The program ended with `exit_status`, and all it wrote has been parsed."""
        if not self._ended:
            self._ended = True
            self._owner.happened("exit", self, exit_status=self.exit_status)
        if not self.hold:
            self._owner.close_window(self)

    # ── the user's side ──────────────────────────────────────────────────────────────────────────

    def key(self, event: KeyEvent) -> None:
        """A key went down or came up: a binding, else the program."""
        now = time.monotonic()
        if event.kind is KeyKind.RELEASE and event.scancode in self._swallowed:
            self._swallowed.discard(event.scancode)
            return  # the program didn't see the press either
        if self.session.pasting and event.key == "Escape" and event.kind is KeyKind.PRESS:
            self.session.drop_pastes()
            self._swallowed.add(event.scancode)
            return
        if deeds := self._bindings.lookup(event, self._mode):
            passes = Action.RECEIVE_CHAR in deeds
            if not passes:
                self._swallowed.add(event.scancode)
            for deed in deeds:
                self.perform(deed)
            if not passes:
                return
        self._swallowed.discard(event.scancode)
        seen = self._seen()
        if self.session.key(event):
            self._typed(now, seen)

    def text(self, text: str) -> None:
        """An input method committed text."""
        seen = self._seen()
        if self.session.text(text):
            self._typed(time.monotonic(), seen)

    def _typed(self, now: float, seen: object) -> None:
        self.pacer.key_pressed(now)
        self._meter.key_pressed(now, self.session.received)
        self._restart_blinking(now)
        if seen != self._seen():
            self.pacer.damage()  # Else nothing shows until the echo, which mustn't find us drawing.
        if self.config.mouse.hide_when_typing:
            self._display.set_pointer("none")

    def _seen(self) -> object:
        """What typing may change in the window by itself."""
        return self.session.viewport.top, self.session.selection, self._blinking.cursor_on

    def _mode(self) -> Mode:
        terminal = self.session.terminal
        mode = Mode.NONE
        if terminal.modes.get_mode(DecMode.DECCKM):
            mode |= Mode.APP_CURSOR
        if terminal.modes.get_mode(DecMode.DECNKM):
            mode |= Mode.APP_KEYPAD
        if terminal.alternate:
            mode |= Mode.ALT
        return mode

    def perform(self, deed: Deed) -> None:
        """Carry out what a binding asks for."""
        perform(self, deed)
        self.pacer.damage()

    def paste(self, *, primary: bool) -> None:
        """Type the clipboard or the primary selection, as soon as its owner has told us the text.

        Escape, until then, calls it off.
        """
        if (paste := self.session.expect_paste()) is None:
            return

        def came(text: str, problem: str | None) -> None:
            if paste.wanted:
                if not self.session.paste_came(paste, text):
                    problem = "the program in the window doesn't read what is pasted"
                if problem is not None:
                    self.advise(problem)
                self.pacer.damage()

        self._owner.request_clipboard(self, came, primary=primary, wanted=lambda: paste.wanted)

    def open_another(self) -> None:
        """Open a window where this one's program is."""
        self._owner.open_like(self)

    def spawn_instance(self) -> None:
        """Start another gputerm where this window's program is."""
        self.run(self._owner.another_instance())

    def copy(self, *, primary: bool) -> None:
        """Put the selected text, if there is any, on the clipboard or the primary selection."""
        text = self.session.selected_text()
        if text:
            self._display.set_clipboard(text, primary=primary)

    def drop(self, text: str, *, is_file: bool) -> None:
        """A file's path, quoted for the shell, or text was dropped on the window."""
        if is_file:
            text = "'" + text.replace("'", "'\\''") + "' "
        self.session.paste(text)
        self.pacer.damage()

    @property
    def directory(self) -> str | None:
        """Where what is started from this window starts: where its program is, or None.

        Not that of an untrusted one: shells and prompts run what some directories tell them to.
        """
        return self.session.channel.cwd() if self.grants(Privilege.CWD) else None

    def run(self, argv: Sequence[str]) -> None:
        """Start a program beside the terminal, in the directory of the one in it."""
        try:
            detached.start(argv, self.directory)
        except OSError as error:
            self.advise(f'can\'t start "{argv[0]}": {error.strerror}')

    def open_link(self, uri: str) -> None:
        """Give a link that the user clicked to the desktop."""
        if not self._may(Privilege.LINK, len(uri)):
            self.advise("this link is not opened: its window is not trusted")
        elif not detached.may_open(uri):
            self.advise("this link is not opened: it could do more than show something")
        else:
            self.run((detached.OPENER, uri))

    def focus_changed(self, focused: bool) -> None:
        """The keyboard focus came or went."""
        if focused != self.focused:
            self.focused = focused
            self.focused_at = time.monotonic() if focused else self.focused_at
            self._owner.happened("focus", self, focused=focused)
            self.session.focus(focused)
            self._restart_blinking(time.monotonic())
            self.pacer.damage()

    def visibility_changed(self, visible: bool) -> None:
        """The window was hidden or minimised, or can be seen again."""
        self.visible = visible
        self.moved()
        if visible:
            self.exposed()

    def exposed(self) -> None:
        """The window system lost what the window showed."""
        self._lost = True
        self.pacer.damage()

    def close_requested(self) -> None:
        """The user closes the window by the window manager's means."""
        self._owner.close_window(self)

    @property
    def pixels_per_unit(self) -> float:
        """Pixels for each unit of mouse positions."""
        return self.native.pixels_per_unit

    @property
    def pointer(self) -> Pointer:
        """The mouse in this window."""
        return self._pointer

    # ── frames ───────────────────────────────────────────────────────────────────────────────────

    def _restart_blinking(self, now: float) -> None:
        """Show the cursor, and blink from now on if it blinks."""
        cursor = self.config.cursor
        self._blinking.restart(
            now,
            blinks=self._cursor_blinks(),
            interval=cursor.blink_interval / 1000,
            timeout=cursor.blink_timeout_ms / 1000,
        )
        self._owner.woken(self)

    def _cursor_blinks(self) -> bool:
        style = self.config.cursor.style.blinking
        if not self.focused or style == "Never":
            return False
        return style == "Always" or self.session.terminal.cursor_style.blinking

    def next_deadline(self, now: float) -> float:
        """When this window wants the main loop's attention; infinity: not before it is `woken`."""
        due = self._frame_due(now)
        return min(
            due if due is not None else float("inf"),
            self._blinking.next_deadline(),
            self._pointer.next_deadline(),
            self._limits.deadline,
        )

    def _frame_due(self, now: float) -> float | None:
        due = self.pacer.due() if self.visible else None
        if due is None:
            return None
        held = self.session.held_until(now)
        return due if held is None else max(due, held)

    def tick(self, now: float) -> None:
        """Do what time asks for: blink, end the bell, scroll a selection along, act on events that
        had to wait."""
        for event in self._limits.due(now):
            self._handle(event)
        if self._blinking.tick(now):
            self.pacer.damage()
        self._pointer.tick(now)

    def open(self, activation_token: str | None) -> None:
        """Map the window with its first frame. This window's GL context must be current."""
        # Painted before, so that what is shown first follows the mapping at once; shown after,
        # because nobody keeps what is drawn into a window that isn't mapped.
        self._paint(time.monotonic())
        self.native.show(activation_token=activation_token)
        self._lost = True
        self.draw()

    def frame_is_due(self, now: float) -> bool:
        """Whether `draw` should be called now."""
        due = self._frame_due(now)
        return due is not None and due <= now

    def draw(self) -> None:
        """Paint what changed and show it. This window's GL context must be current."""
        started = time.monotonic()
        self.session.channel.let_read_ahead()
        self.pacer.begin()
        shown = self._paint(started) or self._lost
        drawn = time.monotonic()
        if shown:
            if self.native.shows_parts and not self._lost:
                self.native.show_part(*self.canvas.present(part=True))
            else:
                self.native.renew()
                self.canvas.present()
                self.native.swap()
            self._lost = False
        if self.canvas.blinks:
            self._blinking.text_blinks(started)
        ended = time.monotonic()
        if self.session.received:  # The program's first output mustn't wait for an empty screen.
            self.pacer.drawn(started, ended)
        waited = self._meter.frame(started, ended, self.session.received, shown=shown)
        if shown and self._owner.perf_log is not None:
            self._owner.perf_log.frame(
                self.number,
                received=self.session.received,
                parsing=self.session.parsing,
                times=(started, self.canvas.painted, drawn, ended),
                waited=waited,
            )

    def statistics(self) -> Statistics:
        """What the window has done so far."""
        return self._meter.statistics(self.session.received, self.session.parsing)

    def picture(self) -> Array:
        """uint8[height, width, 4]: what the window shows, or would if it weren't covered.

        This window's GL context must be current.
        """
        if self._paint(time.monotonic()):
            self._lost = True  # the canvas is ahead of the window
            self.pacer.damage()
        return self.canvas.pixels()

    def _paint(self, now: float) -> bool:
        """Bring the canvas up to date; whether that changed it."""
        session = self.session
        snapshot = session.snapshot()
        try:
            changed = self.canvas.draw(
                snapshot,
                self._overlay(snapshot, ringing=self._blinking.flashing(now)),
                focused=self.focused,
                cursor_on=self._blinking.cursor_on,
                blink_on=self._blinking.text_on,
                look=self._look,
            )
        except GLError as error:  # no memory for glyphs: what is shown stays
            self._owner.report_once([str(error)])
            return False
        if changed and self._glyphs.problems:
            self._owner.report_once(self._glyphs.problems)
        return changed

    def _overlay(self, snapshot: Snapshot, *, ringing: bool) -> Overlay:
        """What lies over the cells."""
        if ringing:
            width = snapshot.columns
            flash = (Span(row, 0, width, INVERT, INVERT) for row in range(snapshot.lines))
            return Overlay.merged(flash)
        link = self._pointer.find_link(snapshot)
        selection = self.session.selection
        texts = self.message_bar.lay_out(
            snapshot.lines, snapshot.columns, snapshot.cursor.line, self._message_colors
        )
        if link is None and selection is None and not texts:
            return NO_OVERLAY
        spans: list[Span] = list(link.spans) if link is not None else []
        if selection is not None:
            spans += selection.spans(snapshot.top, **self._selection_colors)
        return Overlay.merged(spans).replace(texts=texts)

    def close(self) -> None:
        """Free what the window holds and hang up its program. Its GL context must be current."""
        with ExitStack() as parts:  # One that fails doesn't keep the others.
            parts.callback(self.native.close)
            parts.callback(self.canvas.close)
            parts.callback(self.session.close)

    def show_pointer(self, shape: str) -> None:
        """Show the mouse pointer as "text", "arrow" or "hand"."""
        self._display.set_pointer(shape)


def _targets(selection: str) -> list[bool]:
    """What OSC 52's letters name: False for the clipboard, True for the primary selection."""
    letters = selection or "c"
    return [primary for primary, names in ((False, "c"), (True, "ps")) if set(letters) & set(names)]
