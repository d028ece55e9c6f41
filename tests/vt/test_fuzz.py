"""Random streams: any split gives the same screen, RIS a new one, and only replies are typed."""

import pytest
from fuzzing import check_split, check_stream


@pytest.mark.parametrize("seed", range(20))
def test_stream(seed):
    check_stream(seed, 400)


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
