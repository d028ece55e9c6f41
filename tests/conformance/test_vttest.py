"""Every screen of vttest is as it was when somebody looked at it.

Screens are in vttest/TEST.txt, named by menu numbers. The first line says who reviewed them against
what; recording anew (GPUTERM_GOLDEN=record) keeps it where nothing differs and withdraws it else.
"""

import difflib
import multiprocessing
import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from pathlib import Path

import pytest
from vttest import TESTS, Screen, run

GOLDEN = Path(__file__).parent / "vttest"
RECORD = os.environ.get("GPUTERM_GOLDEN") == "record"
UNREVIEWED = "reviewed: no"

#: vttest sleeps most of the time, so that many of it share a core well.
WORKERS = 12


@pytest.fixture(scope="module")
def results() -> Iterator[dict[str, Future[list[Screen]]]]:
    """All tests at work at once."""
    if shutil.which("vttest") is None:
        pytest.skip("needs vttest: make test installs it")
    if not sys.platform.startswith("linux"):
        pytest.skip("needs Linux's /proc to see that vttest waits")
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        yield {test: pool.submit(run, test) for test in TESTS}


def golden(test: str) -> tuple[str, list[str]]:
    """The line about the review, and the screens."""
    path = GOLDEN / f"{test}.txt"
    if not path.exists():
        return UNREVIEWED, []
    review, *screens = path.read_text(encoding="utf-8").split("\n\f\n")
    return review, [screen.removesuffix("\n") for screen in screens]


@pytest.mark.parametrize("test", TESTS)
def test_screens(test, results):
    seen = [screen.text for screen in results[test].result(timeout=60)]
    assert seen, "no screen: the way through the menus is wrong"
    review, expected = golden(test)
    if seen == expected:
        return
    if RECORD:
        text = "\n\f\n".join([UNREVIEWED, *seen]) + "\n"
        (GOLDEN / f"{test}.txt").write_text(text, encoding="utf-8")
        return
    difference = difflib.unified_diff(
        "\n\f\n".join(expected).splitlines(), "\n\f\n".join(seen).splitlines(), lineterm=""
    )
    pytest.fail(f"{test} ({review}):\n" + "\n".join(difference), pytrace=False)


def test_no_golden_is_left_over():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(TESTS)
