"""`wait`: answered when a condition holds in a window; waits.py looks after it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from gputerm.control.choosing import window_meant
from gputerm.control.context import LATER, Later
from gputerm.control.waits import Wait
from gputerm.finding.patterns import compile_pattern
from gputerm.ipc.protocol import ENDED, FAILED, INVALID_PARAMS, Fault

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import Request
    from gputerm.ipc import results

MAX_SECONDS = 10 * 365 * 86_400  #: of a timeout; a number that any clock can take


def wait(context: Context, request: Request) -> results.Waited | Later:
    """Answer when a condition holds; at once if it does already."""
    params = request.params
    if (past := _closed(context, request)) is not None:
        return past
    window = window_meant(context, request)
    now = time.monotonic()
    waiting = Wait(request, window, changed_at=now)
    for name in ("timeout", "quiet"):
        if params[name] is not None and not 0 <= params[name] <= MAX_SECONDS:
            raise Fault(INVALID_PARAMS, f"wait: {name}: expected seconds, 0 or more")
    if params["timeout"] is not None:
        waiting.timeout = params["timeout"]
        waiting.deadline = now + waiting.timeout
    waiting.quiet, waiting.exit = params["quiet"], params["exit"]
    if params["text"] is not None:
        waiting.pattern = compile_pattern(params["text"], multiline=True)
    elif params["command"] or params["block"] is not None:
        waiting.block = params["block"]
        if waiting.block is None:
            waiting.block = context.waits.command(window)
        elif waiting.block > window.pane.terminal.blocks.newest:
            raise Fault(FAILED, f"there is no command {waiting.block} yet")
    context.waits.add(waiting)
    return LATER


def _closed(context: Context, request: Request) -> results.Waited | None:
    """The answer for a window that was closed; None for another. Raises Fault."""
    params = request.params
    window, pane = params["window"], params["pane"]
    meant = (
        one
        for one in reversed(context.waits.past)
        if window in (None, one["id"]) and pane in (None, one["pane_id"])
    )
    found = next(meant, None) if (window, pane) != (None, None) else None
    if found is None or params["match"] is not None:
        return None
    if not params["exit"]:
        raise Fault(ENDED, f"window {found['id']} was closed")
    return {
        "window": found["id"],
        "pane_id": found["pane_id"],
        "reason": "exit",
        "value": found["exit_status"],
    }
