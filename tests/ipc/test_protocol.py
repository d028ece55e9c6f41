"""Lines and messages: any split gives the same lines, anything hostile gives an error."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gputerm.ipc import protocol
from gputerm.ipc.client import light_json
from gputerm.ipc.protocol import Call, Fault, LineDecoder

STREAM = b'{"a":1}\n\n{"b":"\xc3\xa9"}\r\nlast'


def lines(pieces):
    decoder = LineDecoder()
    found = [line for piece in pieces for line in decoder.feed(piece)]
    return [*found, decoder.finish()]


@pytest.mark.parametrize("cut", range(len(STREAM) + 1))
def test_lines_are_the_same_wherever_the_stream_is_cut(cut):
    whole = [b'{"a":1}', b"", b'{"b":"\xc3\xa9"}\r', b"last"]
    assert lines([STREAM[:cut], STREAM[cut:]]) == whole


def test_lines_are_the_same_byte_by_byte():
    assert lines([bytes([byte]) for byte in STREAM]) == lines([STREAM])


@pytest.mark.parametrize("pieces", [[b"x" * 11], [b"x" * 6, b"x" * 5], [b"x" * 6, b"xxxxx\n"]])
def test_line_over_the_limit_is_refused_and_forgotten(pieces):
    decoder = LineDecoder(limit=10)
    with pytest.raises(Fault) as caught:
        [decoder.feed(piece) for piece in pieces]
    assert caught.value.code == protocol.TOO_LONG
    assert not decoder.partial
    assert decoder.feed(b"x" * 10 + b"\n") == [b"x" * 10]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"{} {}", "not JSON"),
        (b'"\xff"', "not UTF-8 at byte 1"),
        (b"\xef\xbb\xbf{}", "not JSON"),
        (b"NaN", "NaN is not JSON"),
        (b"[-Infinity]", "-Infinity is not JSON"),
        (b"1e999", "number is too large"),
        (b"9" * 5000, "number is too large"),
        (b'"\\ud800"', "surrogate"),
        (b'{"\\udc00": 1}', "surrogate"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'[{"a": {"b": 1, "b": 1}}]', "twice"),
        (b"[" * 66 + b"]" * 66, "nested deeper"),
        (b"[" * 500_000, "nested deeper"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested deeper"),
    ],
)
def test_hostile_line_is_a_parse_error(line, reason):
    with pytest.raises(Fault, match=reason) as caught:
        protocol.decode(line)
    assert caught.value.code == protocol.PARSE_ERROR


def test_nesting_up_to_the_limit_is_fine():
    depth = protocol.MAX_DEPTH
    assert protocol.decode(b"[" * depth + b"]" * depth) is not None
    assert protocol.decode('"é😀 \\ud83d\\ude00"'.encode()) == "é😀 😀"


@pytest.mark.parametrize(
    "value",
    [
        1,
        "x",
        None,
        {},
        {"jsonrpc": "1.0", "method": "a"},
        {"jsonrpc": "2.0"},
        {"jsonrpc": "2.0", "method": 1},
        {"jsonrpc": "2.0", "method": "a", "params": "x"},
        {"jsonrpc": "2.0", "method": "a", "id": True},
        {"jsonrpc": "2.0", "method": "a", "id": {}},
    ],
)
def test_value_that_is_no_call_is_an_invalid_request(value):
    (fault,) = protocol.calls(value)
    assert isinstance(fault, Fault)
    assert fault.code == protocol.INVALID_REQUEST


def test_batch_keeps_its_good_calls():
    first, second = protocol.calls([{"jsonrpc": "2.0", "method": "a", "id": None}, 1])
    assert isinstance(first, Call)
    assert not first.notification
    assert isinstance(second, Fault)


@pytest.mark.parametrize("batch", [[], [1] * (protocol.MAX_BATCH + 1)])
def test_batch_of_a_wrong_size_is_refused_whole(batch):
    with pytest.raises(Fault):
        protocol.calls(batch)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(deadline=None)
@given(values)
def test_light_json_writes_and_reads_what_json_does(value):
    assert json.loads(light_json.dumps(value)) == value
    assert light_json.loads(json.dumps(value)) == value


@pytest.mark.parametrize("text", ["", "{", "[1,]", "1 2", '"\\x"', "{1:2}", "nul"])
def test_light_json_refuses_with_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        light_json.loads(text)


@given(st.binary(max_size=200))
def test_any_line_is_a_value_or_a_fault(line):
    with contextlib.suppress(Fault):
        protocol.calls(protocol.decode(line))
