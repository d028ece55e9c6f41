"""Commands about what programs do: subscribe to events, list the audit, set trust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.control.choosing import acted_on, windows_meant, windows_named
from gputerm.control.stream import Subscriber
from gputerm.ipc.event_table import EVENTS
from gputerm.ipc.protocol import INVALID_PARAMS, Fault
from gputerm.policy.privileges import Trust

if TYPE_CHECKING:
    from gputerm.control.context import Context
    from gputerm.control.interface import Request
    from gputerm.ipc import results


def subscribe(context: Context, request: Request) -> results.Subscribed:
    """Send events on this connection from now on."""
    params = request.params
    unknown = [name for name in params["events"] if name not in EVENTS]
    if unknown:
        raise Fault(INVALID_PARAMS, f"subscribe: events are {', '.join(EVENTS)}")
    windows = windows_named(context, request)
    panes = None if windows is None else {window.pane.number for window in windows}
    wanted = set(params["events"]) or set(EVENTS)
    context.stream.add(Subscriber(request.subscribe(), wanted, panes))
    return {"seq": context.stream.sequence}


def list_audit(context: Context, request: Request) -> results.Audited:
    """What programs did beyond their cells, with refusals."""
    records = context.audit.records()
    if (windows := windows_named(context, request)) is not None:
        panes = {window.pane.number for window in windows}
        records = [record for record in records if record["pane_id"] in panes]
    if (last := request.params["last"]) is not None:
        records = records[-last:] if last > 0 else []
    return {"records": records}


def set_trust(context: Context, request: Request) -> results.Windows:
    """Set how far the programs of windows are trusted."""
    chosen = windows_meant(context, request)
    for window in chosen:
        window.pane.trust = Trust(request.params["level"])
    return acted_on(chosen)
