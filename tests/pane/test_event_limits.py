"""How often a program reaches out: the first at once, the last in the end, a flood seldom."""

import math

from gputerm.pane.event_limits import BURSTS, PAUSES, EventLimits
from gputerm.vt.events import Bell, ClipboardSet, Notify, TitleChanged

PAUSE = PAUSES[TitleChanged]


def test_of_many_titles_the_first_and_the_last_are_shown():
    limits = EventLimits()
    admitted = [n for n in range(1000) if limits.admits(TitleChanged(str(n)), 0.0)]
    assert admitted == [0]
    assert limits.deadline == PAUSE
    assert limits.due(PAUSE / 2) == []
    assert limits.due(PAUSE) == [TitleChanged("999")]
    assert limits.deadline == math.inf
    assert not limits.admits(TitleChanged("soon after"), PAUSE * 1.5)
    assert limits.due(PAUSE * 2) == [TitleChanged("soon after")]
    assert limits.admits(TitleChanged("much later"), PAUSE * 10)


def test_a_title_does_not_overtake_one_that_waits():
    limits = EventLimits()
    assert limits.admits(TitleChanged("1"), 0.0)
    assert not limits.admits(TitleChanged("2"), 0.0)
    assert not limits.admits(TitleChanged("3"), PAUSE * 5)  # 2 hasn't been asked for yet
    assert limits.due(PAUSE * 5) == [TitleChanged("3")]


def test_clipboard_and_primary_selection_wait_apart():
    limits = EventLimits()
    assert limits.admits(ClipboardSet("c", b"1"), 0.0)
    assert limits.admits(ClipboardSet("p", b"2"), 0.0)
    assert not limits.admits(ClipboardSet("c", b"3"), 0.0)
    assert not limits.admits(ClipboardSet("p", b"4"), 0.0)
    assert limits.due(1.0) == [ClipboardSet("c", b"3"), ClipboardSet("p", b"4")]


def test_of_notifications_a_burst_is_let_through_and_then_some():
    limits, burst = EventLimits(), BURSTS[Notify]
    assert sum(limits.admits(Notify("", ""), 0.0) for _ in range(1000)) == burst.size
    assert limits.due(100.0) == []
    minute = [limits.admits(Notify("", ""), 1 + n / 100) for n in range(6000)]
    assert abs(sum(minute) - 61 * burst.rate) <= 2


def test_other_events_are_not_limited():
    limits = EventLimits()
    assert all(limits.admits(Bell(True, False), 0.0) for _ in range(100))
