"""Selections as the X server knows them: ours offered to other clients, theirs fetched.

One connection, which waits for nobody: whatever another client does or doesn't do next is an event
or a deadline. More than fits a request goes in pieces (INCR), in either direction.
[Inter-Client Communication Conventions Manual 2]
"""

import math
import select
import time
from collections.abc import Iterator
from typing import Any, ClassVar, Protocol

from Xlib import X, Xatom
from Xlib.protocol import event as x_event
from Xlib.protocol import request as x_request
from Xlib.protocol.display import Display
from Xlib.xobject.drawable import Window

from gputerm.window.asked import Asked

__all__ = ["Peer"]

#: How long an owner may take until it answers, and again for each piece. The X Toolkit's too.
OWNER_TIMEOUT = 5.0

#: How long another client may leave a piece of ours unread.
READER_TIMEOUT = 30.0

MAX_FETCHED_BYTES = 32 << 20  #: of a text
_MAX_READERS = 64  #: who are given a text in pieces at the same time

#: In which a text is wanted, the best first.
_WANTED = ("UTF8_STRING", "text/plain;charset=utf-8", "STRING", "text/plain")
_OFFERED = (
    *("TARGETS", "TIMESTAMP", "MULTIPLE"),
    *("UTF8_STRING", "text/plain;charset=utf-8", "text/plain", "TEXT", "STRING"),
)


class Jobs(Protocol):
    """Where questions come from and answers go to."""

    def next_job(self) -> tuple[bool, str] | Asked | None: ...
    def answered(self, asked: Asked, text: str, problem: str | None = None) -> None: ...
    def lost(self, primary: bool) -> None: ...


class _Connection(Display):  # type: ignore[misc]
    """Xlib's, without the extensions and classes that take twice as long to import."""

    resource_classes: ClassVar[dict[str, type]] = {}  #: windows in events are numbers then


class _Owned:
    """A selection of ours."""

    def __init__(self, text: bytes, since: int) -> None:
        self.text = text  #: in UTF-8
        self.since = since  #: server time


class _Fetching:
    """Another client's text on its way to us, by a window of its own."""

    def __init__(
        self, asked: Asked, selection: int, window: Window, targets: Iterator[str]
    ) -> None:
        self.asked = asked
        self.selection = selection
        self.window = window
        self.targets = targets  #: still to be tried
        self.in_pieces = False
        self.data = bytearray()
        self.deadline = time.monotonic() + OWNER_TIMEOUT


class _Giving:
    """A text of ours on its way to another client, in pieces."""

    def __init__(self, kind: int, data: bytes) -> None:
        self.kind = kind
        self.data = memoryview(data)  #: what is left
        self.deadline = time.monotonic() + READER_TIMEOUT


class Peer:
    """Our side of all selections."""

    def __init__(self, jobs: Jobs) -> None:
        """Connect. Raises what Xlib raises when that fails."""
        self._jobs = jobs
        self._display = _Connection()
        # Errors are about windows of clients that have gone.
        self._display.set_error_handler(lambda error, request: None)
        screen = self._display.info.roots[self._display.default_screen]
        self._root = Window(self._display, screen.root)
        self._window = self._new_window()
        self._piece = self._display.info.max_request_length * 4 - 64  # bytes of a property
        self._atoms: dict[str, int] = {}
        self._property = self._atom("GPUTERM_SELECTION")
        self._selections = {False: self._atom("CLIPBOARD"), True: Xatom.PRIMARY}
        self._owned: dict[int, _Owned] = {}  # by selection
        self._to_own: dict[int, bytes] = {}  # as soon as it is known what time it is
        self._fetching: dict[int, _Fetching] = {}  # by window
        self._giving: dict[tuple[int, int], _Giving] = {}  # by window and property

    def serve(self, wake: int) -> None:
        """Work until the connection fails; jobs are looked for when `wake` is readable."""
        while True:
            while (job := self._jobs.next_job()) is not None:
                if isinstance(job, Asked):
                    self._fetch(job)
                else:
                    self._own(*job)
            while self._display.pending_events():
                self._handle(self._display.next_event())
            self._give_up()
            self._display.flush()
            if not self._display.pending_events():  # which flushing may have brought
                select.select([self._display.fileno(), wake], [], [], self._timeout())

    def _timeout(self) -> float | None:
        waiting: tuple[_Fetching | _Giving, ...] = (
            *self._fetching.values(),
            *self._giving.values(),
        )
        soonest = min((one.deadline for one in waiting), default=math.inf)
        return None if soonest == math.inf else max(soonest - time.monotonic(), 0)

    def _give_up(self) -> None:
        """Wait no longer for those who have taken too long."""
        if not self._fetching and not self._giving:
            return
        now = time.monotonic()
        for fetching in [one for one in self._fetching.values() if one.deadline <= now]:
            self._answer(
                fetching,
                problem="nothing is pasted: the program that has copied it "
                f"has been silent for {OWNER_TIMEOUT:g} seconds",
            )
        for place in [place for place, one in self._giving.items() if one.deadline <= now]:
            self._forget_reader(place)

    def _handle(self, event: Any) -> None:
        match event.type:
            case X.PropertyNotify if event.state == X.PropertyDelete:
                self._give_piece((event.window, event.atom))
            case X.PropertyNotify if event.window == self._window.id:
                self._become_owner(event.time)
            case X.PropertyNotify:
                fetching = self._fetching.get(event.window)
                if fetching is not None and fetching.in_pieces:
                    self._read(fetching)
            case X.SelectionNotify:
                fetching = self._fetching.get(event.requestor)
                if fetching is not None and event.property:
                    self._read(fetching)
                elif fetching is not None:
                    self._try_next(fetching)
            case X.SelectionRequest:
                self._offer(event)
            case X.SelectionClear:
                owned = self._owned.get(event.atom)
                if owned is not None and not _earlier(event.time, owned.since):
                    del self._owned[event.atom]
                    if event.atom not in self._to_own:
                        self._jobs.lost(event.atom == Xatom.PRIMARY)
            case X.DestroyNotify:
                for place in [place for place in self._giving if place[0] == event.window]:
                    del self._giving[place]

    # ── fetching ─────────────────────────────────────────────────────────────────────────────────

    def _fetch(self, asked: Asked) -> None:
        selection = self._selections[asked.primary]
        ours = self._owned.get(selection)
        text = self._to_own.get(selection, ours.text if ours is not None else None)
        if text is not None:
            self._jobs.answered(asked, text.decode())
        elif not self._owner(selection):
            self._jobs.answered(asked, "")
        else:
            # A window for each: once it is gone, so is what a slow owner still writes to it.
            window = self._new_window()
            self._fetching[window.id] = fetching = _Fetching(
                asked, selection, window, iter(_WANTED)
            )
            self._try_next(fetching)

    def _try_next(self, fetching: _Fetching) -> None:
        """Ask for the text in another form; there is none when all have been refused."""
        target = next(fetching.targets, None)
        if target is None:
            self._answer(fetching)
        else:
            fetching.window.convert_selection(
                fetching.selection, self._atom(target), self._property, X.CurrentTime
            )

    def _read(self, fetching: _Fetching) -> None:
        """The owner has written the text, a piece of it, or that it comes in pieces."""
        if not fetching.asked.wanted():
            self._answer(fetching)
            return
        fetching.deadline = time.monotonic() + OWNER_TIMEOUT
        size, rest = 0, 1
        while rest:
            # Deleted when all of it has been read.
            part = fetching.window.get_property(
                self._property, X.AnyPropertyType, size // 4, self._piece // 4, delete=True
            )
            if part is None:  # nothing is there
                break
            if part.property_type == self._atom("INCR"):
                fetching.in_pieces = True
                return
            if part.format == 8:
                fetching.data += part.value
            size, rest = size + len(part.value) * part.format // 8, part.bytes_after
            if len(fetching.data) + rest > MAX_FETCHED_BYTES:
                self._answer(
                    fetching,
                    problem=f"nothing is pasted: it is larger than {MAX_FETCHED_BYTES >> 20} MiB",
                )
                return
        if not fetching.in_pieces or (part is not None and not size):
            self._answer(fetching, _decoded(fetching.data, part))

    def _answer(self, fetching: _Fetching, text: str = "", problem: str | None = None) -> None:
        del self._fetching[fetching.window.id]
        fetching.window.destroy()
        self._jobs.answered(fetching.asked, text, problem)

    # ── offering ─────────────────────────────────────────────────────────────────────────────────

    def _own(self, primary: bool, text: str) -> None:
        self._to_own[self._selections[primary]] = text.encode("utf-8", "replace")
        # The server tells the time with the news that this has been written.
        self._window.change_property(self._property, Xatom.STRING, 8, b"", mode=X.PropModeAppend)

    def _become_owner(self, now: int) -> None:
        for selection, text in self._to_own.items():
            self._window.set_selection_owner(selection, now)
            if self._owner(selection) == self._window.id:
                self._owned[selection] = _Owned(text, now)
        self._to_own.clear()

    def _owner(self, selection: int) -> int:
        owner = x_request.GetSelectionOwner(display=self._display, selection=selection).owner
        return int(owner)

    def _offer(self, event: Any) -> None:
        """Another client wants a selection."""
        owned = self._owned.get(event.selection)
        place = event.property or event.target  # an obsolete client names no property
        if (
            owned is None
            or (event.time != X.CurrentTime and _earlier(event.time, owned.since))
            or not self._convert(owned, event.requestor, event.target, place)
        ):
            place = X.NONE
        answer = x_event.SelectionNotify(
            time=event.time,
            requestor=event.requestor,
            selection=event.selection,
            target=event.target,
            property=place,
        )
        Window(self._display, event.requestor).send_event(answer)

    def _convert(self, owned: _Owned, requestor: int, target: int, place: int) -> bool:
        """Write a selection to another client's window in the form it wants; False: we have no such
        form. [ICCCM 2.6.2]"""
        name = next((name for name in _OFFERED if self._atom(name) == target), None)
        window = Window(self._display, requestor)
        match name:
            case None:
                return False
            case "TARGETS":
                atoms = [self._atom(name) for name in _OFFERED]
                window.change_property(place, Xatom.ATOM, 32, atoms)
            case "TIMESTAMP":
                window.change_property(place, Xatom.INTEGER, 32, [owned.since])
            case "MULTIPLE":
                return self._convert_many(owned, window, place)
            case "STRING":
                text = owned.text.decode().encode("latin-1", "replace")
                return self._write(window, place, Xatom.STRING, text)
            case "TEXT":
                return self._write(window, place, self._atom("UTF8_STRING"), owned.text)
            case _:
                return self._write(window, place, target, owned.text)
        return True

    def _convert_many(self, owned: _Owned, window: Window, place: int) -> bool:
        """What the window's property lists, (target, property) each; failures are marked there."""
        multiple = self._atom("MULTIPLE")
        try:
            listed = window.get_property(place, X.AnyPropertyType, 0, 2 * _MAX_READERS)
        except Exception:  # Xlib's word for an X error; the window is gone
            return False
        if listed is None or listed.format != 32:
            return False
        atoms = list(listed.value)[: len(listed.value) // 2 * 2]
        for index in range(0, len(atoms), 2):
            target, into = atoms[index : index + 2]
            if target == multiple or not into:
                done = False
            else:
                done = self._convert(owned, window.id, target, into)
            if not done:
                atoms[index] = X.NONE
        window.change_property(place, self._atom("ATOM_PAIR"), 32, atoms)
        return True

    def _write(self, window: Window, place: int, kind: int, text: bytes) -> bool:
        if len(text) <= self._piece:
            window.change_property(place, kind, 8, text)
            return True
        if len(self._giving) >= _MAX_READERS:
            return False
        self._giving[window.id, place] = _Giving(kind, text)
        mask = X.PropertyChangeMask | X.StructureNotifyMask
        window.change_attributes(event_mask=mask)
        window.change_property(place, self._atom("INCR"), 32, [len(text)])
        return True

    def _give_piece(self, place: tuple[int, int]) -> None:
        """The last piece has been read: the next, and one without content at the end."""
        giving = self._giving.get(place)
        if giving is None:
            return
        piece, giving.data = giving.data[: self._piece], giving.data[self._piece :]
        giving.deadline = time.monotonic() + READER_TIMEOUT
        Window(self._display, place[0]).change_property(place[1], giving.kind, 8, bytes(piece))
        if not piece:
            self._forget_reader(place)

    def _forget_reader(self, place: tuple[int, int]) -> None:
        del self._giving[place]
        if not any(window == place[0] for window, _ in self._giving):
            Window(self._display, place[0]).change_attributes(event_mask=X.NoEventMask)

    # ── X ────────────────────────────────────────────────────────────────────────────────────────

    def _new_window(self) -> Window:
        """One that is never shown."""
        return self._root.create_window(
            *(0, 0, 1, 1, 0),
            depth=0,
            window_class=X.InputOnly,
            event_mask=X.PropertyChangeMask,
        )

    def _atom(self, name: str) -> int:
        if name not in self._atoms:
            answer = x_request.InternAtom(display=self._display, name=name, only_if_exists=False)
            self._atoms[name] = int(answer.atom)
        return self._atoms[name]


def _earlier(one: int, other: int) -> bool:
    """Whether a server time is before another; they start anew after 49 days."""
    return (one - other) & 0xFFFFFFFF >= 0x80000000


def _decoded(data: bytearray, part: Any) -> str:
    latin = part is not None and part.property_type == Xatom.STRING
    return data.decode("latin-1" if latin else "utf-8", "replace")
