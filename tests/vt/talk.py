"""A terminal for the tests to talk to: what is fed is checked, what comes back is kept."""

from typing import Any, TypeVar

from gputerm.vt import Terminal, TerminalOptions
from gputerm.vt.events import Event, Reply

E = TypeVar("E")


class Talk:
    """A Terminal, with its events sorted into replies and the rest."""

    def __init__(self, lines: int = 6, columns: int = 20, **options: Any) -> None:
        self.terminal = Terminal(lines, columns, TerminalOptions(**{"history": 100, **options}))
        self.events: list[Event] = []

    def configure(self, **options: Any) -> None:
        """Changes some of its options."""
        self.terminal.configure(self.terminal.options.replace(**options))

    def feed(self, data: str | bytes) -> list[Event]:
        """Feeds text or bytes, checks the invariants, and returns the events of this call."""
        events = self.terminal.feed(data.encode() if isinstance(data, str) else data)
        self.terminal.check()
        self.events += events
        return events

    def ask(self, data: str | bytes) -> str:
        """Feeds a request and returns the reply, ESC and all; nothing else may happen."""
        events = self.feed(data)
        assert all(isinstance(event, Reply) for event in events), events
        return "".join(event.data.decode("latin-1") for event in events if isinstance(event, Reply))

    def only(self, data: str | bytes, kind: type[E]) -> E:
        """Feeds and returns the one event, which has to be of this kind."""
        (event,) = self.feed(data)
        assert isinstance(event, kind), event
        return event

    def screen(self) -> list[str]:
        """The visible lines without trailing blanks."""
        top = self.terminal.screen_top
        return [self.terminal.line_text(top + i) for i in range(self.terminal.lines)]

    def fill(self) -> None:
        """Letters from A in the first lines, one letter a line, eight columns."""
        for i in range(self.terminal.lines):
            self.feed(f"\x1b[{i + 1}H" + chr(0x41 + i) * 8)
