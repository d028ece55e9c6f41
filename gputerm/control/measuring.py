"""`statistics`: what windows and the process have done and what it took; see gputerm.pane.meter."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from gputerm.control.choosing import windows_named

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import Request
    from gputerm.ipc import results
    from gputerm.pane.meter import Statistics


def statistics(context: Context, request: Request) -> results.Costs:
    """Counts and seconds of the windows meant, or all, and of the process."""
    app = context.app
    chosen = windows_named(context, request)
    if chosen is None:
        chosen = list(app.windows.values())
    return {
        "process": {
            "pid": os.getpid(),
            "memory": _resident(),
            **_cost(app.statistics(), app.started),
        },
        "windows": [
            {
                "id": window.number,
                "pane_id": window.pane.number,
                "history_bytes": window.pane.terminal.history_bytes,
                **_cost(window.pane.statistics(), window.pane.started),
            }
            for window in chosen
        ],
    }


def _cost(cost: Statistics, started: float) -> results.Cost:
    keys = cost.key_to_swap
    return {
        "uptime": time.monotonic() - started,
        "bytes_received": cost.received,
        "parse_seconds": cost.parsing,
        "frames": cost.frames,
        "draw_seconds": cost.drawing,
        "key_to_swap": {
            "count": keys.count,
            "mean": keys.mean,
            "p50": keys.percentile(50),
            "p90": keys.percentile(90),
            "p99": keys.percentile(99),
            "max": keys.maximum if keys.count else None,
        },
    }


def _resident() -> int | None:
    """Bytes of this process that are in memory, shared ones too."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None  # not Linux
