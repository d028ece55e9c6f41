"""Terminal programs under test: the real terminal, driven from Python, without a display.

    from gputerm.testing import Session

    with Session("vim", "-u", "NONE", size=(80, 24)) as vim:
        vim.wait("~")
        vim.type("ihello")
        vim.press("Escape")
        vim.rest()
        assert vim.cell(0, 0).char == "h"

docs/testing.md is the guide. What isn't asked for isn't imported.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gputerm.testing.async_session import AsyncSession
    from gputerm.testing.cell import Cell
    from gputerm.testing.expecting import CommandResult
    from gputerm.testing.in_vain import SessionError, WaitFailed
    from gputerm.testing.session import Session
    from gputerm.testing.twin import Found

__all__ = [
    "AsyncSession",
    "Cell",
    "CommandResult",
    "Found",
    "Session",
    "SessionError",
    "WaitFailed",
]

_MODULES = {
    "AsyncSession": "async_session",
    "Cell": "cell",
    "CommandResult": "expecting",
    "SessionError": "in_vain",
    "Found": "twin",
    "Session": "session",
    "WaitFailed": "in_vain",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"gputerm.testing.{_MODULES[name]}"), name)
