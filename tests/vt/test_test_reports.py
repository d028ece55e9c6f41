"""What only conformance tests are told: it lets a program read what others wrote."""

import pytest

from gputerm.vt import Terminal, TerminalOptions
from gputerm.vt.events import Reply, TitleChanged


def replies(data: str, *, test_reports: bool) -> str:
    terminal = Terminal(4, 10, options=TerminalOptions(test_reports=test_reports))
    events = terminal.feed(b"AB\x1b]2;window\x1b\\\x1b]1;icon\x1b\\")
    assert TitleChanged("window") in events
    return b"".join(e.data for e in terminal.feed(data.encode()) if isinstance(e, Reply)).decode()


@pytest.mark.parametrize(
    "question", ["\x1b[1;1;1;1;1;2*y", "\x1b[1;1;1;2#|", "\x1b[20t", "\x1b[21t"]
)
def test_nobody_else_gets_an_answer(question):
    assert replies(question, test_reports=False) == ""


def test_the_checksum_is_the_sum_of_the_characters():
    assert replies("\x1b[7;1;1;1;1;2*y", test_reports=True) == "\x1bP7!~0083\x1b\\"


def test_titles():
    assert replies("\x1b[20t\x1b[21t", test_reports=True) == "\x1b]Licon\x1b\\\x1b]lwindow\x1b\\"


def test_titles_in_hexadecimal():
    assert replies("\x1b[>1t\x1b[20t", test_reports=True) == "\x1b]L69636F6E\x1b\\"
    assert replies("\x1b[>1t\x1b[>3t\x1b[20t", test_reports=True) == "\x1b]Licon\x1b\\"
    assert replies("\x1b[>1t\x1b[>1T\x1b[20t", test_reports=True) == "\x1b]Licon\x1b\\"
    assert replies("\x1b[>1t\x1b[>T\x1b[20t", test_reports=True) == "\x1b]Licon\x1b\\"
