"""`statistics` without windows on a display."""

import time
from types import SimpleNamespace

from gputerm.control.measuring import statistics
from gputerm.pane.meter import Statistics


def test_uptime_does_not_follow_the_wall_clock():
    tomorrow = time.time() + 86_400
    window = SimpleNamespace(
        number=1,
        pane=SimpleNamespace(
            number=1,
            opened=tomorrow,
            started=time.monotonic() - 5,
            statistics=Statistics,
            terminal=SimpleNamespace(history_bytes=0),
        ),
    )
    app = SimpleNamespace(windows={1: window}, started=time.monotonic() - 9, statistics=Statistics)
    request = SimpleNamespace(params={"window": None, "pane": None, "match": None})
    told = statistics(SimpleNamespace(app=app), request)
    assert 5 <= told["windows"][0]["uptime"] <= told["process"]["uptime"]
