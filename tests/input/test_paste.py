"""Pastes: nothing in the text may act as a key or end the brackets. Others' incidents as tests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gputerm.input import encode_paste

START, END = b"\x1b[200~", b"\x1b[201~"


def test_a_bracketed_paste_keeps_lines_and_tabs():
    assert encode_paste("a\n\tb\r\n", True) == START + b"a\n\tb\r\n" + END


def test_without_brackets_every_line_end_is_the_enter_key():
    assert encode_paste("a\nb\r\nc\rd", False) == b"a\rb\rc\rd"


@pytest.mark.parametrize(
    "text",
    [
        "\x1b[201~rm\n",
        "\x1b[20\x1b[201~1~rm\n",  # nested: removing the inner one must not complete the outer one
        "\x9b201~rm\n",  # C1 CSI
        "\x1b\x1b[201~[201~rm\n",
    ],
)
def test_text_cannot_leave_the_brackets(text):
    sent = encode_paste(text, True)
    assert sent.count(END) == 1
    assert sent.endswith(END)
    assert b"\x1b" not in sent[len(START) : -len(END)]
    assert "\x9b".encode() not in sent


@pytest.mark.parametrize("bracketed", [True, False])
@pytest.mark.parametrize(
    "control", "\x00\x03\x04\x05\x08\x0f\x11\x12\x13\x15\x16\x17\x1a\x1b\x1c\x7f\x85\x9b"
)
def test_control_characters_become_spaces(control, bracketed):
    sent = encode_paste(f"a{control}b", bracketed)
    assert sent.removeprefix(START).removesuffix(END) == b"a b"


@given(st.text(), st.booleans())
def test_no_text_yields_a_control_character(text, bracketed):
    body = encode_paste(text, bracketed).removeprefix(START).removesuffix(END).decode()
    assert not [c for c in body if (c < " " or "\x7f" <= c <= "\x9f") and c not in "\t\r\n"]
    assert bracketed or "\n" not in body


@given(st.lists(st.text()))
def test_a_clipboard_that_arrives_in_pieces_is_as_harmless(pieces):
    """Replacing looks at single characters, so where a text is cut makes no difference."""
    whole = encode_paste("".join(pieces), True)
    parts = [encode_paste(piece, True).removeprefix(START).removesuffix(END) for piece in pieces]
    assert whole == START + b"".join(parts) + END


def test_a_lone_surrogate_does_not_raise():
    assert encode_paste("\udc80", False) == b"?"
