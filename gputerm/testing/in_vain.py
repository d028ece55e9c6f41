"""What a Session says when something isn't as expected: one message with the screen in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gputerm.errors import GputermError

if TYPE_CHECKING:
    from gputerm.vt import Terminal

__all__ = ["SessionError", "WaitFailed", "boxed", "users_mistake"]


class SessionError(AssertionError):
    """Something can't be done or isn't so. The message shows the screen."""


class WaitFailed(SessionError):  # noqa: N818  # the wait has failed
    """What was waited for didn't happen."""


def users_mistake(raised: Any) -> bool:
    """Whether what pytest has caught is about the test and not about us. As `__tracebackhide__` of
    a module it leaves our lines out of the report. [docs.pytest.org, "Writing well integrated
    assertion helpers"]
    """
    return isinstance(raised.value, SessionError | GputermError)


def boxed(terminal: Terminal, caption: str) -> str:
    """The screen in a frame; rows at its end that are blank are left out."""
    from gputerm.vt.line_text import row_text

    columns, top = terminal.columns, terminal.screen_top
    rows = [
        row_text(terminal.cells(top + line), terminal.cluster_text)
        for line in range(terminal.lines)
    ]
    line, column = terminal.cursor
    while len(rows) > line + 1 and not rows[-1].strip():
        rows.pop()
    caption = f" {caption} "[: columns - 2]
    return "\n".join(
        (
            f"┌─{caption}{'─' * (columns - 1 - len(caption))}┐",
            *(f"│{row}│" for row in rows),
            f"└{'─' * columns}┘",
            f"cursor at line {line}, column {column}",
        )
    )
