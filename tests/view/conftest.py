"""A real terminal, fed with bytes, for everything that looks at one."""

from __future__ import annotations

import pytest

from gputerm.vt import Terminal, TerminalOptions


@pytest.fixture
def term() -> Terminal:
    """Four lines of ten columns, twenty lines of history."""
    return Terminal(4, 10, TerminalOptions(history=20))
