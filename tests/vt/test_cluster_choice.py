"""Whether cells hold clusters: what is configured, what the program chose, and who wins."""

import pytest
from talk import Talk

from gputerm.vt.modes import DecMode

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
SET, RESET, PERMANENTLY_RESET = 1, 2, 4


def width(talk):
    """The cells of a family from here on: 2 as a cluster, 8 without."""
    talk.feed("\r" + FAMILY)
    return talk.terminal.cursor[1]


def report(talk):
    return int(talk.ask("\x1b[?2027$p").removeprefix("\x1b[?2027;").removesuffix("$y"))


@pytest.mark.parametrize(
    ("clusters", "said", "cells", "value"),
    [
        ("always", "", 2, SET),
        ("always", "\x1b[?2027l", 8, RESET),
        ("requested", "", 8, RESET),
        ("requested", "\x1b[?2027h", 2, SET),
        ("never", "", 8, PERMANENTLY_RESET),
        ("never", "\x1b[?2027h", 8, PERMANENTLY_RESET),
        ("never", "\x1b[?2027s\x1b[?2027r", 8, PERMANENTLY_RESET),
    ],
)
def test_the_configuration_says_who_chooses(clusters, said, cells, value):
    talk = Talk(clusters=clusters)
    talk.feed(said)
    assert (width(talk), report(talk)) == (cells, value)


@pytest.mark.parametrize("reset", ["\x1bc", "\x1b[!p"])
@pytest.mark.parametrize(("clusters", "cells"), [("always", 2), ("requested", 8), ("never", 8)])
def test_a_reset_returns_to_the_configuration(clusters, cells, reset):
    talk = Talk(clusters=clusters)
    for choice in "hl":
        talk.feed(f"\x1b[?2027{choice}{reset}")
        assert width(talk) == cells


def test_a_change_applies_at_once_unless_the_program_chose():
    talk = Talk()
    talk.configure(clusters="requested")
    assert width(talk) == 8
    talk.configure(clusters="always")
    assert width(talk) == 2
    talk.feed("\x1b[?2027h")
    talk.configure(clusters="requested")
    assert width(talk) == 2
    talk.feed("\x1b[?2027l")
    talk.configure(clusters="always")
    assert width(talk) == 8


def test_never_overrules_the_program_and_forgets_its_choice():
    talk = Talk()
    talk.feed("\x1b[?2027h\x1b[?2027s")
    talk.configure(clusters="never")
    talk.feed("\x1b[?2027r")
    assert (width(talk), report(talk)) == (8, PERMANENTLY_RESET)
    talk.configure(clusters="requested")
    assert (width(talk), report(talk)) == (8, RESET)


def test_what_stands_stays_and_joins_nothing_that_comes():
    talk = Talk()
    talk.feed(FAMILY + "\r\n👍")
    talk.configure(clusters="requested")
    talk.feed("🏽")
    assert (talk.screen()[:2], talk.terminal.cursor) == ([FAMILY, "👍🏽"], (1, 4))


def test_the_page_about_modes_names_the_setting():
    assert "terminal.clusters" in DecMode.GRAPHEMES.means
