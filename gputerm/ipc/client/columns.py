"""What `gputerm msg` shows to people in columns. Programs use --json."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["TABLES"]


def _windows(windows: list[dict[str, Any]]) -> str:
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


def _blocks(blocks: list[dict[str, Any]]) -> str:
    """`blocks`: a line for each command, and below it what it wrote if that was asked for."""
    rows = [["NUMBER", "STATE", "EXIT", "SECONDS", "COMMAND"]]
    for block in blocks:
        times = block["started_at"], block["finished_at"]
        rows.append(
            [
                str(block["number"]),
                block["state"],
                "-" if block["exit_code"] is None else str(block["exit_code"]),
                "-" if None in times else f"{times[1] - times[0]:.1f}",
                block["command"] or "-",
            ]
        )
    lines = _aligned(rows).splitlines() if blocks else []
    for index in range(len(blocks), 0, -1):
        if text := blocks[index - 1].get("text"):
            lines[index + 1 : index + 1] = text.splitlines()
    return "\n".join(lines)


def _matches(matches: list[dict[str, Any]]) -> str:
    """`search`: as grep -n does."""
    return "\n".join(f"{match['line']}:{_printable(match['context'])}" for match in matches)


def _records(records: list[dict[str, Any]]) -> str:
    """`audit`: a line for each attempt."""
    import time

    rows = [["TIME", "WINDOW", "WHAT", "ANSWER", "SIZE"]]
    for record in records:
        when = time.strftime("%H:%M:%S", time.localtime(record["time"]))
        answer = "allowed" if record["allowed"] else "refused"
        rows.append([when, str(record["window"]), record["what"], answer, str(record["size"])])
    return _aligned(rows) if records else ""


def _statistics(costs: dict[str, Any]) -> str:
    """`statistics`: a line for each window and one for the process."""
    counts = ["WINDOW", "UPTIME", "RECEIVED", "PARSING", "FRAMES", "DRAWING"]
    rows = [
        [*counts, "KEYS", "MEAN", "P50", "P90", "P99", "MAX"],
        *([str(window["id"]), *_costs(window)] for window in costs["windows"]),
        ["all", *_costs(costs["process"])],
    ]
    memory = costs["process"]["memory"]
    resident = "" if memory is None else f", {_bytes(memory)} resident"
    return f"{_aligned(rows)}\nprocess {costs['process']['pid']}{resident}"


def _costs(cost: dict[str, Any]) -> list[str]:
    keys = cost["key_to_swap"]
    waits = (keys[name] for name in ("mean", "p50", "p90", "p99", "max"))
    minutes, seconds = divmod(int(cost["uptime"]), 60)
    return [
        f"{minutes // 60}:{minutes % 60:02}:{seconds:02}",
        _bytes(cost["bytes_received"]),
        f"{cost['parse_seconds']:.2f} s",
        str(cost["frames"]),
        f"{cost['draw_seconds']:.2f} s",
        str(keys["count"]),
        *("-" if wait is None else f"{wait * 1000:.1f} ms" for wait in waits),
    ]


def _bytes(count: float) -> str:
    unit = "B"
    for larger in ("kB", "MB", "GB"):
        if count < 1000:
            break
        count, unit = count / 1000, larger
    return f"{count} B" if unit == "B" else f"{count:.1f} {unit}"


def _state(window: dict[str, Any]) -> str:
    """What its program is doing, and whether it is trusted less than others."""
    if window.get("trust") == "untrusted":
        return f"{_doing(window)} untrusted".removeprefix("- ")
    return _doing(window)


def _doing(window: dict[str, Any]) -> str:
    """As far as anybody knows."""
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


TABLES: dict[str, Callable[[Any], str]] = {
    "list": _windows,
    "blocks": _blocks,
    "search": _matches,
    "audit": _records,
    "statistics": _statistics,
}
