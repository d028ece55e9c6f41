"""What `gputerm msg` shows to people in columns. Programs use --json."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["window_table"]


def window_table(windows: list[dict[str, Any]]) -> str:
    """`list`: a line for each window, the focused one marked."""
    rows = [["ID", "SIZE", "PID", "TTY", "STATE", "COMMAND", "DIRECTORY", "TITLE"]]
    for window in windows:
        foreground = window["foreground"] or {}
        command = foreground.get("command") or window["command"]
        rows.append(
            [
                ("*" if window["focused"] else "") + str(window["id"]),
                f"{window['columns']}x{window['lines']}",
                str(window["pid"]),
                (window["tty"] or "-").removeprefix("/dev/"),
                _state(window),
                _short(" ".join(command), 30),
                window["cwd"] or "-",
                window["title"],
            ]
        )
    return _aligned(rows) if windows else ""


def _state(window: dict[str, Any]) -> str:
    """What its program is doing, as far as anybody knows."""
    if window["exit_status"] is not None:
        return f"ended {window['exit_status']}"
    if window["at_prompt"]:
        last = window["last_exit_status"]
        return "prompt" if not last else f"prompt ({last})"
    return "running" if window["at_prompt"] is False else "-"


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(f"{_printable(cell):{width}}" for cell, width in zip(row, widths, strict=True))
        .rstrip()
        for row in rows
    )  # fmt: skip


def _printable(text: str) -> str:
    """Titles and directories are others' words; in our caller's terminal they are only text."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
