"""Reports of our own mistakes: what they say, what they keep to themselves, when they can't be."""

import os
from pathlib import Path

import pytest

from gputerm import failures
from gputerm.errors import FontError
from gputerm.failures import FailureCount, describe, write_report


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(failures, "_written", {})
    return tmp_path / "gputerm"


def failure(secret="what was typed"):
    try:
        {}[secret]
    except KeyError as error:
        return error


def test_a_report_names_places_and_versions_but_quotes_nothing(state):
    path = write_report(failure(), "drawing window 3", {"frames": 12})
    text = Path(path).read_text()
    assert os.path.dirname(path) == str(state)
    assert "failed while drawing window 3" in text
    assert "frames: 12" in text
    assert "KeyError" in text
    assert "test_failure_reports.py" in text
    assert "what was typed" not in text + describe(failure(), path)
    assert os.stat(path).st_mode & 0o777 == 0o600


def test_causes_are_reported_with_their_places(state):
    def chained():
        try:
            raise failure()
        except KeyError as error:
            raise ValueError("what was typed") from error

    with pytest.raises(ValueError, match="typed") as caught:
        chained()
    text = Path(write_report(caught.value, "drawing")).read_text()
    assert text.index("ValueError") < text.index("KeyError")
    assert "what was typed" not in text


def test_one_place_is_reported_once(state):
    one, other = failure(), failure()
    assert write_report(one, "drawing") == write_report(other, "drawing")
    assert len(list(state.iterdir())) == 1


def test_old_reports_go_and_a_process_writes_only_so_many(state, monkeypatch):
    state.mkdir()
    for number in range(failures.MAX_REPORTS + 5):
        (state / f"failure-2000{number:04}-000000-1-0.txt").touch()
    (state / "something else").touch()
    assert write_report(failure(), "drawing")
    assert len(list(state.glob("failure-*"))) == failures.MAX_REPORTS
    assert (state / "something else").exists()
    monkeypatch.setattr(failures, "MAX_REPORTS_A_PROCESS", 1)
    assert write_report(ValueError(), "drawing") is None


def test_advice_for_the_user_is_told_as_it_is_and_needs_no_report(state):
    error = FontError("no font\nhas this")
    assert write_report(error, "drawing") is None
    assert describe(error) == "no font has this"
    assert not state.exists()


def test_a_report_that_cannot_be_written_is_none(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert write_report(failure(), "drawing") is None
    assert "KeyError in" in describe(failure())


def test_too_many_are_five_within_ten_seconds():
    slow, fast = FailureCount(), FailureCount()
    assert not any(slow.one_more(now) for now in range(0, 100, 3))
    assert [fast.one_more(now) for now in (0, 1, 2, 3, 4, 5)] == [False] * 4 + [True] * 2
