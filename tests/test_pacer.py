"""When frames are due, by a clock that the test moves."""

import pytest

from gputerm.app.pacer import (
    FLOOD,
    FLOOD_INTERVAL,
    LULL,
    MAX_REST,
    MIN_INTERVAL,
    SAVED_REST,
    URGENT,
    FramePacer,
)


def draw(pacer, started, cost):
    pacer.begin()
    pacer.drawn(started, started + cost)
    return started + cost


def frames(seconds, cost, output=0):
    """How many frames are drawn while output never stops."""
    pacer, now, count = FramePacer(), 100.0, 0
    while now < 100.0 + seconds:
        pacer.output(output, now)
        now = draw(pacer, max(now, pacer.due()), cost)
        count += 1
    return count


def test_nothing_changed_so_nothing_is_due():
    pacer = FramePacer()
    assert pacer.due() is None
    pacer.damage()
    assert pacer.due() == float("-inf")
    draw(pacer, 5.0, 0.001)
    assert pacer.due() is None


def test_after_silence_frames_follow_at_the_display_s_pace():
    pacer = FramePacer()
    pacer.damage()
    draw(pacer, 5.0, 0.02)  # the first: shaders are compiled
    pacer.damage()
    assert pacer.due() == pytest.approx(5.0 + MIN_INTERVAL)


@pytest.mark.parametrize("cost", [0.004, 0.01, 0.02])
def test_drawing_takes_a_quarter_of_the_time_in_the_long_run(cost):
    seconds = 20
    assert frames(seconds, cost) * cost == pytest.approx(seconds / 4, rel=0.05)


def test_frames_that_cost_nothing_come_no_faster_than_a_display_shows_them():
    assert frames(1, 0.0001) == pytest.approx(1 / MIN_INTERVAL, abs=2)


def test_a_flood_gets_fewer_frames():
    assert frames(1, 0.0001, output=FLOOD) == pytest.approx(1 / FLOOD_INTERVAL, abs=2)
    pacer = FramePacer()
    pacer.output(FLOOD, 5.0)
    draw(pacer, 5.0, 0.001)
    pacer.output(100, 6.0)  # the flood is over with the frame that showed it
    assert pacer.due() == pytest.approx(5.0 + MIN_INTERVAL)


def test_very_slow_frames_still_come_ten_times_a_second():
    pacer = FramePacer()
    for _ in range(3):
        ended = draw(pacer, 5.0, 1.0)
        pacer.damage()
        assert pacer.due() <= ended + MAX_REST


def test_rest_is_saved_up_to_a_limit():
    pacer = FramePacer()
    draw(pacer, 1000.0, 0.001)  # after hours of silence
    draw(pacer, 1000.1, SAVED_REST)
    pacer.damage()
    assert pacer.due() > 1000.1 + SAVED_REST


def test_the_echo_of_a_key_does_not_wait_for_rest():
    pacer = FramePacer()
    now = 5.0
    for _ in range(30):
        pacer.output(FLOOD, now)
        now = draw(pacer, max(now, pacer.due()), 0.008)
    pacer.output(FLOOD, now)
    unhurried = pacer.due()
    pacer.key_pressed(now)
    assert now <= pacer.due() < now + 0.005 < unhurried
    pacer.key_pressed(now - 2 * URGENT)  # long ago
    assert pacer.due() == unhurried


def test_whoever_waits_for_frames_is_told_of_every_damage():
    told = []
    pacer = FramePacer(lambda: told.append(pacer.due()))
    assert told == []
    pacer.damage()
    pacer.output(100, 6.0)  # a hidden window's first one may have been in vain
    assert len(told) == 2
    assert all(due is not None for due in told)


def test_a_burst_that_ends_soon_is_drawn_once():
    pacer = FramePacer()
    draw(pacer, 1.0, 0.001)
    pacer.output(FLOOD, 5.0)
    assert pacer.due() == pytest.approx(5.0 + LULL)
    pacer.output(FLOOD, 5.002)
    assert pacer.due() == pytest.approx(5.002 + LULL)


def test_a_burst_that_does_not_end_is_drawn_all_the_same():
    pacer, now = FramePacer(), 5.0
    draw(pacer, 1.0, 0.001)
    while pacer.due() is None or pacer.due() > now:
        now += 0.001
        pacer.output(FLOOD, now)
    assert now == pytest.approx(5.0 + FLOOD_INTERVAL, abs=0.002)


def test_what_is_not_parsed_yet_is_waited_for():
    pacer = FramePacer()
    draw(pacer, 1.0, 0.001)
    pacer.output(100, 5.0, more=True)
    assert pacer.due() == pytest.approx(5.0 + LULL)
    pacer.output(100, 5.001)
    assert pacer.due() < 5.0


def test_a_key_press_does_not_wait_for_the_end_of_a_burst():
    pacer = FramePacer()
    draw(pacer, 1.0, 0.001)
    pacer.key_pressed(5.0)
    pacer.output(FLOOD, 5.0)
    assert pacer.due() < 5.0
