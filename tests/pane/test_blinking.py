import math

from gputerm.pane.blinking import Blinking


def started(*, blinks=True, timeout=0.0):
    blinking = Blinking()
    blinking.restart(10.0, blinks=blinks, interval=0.5, timeout=timeout)
    return blinking


def test_a_steady_cursor_never_wakes_anybody():
    blinking = started(blinks=False)
    assert blinking.next_deadline() == math.inf
    assert not blinking.tick(1000.0)
    assert blinking.cursor_on


def test_a_blinking_cursor_changes_at_each_interval():
    blinking = started()
    assert blinking.next_deadline() == 10.5
    assert not blinking.tick(10.4)
    assert blinking.tick(10.5)
    assert not blinking.cursor_on
    assert blinking.tick(11.0)
    assert blinking.cursor_on


def test_typing_shows_the_cursor_again():
    blinking = started()
    blinking.tick(10.5)
    blinking.restart(10.6, blinks=True, interval=0.5, timeout=0.0)
    assert blinking.cursor_on
    assert blinking.next_deadline() == 11.1


def test_blinking_stops_with_the_cursor_shown():
    blinking = started(timeout=1.2)
    for now in (10.5, 11.0, 11.5):
        blinking.tick(now)
    assert blinking.cursor_on
    assert blinking.next_deadline() == math.inf


def test_text_blinks_only_while_frames_show_blinking_text():
    blinking = started(blinks=False)
    blinking.text_blinks(20.0)
    blinking.text_blinks(20.3)
    assert blinking.next_deadline() == 20.5
    assert blinking.tick(20.5)
    assert not blinking.text_on
    assert blinking.next_deadline() == math.inf


def test_the_bell_flashes_for_its_duration():
    blinking = started(blinks=False)
    blinking.flash(30.0, 0.1)
    assert blinking.flashing(30.05)
    assert blinking.next_deadline() == 30.1
    assert blinking.tick(30.1)
    assert not blinking.flashing(30.1)
    assert blinking.next_deadline() == math.inf
