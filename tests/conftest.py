"""What all tests share: the interpreted mode, and `term`, a small screen to talk to."""

from importlib.metadata import entry_points
from typing import Any

import interpreted  # noqa: F401  # before gputerm
import pytest

# The plugin is there by itself where gputerm is installed or was packed, as in a wheel.
_INSTALLED = any(entry.name == "gputerm" for entry in entry_points(group="pytest11"))
pytest_plugins = [] if _INSTALLED else ["gputerm.testing.plugin"]


class Recorder:
    """The handler of a screen under test: keeps what it was handed, does the modes."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.screen: Any = None

    def csi(self, prefix, intermediates, final, params):
        if not intermediates and final in b"hl":
            for (number,) in params:
                self.set_mode(bool(prefix), number, final == ord("h"))
        else:
            self.calls.append(("csi", prefix, intermediates, final, params))

    def set_mode(self, private, number, on):
        from gputerm.vt.modes import BY_NUMBER

        if not (private and self.screen.set_private_mode(number, on)):
            mode = BY_NUMBER.get((private, number))
            if mode is not None and mode.screen:
                setattr(self.screen, mode.screen, on)

    def esc(self, intermediates, final):
        self.calls.append(("esc", intermediates, final))

    def osc(self, data, bel):
        self.calls.append(("osc", data, bel))

    def dcs(self, prefix, intermediates, final, params, data):
        self.calls.append(("dcs", prefix, intermediates, final, params, data))

    def apc(self, data):
        self.calls.append(("apc", data))

    def execute(self, code):
        self.calls.append(("execute", code))


class Term:
    """A screen with its parser, checked after every feed, as the core's tests speak of it."""

    def __init__(self, lines: int = 4, columns: int = 10, history: int = 100) -> None:
        from gputerm.vt import charset
        from gputerm.vt.core.parser import Parser
        from gputerm.vt.core.screen import Screen

        self.handler = Recorder()
        self.screen = self.handler.screen = Screen(lines, columns, history, self.handler)
        tables = charset.tables()
        self.screen.charset_tables[: len(tables)] = tables
        self.parser = Parser(self.screen)

    def feed(self, *texts: str | bytes) -> None:
        for text in texts:
            self.parser.feed(text.encode() if isinstance(text, str) else text)
            self.screen.check()

    @property
    def lines(self) -> list[str]:
        return self.screen.text()

    @property
    def cursor(self) -> tuple[int, int]:
        return self.screen.line, self.screen.column

    @property
    def history(self) -> list[str]:
        """The text of every line that scrolled off."""
        lines = range(self.screen.first_line, self.screen.screen_top)
        return [self.text_of(self.screen.history.cells(line)) for line in lines]

    def text_of(self, cells) -> str:
        text = ""
        for word in cells[:, 0].tolist():
            if word >> 31:
                text += self.screen.clusters.text(word & 0x1FFFFF)
            elif not word & 0x20000000:
                text += chr(word & 0x1FFFFF or 0x20)
        return text.rstrip()

    def cell(self, line: int, column: int) -> list[int]:
        """The four words of a cell."""
        return self.screen.grid.row(line)[column].tolist()

    def fg(self, line: int, column: int) -> int:
        return self.cell(line, column)[1]

    def bg(self, line: int, column: int) -> int:
        return self.cell(line, column)[2]

    def attrs(self, line: int, column: int) -> int:
        return self.cell(line, column)[3] & 0xFFFF

    def extra(self, line: int, column: int) -> int:
        return self.cell(line, column)[3] >> 16


@pytest.fixture
def term() -> Term:
    """4 lines of 10 columns."""
    return Term()


@pytest.fixture
def make_term() -> type[Term]:
    """Term itself, for other sizes."""
    return Term


@pytest.fixture(scope="session")
def new_term() -> type[Term]:
    """Term itself, for properties: hypothesis makes many within one test."""
    return Term
