"""Answers as `gputerm msg` shows them to people, in columns. Programs use --json.

The headings are those of the command's row. A cell is the member of that name, unless a function
here is called for it: list_tty makes the cells below TTY in `list`. What isn't a table and nothing
else has a function of its own: show_search.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gputerm.ipc.command import Command

__all__ = ["show"]


def show(command: Command, shown: Any) -> str:
    """What to print of an answer, without the last line feed; "" when there is nothing."""
    own = globals().get(f"show_{command.method}")
    text: str = _table(command, shown) if own is None else own(command, shown)
    return text


def cell_function(command: Command, heading: str) -> Any:
    """The function that makes the cells below a heading; None: they are the members themselves."""
    return globals().get(f"{command.method}_{heading.lower()}")


def _table(command: Command, items: Sequence[dict[str, Any]]) -> str:
    """The headings and a line for each item."""
    if not items:
        return ""
    rows = [list(command.columns), *(_cells(command, item) for item in items)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(f"{_printable(cell):{width}}" for cell, width in zip(row, widths, strict=True))
        .rstrip()
        for row in rows
    )  # fmt: skip


def _cells(command: Command, item: dict[str, Any]) -> list[str]:
    cells = []
    for heading in command.columns:
        own = cell_function(command, heading)
        value = item[heading.lower()] if own is None else own(item)
        cells.append("-" if value is None else str(value))
    return cells


# ── list ─────────────────────────────────────────────────────────────────────────────────────────


def list_id(window: dict[str, Any]) -> str:
    """The focused one is marked."""
    return ("*" if window["focused"] else "") + str(window["id"])


def list_pane(window: dict[str, Any]) -> str:
    return str(window["pane_id"])


def list_size(window: dict[str, Any]) -> str:
    return f"{window['columns']}x{window['lines']}"


def list_tty(window: dict[str, Any]) -> str:
    return (window["tty"] or "-").removeprefix("/dev/")


def list_state(window: dict[str, Any]) -> str:
    """What its program is doing, and whether it is trusted less than others."""
    if window.get("trust") == "untrusted":
        return f"{_doing(window)} untrusted".removeprefix("- ")
    return _doing(window)


def _doing(window: dict[str, Any]) -> str:
    """From its marks (OSC 133) and its exit status."""
    if window["exit_status"] is not None:
        return f"ended {window['exit_status']}"
    if window["at_prompt"]:
        last = window["last_exit_status"]
        return "prompt" if not last else f"prompt ({last})"
    return "running" if window["at_prompt"] is False else "-"


def list_command(window: dict[str, Any]) -> str:
    """The command line of the foreground process, else of the window's program."""
    foreground = window["foreground"] or {}
    text = " ".join(foreground.get("command") or window["command"])
    return text if len(text) <= 30 else text[:29] + "…"


def list_directory(window: dict[str, Any]) -> str:
    return window["cwd"] or "-"


# ── blocks and search ────────────────────────────────────────────────────────────────────────────


def show_blocks(command: Command, blocks: list[dict[str, Any]]) -> str:
    """A line for each command, and below it what it wrote if that was asked for."""
    lines = _table(command, blocks).splitlines()
    for index in range(len(blocks), 0, -1):
        if text := blocks[index - 1].get("text"):
            lines[index + 1 : index + 1] = text.splitlines()
    return "\n".join(lines)


def blocks_exit(block: dict[str, Any]) -> str:
    return "-" if block["exit_code"] is None else str(block["exit_code"])


def blocks_seconds(block: dict[str, Any]) -> str:
    times = block["started_at"], block["finished_at"]
    return "-" if None in times else f"{times[1] - times[0]:.1f}"


def show_search(command: Command, matches: list[dict[str, Any]]) -> str:
    """As grep -n does."""
    return "\n".join(f"{match['line']}:{_printable(match['context'])}" for match in matches)


# ── audit ────────────────────────────────────────────────────────────────────────────────────────


def audit_time(record: dict[str, Any]) -> str:
    import time

    return time.strftime("%H:%M:%S", time.localtime(record["time"]))


def audit_answer(record: dict[str, Any]) -> str:
    return "allowed" if record["allowed"] else "refused"


# ── statistics ───────────────────────────────────────────────────────────────────────────────────


def show_statistics(command: Command, costs: dict[str, Any]) -> str:
    """A line for each window and one for the process."""
    process = costs["process"]
    table = _table(command, [*costs["windows"], process])
    memory = process["memory"]
    resident = "" if memory is None else f", {_bytes(memory)} resident"
    return f"{table}\nprocess {process['pid']}{resident}"


def statistics_window(cost: dict[str, Any]) -> str:
    return str(cost.get("id", "all"))


def statistics_uptime(cost: dict[str, Any]) -> str:
    minutes, seconds = divmod(int(cost["uptime"]), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def statistics_received(cost: dict[str, Any]) -> str:
    return _bytes(cost["bytes_received"])


def statistics_parsing(cost: dict[str, Any]) -> str:
    return f"{cost['parse_seconds']:.2f} s"


def statistics_drawing(cost: dict[str, Any]) -> str:
    return f"{cost['draw_seconds']:.2f} s"


def statistics_keys(cost: dict[str, Any]) -> str:
    return str(cost["key_to_swap"]["count"])


def statistics_mean(cost: dict[str, Any]) -> str:
    return _delay(cost, "mean")


def statistics_p50(cost: dict[str, Any]) -> str:
    return _delay(cost, "p50")


def statistics_p90(cost: dict[str, Any]) -> str:
    return _delay(cost, "p90")


def statistics_p99(cost: dict[str, Any]) -> str:
    return _delay(cost, "p99")


def statistics_max(cost: dict[str, Any]) -> str:
    return _delay(cost, "max")


def _delay(cost: dict[str, Any], which: str) -> str:
    seconds = cost["key_to_swap"][which]
    return "-" if seconds is None else f"{seconds * 1000:.1f} ms"


def _bytes(count: float) -> str:
    unit = "B"
    for larger in ("kB", "MB", "GB"):
        if count < 1000:
            break
        count, unit = count / 1000, larger
    return f"{count} B" if unit == "B" else f"{count:.1f} {unit}"


def _printable(text: str) -> str:
    """Titles and directories are others' words; in our caller's terminal they are only text."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
