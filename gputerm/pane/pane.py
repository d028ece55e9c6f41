"""One terminal at work, with all that belongs to it and to nobody else.

    far end ─ bytes ─▶ Terminal ─ events ─▶ Pane ─ PaneEvents ─▶ whoever shows it
    far end ◀─────────────────── Typing ◀── keys, text, pastes, mouse

Knows no window, renderer, configuration file or socket. It works unseen as well: `holder` is
whoever shows it now, and it can be shown elsewhere afterwards. Times are monotonic seconds and come
in as arguments; only `pump` looks at the clock, because it must stop in time.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from gputerm.finding.slices import at_once
from gputerm.pane.blinking import Blinking
from gputerm.pane.events import NOBODY, Happened, Holder, ReachedOut, TrustChanged
from gputerm.pane.meter import Meter, Statistics
from gputerm.pane.outreach import Outreach
from gputerm.pane.typing import Typing
from gputerm.policy.match import Known
from gputerm.policy.privileges import Privilege, Trust, allows
from gputerm.policy.trust import Trusting
from gputerm.view import View
from gputerm.vt import events as vt

if TYPE_CHECKING:
    from collections.abc import Callable

    from gputerm.finding.slices import Aside
    from gputerm.host import FarEnd
    from gputerm.pane.options import PaneOptions
    from gputerm.vt import Terminal, WindowFacts

__all__ = ["SYNC_TIMEOUT", "UNTRUSTED_MARK", "Pane"]

#: What parsing may cost between two looks at the clock, in bytes of text and what takes as long
#: (vt/core/budget.py): well under a millisecond.
_SLICE = 64 << 10

#: Seconds for which one pump reflows lines of history.
_REFLOW = 0.002

#: How long a synchronized update (mode 2026) may hold the screen, from its beginning.
SYNC_TIMEOUT = 0.15

#: Before the title of an untrusted pane, where its program can't write.
UNTRUSTED_MARK = "[untrusted] "


class Pane:
    """A terminal, its far end, and the user's view of it."""

    def __init__(
        self,
        number: int,
        terminal: Terminal,
        far_end: FarEnd,
        *,
        options: PaneOptions,
        trust: Trust | None = None,
        hold: bool = False,
        title: str | None = None,
        opened_in: int = 0,
        before_typing: Callable[[], None] = lambda: None,
        aside: Aside = at_once,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`trust` overrules the options. `opened_in` is the window's number, which their rules may
        name. `hold`: it stays when its program has ended. `title` is fixed when given: neither the
        options nor the program changes it. `before_typing` is called before something typed is
        sent to the far end. What takes long and needn't be done by the main thread is done `aside`.
        `clock` gives the times of the shell's marks, in seconds since the epoch.
        """
        self.number = number
        self.terminal = terminal
        self.far_end = far_end
        self.options = options
        self.hold = hold
        self.holder: Holder = NOBODY
        self.view = View(terminal, lambda: self.holder.damaged(), aside)
        self.view.word_separators = options.word_separators
        self.typing = Typing(terminal, far_end, before=self._to_be_sent, after=self._sent)
        self._before_typing = before_typing
        self._clock = clock
        self.blinking = Blinking()
        self.meter = Meter()
        self.received = 0  #: bytes from the program, parsed so far
        self.parsing = 0.0  #: seconds spent on them, also for reading in turn
        self.focused = False
        self.opened, self.started = time.time(), time.monotonic()
        self.exit_status: int | None = None
        self._ended = False  # the program, and all it wrote has been parsed
        self._pinned_title = title
        self.title = options.title if title is None else title  #: without the untrusted's mark
        environment = far_end.program.environment
        opened_as = Known(
            opened_in,
            {far_end.program.pid},
            self.title,
            environment.get("PWD", ""),
            [" ".join(far_end.program.command)],
            environment,
        )
        self._trusting = Trusting(trust, opened_as)
        self._trusting.configure(options.trust_rules, options.trust)
        self._outreach = Outreach(self)
        self._events: deque[vt.Event] = deque()  # parsed, and not acted on yet
        self._echo = b""  # typed while SRM is reset, to be shown by the next pump
        self._sync_generation = -1
        self._sync_until = 0.0

    # ── the program's side ───────────────────────────────────────────────────────────────────────

    def pump(self, deadline: float) -> bool:
        """Parse what the program wrote, until `deadline`, and act on it; True when there is more
        to do.
        """
        self._feed(deadline)
        now = time.monotonic()
        while self._events:
            # Taken out first: should acting on it fail, the next call goes on with the others.
            event = self._events.popleft()
            self._outreach.take(event, now)
        return bool(self._echo) or self.far_end.has_output or self.terminal.reflowing

    def _feed(self, deadline: float) -> None:
        started = time.monotonic()
        if self._echo:
            size, caused = self.terminal.echo(self._echo, _SLICE)
            self._echo = self._echo[size:]
            self.received += size
            self._take(caused)
        before, now = self.received, started
        while (fed := self.far_end.feed(self.terminal, _SLICE)) is not None:
            size, caused = fed
            self.received += size
            self._take(caused)
            now = time.monotonic()
            if now >= deadline:
                break
        self.far_end.fed(self.received - before, now)
        self.parsing += now - started
        if self.terminal.reflowing:
            self.view.reflow(min(deadline, now + _REFLOW))
        self.view.fed()

    def _take(self, caused: list[vt.Event]) -> None:
        """Send replies at once; the other events are acted on after all was parsed."""
        for event in caused:
            if isinstance(event, vt.Reply):
                self.far_end.write(event.data)
                continue
            if isinstance(event, vt.ResizeRequest):  # reflowed already, unseen by the view
                self.view.clear_selection()
                self.view.viewport.to_bottom()
            elif isinstance(event, vt.PromptMark):
                self.terminal.blocks.timed(event.kind, event.block, self._clock())
            self._events.append(event)

    def tell(self, name: str, /, **facts: object) -> None:
        """Have subscribers told of an event."""
        self.holder.act_on(Happened(name, facts))

    def end(self, exit_status: int) -> None:
        """The program has ended with a status (128 + a signal), and all it wrote was parsed."""
        self.exit_status = exit_status
        if not self._ended:
            self._ended = True
            self.tell("exit", exit_status=exit_status)

    # ── what the program may ─────────────────────────────────────────────────────────────────────

    @property
    def trust(self) -> Trust:
        """How far the program is trusted."""
        return self._trusting.level

    @trust.setter
    def trust(self, trust: Trust) -> None:
        self._trusting.say(trust)
        self._follow_trust()

    def _follow_trust(self) -> None:
        self.update_title()
        self.holder.act_on(TrustChanged())

    def grants(self, privilege: Privilege) -> bool:
        """Whether the program may do this now."""
        return allows(self.trust, privilege, osc52=self.options.osc52, focused=self.focused)

    def may(self, privilege: Privilege, size: int = 0) -> bool:
        """Whether the program may do this now; audited either way."""
        allowed = self.grants(privilege)
        self.holder.act_on(ReachedOut(privilege, allowed, size))
        return allowed

    def may_open_link(self, uri: str) -> bool:
        """Whether a link that the program has written may be opened; audited either way."""
        return self.may(Privilege.LINK, len(uri))

    @property
    def directory(self) -> str | None:
        """Where what is started from this pane starts: where its program is, or None.

        Not that of an untrusted one: shells and prompts run what some directories tell them to.
        """
        return self.far_end.program.cwd() if self.grants(Privilege.CWD) else None

    # ── title and options ────────────────────────────────────────────────────────────────────────

    def pin_title(self, title: str | None) -> None:
        """Fix the title, so that the program can't change it; None leaves it to the program."""
        self._pinned_title = title
        self.update_title()

    def update_title(self) -> None:
        """The fixed title, else the program's if it may set one, else the configured one."""
        may = self.options.dynamic_title and self.grants(Privilege.TITLE)
        programs = self.terminal.title if may else ""
        pinned = self._pinned_title
        title = pinned if pinned is not None else programs or self.options.title
        if title != self.title:
            self.title = title
            self.tell("title", title=title)

    @property
    def shown_title(self) -> str:
        """The title with what users must know of the pane."""
        return UNTRUSTED_MARK * (self.trust is Trust.UNTRUSTED) + self.title

    def configure(self, options: PaneOptions) -> None:
        """Follow other options."""
        self.options = options
        self._trusting.configure(options.trust_rules, options.trust)
        self.view.word_separators = options.word_separators
        self._follow_trust()
        self.restart_blinking(time.monotonic())

    # ── the user's side ──────────────────────────────────────────────────────────────────────────

    def typed(self, now: float) -> None:
        """Something typed was sent: its echo is waited for, and the cursor is shown."""
        self.meter.key_pressed(now, self.received)
        self.restart_blinking(now)

    def _to_be_sent(self) -> None:
        """Something typed is about to be sent: the view returns to the live screen."""
        self.view.viewport.to_bottom()
        self.view.clear_selection()
        self._before_typing()

    def _sent(self, data: bytes) -> None:
        """Typed bytes are on their way."""
        if self.terminal.local_echo:
            self._echo += data
            self.far_end.announce()

    def focus(self, focused: bool) -> None:
        """The pane has got or lost the keyboard; reported when asked for (mode 1004)."""
        self.focused = focused
        self.terminal.set_focus(focused)
        self._send_replies()
        self.restart_blinking(time.monotonic())
        self.holder.damaged()

    def resize(self, lines: int, columns: int, window: WindowFacts) -> None:
        """Give the terminal another size, reflowing its text, and tell the program."""
        terminal = self.terminal
        before = terminal.lines, terminal.columns
        terminal.set_window(window)  # before anything reports the size
        if (lines, columns) != before:
            self.view.resize(lines, columns)
            if terminal.reflowing:
                self.far_end.announce()  # pump does the rest.
        self.far_end.resize(lines, columns, window.width, window.height)
        self._send_replies()

    def _send_replies(self) -> None:
        for event in self.terminal.take_events():
            if isinstance(event, vt.Reply):
                self.far_end.write(event.data)

    def clear_history(self) -> None:
        """Forget the lines above the screen."""
        self.terminal.clear_history()
        self.far_end.announce()  # pump frees its memory.
        self.holder.damaged()

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    def held_until(self, now: float) -> float | None:
        """While the program is in a synchronized update: when the screen is shown all the same.

        None when it may be shown now. A program that sets the mode again and again can't extend it.
        """
        terminal = self.terminal
        if not terminal.synchronized:
            return None
        if terminal.sync_generation != self._sync_generation:
            self._sync_generation = terminal.sync_generation
            self._sync_until = now + SYNC_TIMEOUT
        return self._sync_until if now < self._sync_until else None

    def restart_blinking(self, now: float) -> None:
        """Show the cursor, and blink from now on if it blinks."""
        if not self.blinking.cursor_on:
            self.holder.damaged()
        blinks = self.options.vi_cursor_blinks if self.view.in_vi_mode else None
        if blinks is None:
            blinks = self.options.cursor_blinks
        if blinks is None:
            blinks = self.terminal.cursor_style.blinking
        self.blinking.restart(
            now,
            blinks=self.focused and blinks,
            interval=self.options.blink_interval,
            timeout=self.options.blink_timeout,
        )
        self.holder.woken()

    def next_deadline(self) -> float:
        """When `tick` has something to do; infinity for never."""
        search = self.view.marked_search
        return min(
            self.blinking.next_deadline(),
            self._outreach.deadline,
            float("inf") if search is None else search.next_deadline(),
        )

    def tick(self, now: float) -> None:
        """Do what time asks for: blink, end the bell, act on events that had to wait, search."""
        self._outreach.tick(now)
        if self.blinking.tick(now):
            self.holder.damaged()
        if (search := self.view.marked_search) is not None:
            search.tick(now)

    # ── figures ──────────────────────────────────────────────────────────────────────────────────

    def statistics(self) -> Statistics:
        """What the pane has done so far."""
        return self.meter.statistics(self.received, self.parsing)

    def close(self) -> None:
        """Hang up the program; nothing of what is on its way is for it any more."""
        self.typing.close()
        self.far_end.close()
