"""Random streams: any split and core gives one screen, RIS a new one; only replies are typed."""

from contextlib import closing

import pytest
from streams import check_cores, check_split, check_stream, other_core


@pytest.mark.parametrize("seed", range(20))
def test_stream(seed):
    check_stream(seed, 400)


def test_compiled_and_interpreted_answer_alike():
    with closing(other_core(0, 400)) as others:
        for seed in range(20):
            check_cores(seed, 400, others)


@pytest.mark.parametrize(
    "data",
    [
        # A joiner with nothing before it, then a flag whose halves came in one run of text.
        b"\x1b\xe2\x80\x8d\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa",
        # A digit that is none to int().
        "\x1bP2$t9/¹\x1b\\".encode("latin-1"),
    ],
)
def test_stream_that_went_wrong_once(data):
    check_split(data, 1)
