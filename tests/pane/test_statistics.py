"""What is counted of frames and key presses, with times that the test makes up."""

import random

import pytest

from gputerm.pane.meter import FORGOTTEN, Latencies, Meter, Statistics, Timings


def frame(meter, started, ended, received, *, shown=True):
    return meter.frame(started, ended, received, shown=shown)


def test_a_key_waits_for_the_first_frame_with_output_that_came_after_it():
    meter = Meter()
    meter.key_pressed(10.0, 100)
    assert frame(meter, 10.001, 10.002, 100) is None  # the cursor blinks
    assert frame(meter, 10.003, 10.004, 101, shown=False) is None  # nothing to see yet
    assert frame(meter, 10.005, 10.006, 102) == pytest.approx(0.006)
    assert frame(meter, 10.007, 10.008, 103) is None
    keys = meter.statistics(103, 0.5).key_to_swap
    assert (keys.count, keys.mean) == (1, pytest.approx(0.006))


def test_of_several_keys_the_oldest_counts():
    meter = Meter()
    meter.key_pressed(10.0, 0)
    meter.key_pressed(10.1, 0)
    assert frame(meter, 10.2, 10.3, 1) == pytest.approx(0.3)


def test_a_key_without_an_echo_is_forgotten():
    meter = Meter()
    meter.key_pressed(10.0, 0)
    assert frame(meter, 11.5, 11.6, 5) is None
    meter.key_pressed(20.0, 5)
    meter.key_pressed(20.5 + FORGOTTEN, 5)
    assert frame(meter, 21.6, 21.7, 6) == pytest.approx(0.2)
    assert meter.statistics(6, 0.0).key_to_swap.count == 1


def test_frames_count_when_they_are_shown_and_their_time_always():
    meter = Meter()
    frame(meter, 1.0, 1.5, 0)
    frame(meter, 2.0, 2.25, 0, shown=False)
    statistics = meter.statistics(7, 0.5)
    assert (statistics.frames, statistics.drawing) == (1, 0.75)
    assert (statistics.received, statistics.parsing) == (7, 0.5)


@pytest.mark.parametrize("seed", range(5))
def test_percentiles_are_too_high_by_a_quarter_at_most(seed):
    rng = random.Random(seed)
    values = sorted(10 ** rng.uniform(-4.5, -0.1) for _ in range(1000))
    timings = Timings()
    for value in values:
        timings.note(value)
    measured = timings.so_far()
    for percent in (1, 50, 90, 99, 100):
        exact = values[max(len(values) * percent // 100 - 1, 0)]
        assert exact <= measured.percentile(percent) + 1e-6
        assert measured.percentile(percent) <= exact * 1.25 + 1e-6
    assert measured.percentile(100) == measured.maximum == values[-1]


@pytest.mark.parametrize("seconds", [0.0, 1e-9, 3e-6, 4e-6, 0.999, FORGOTTEN])
def test_every_time_has_its_place(seconds):
    timings = Timings()
    timings.note(seconds)
    assert timings.so_far().percentile(50) == pytest.approx(seconds, abs=5e-6)


def test_nothing_measured_is_none_rather_than_zero():
    assert Latencies().mean is None
    assert Latencies().percentile(50) is None


def test_windows_are_summed():
    first, second = Timings(), Timings()
    first.note(0.001)
    second.note(0.003)
    total = Statistics(received=1, frames=2, key_to_swap=first.so_far()) + Statistics(
        received=10, parsing=0.5, drawing=0.25, key_to_swap=second.so_far()
    )
    assert (total.received, total.parsing, total.frames, total.drawing) == (11, 0.5, 2, 0.25)
    keys = total.key_to_swap
    assert (keys.count, keys.mean, keys.maximum) == (2, pytest.approx(0.002), 0.003)
    assert keys.percentile(50) < 0.0015
