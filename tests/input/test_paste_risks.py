"""What the user is asked about before it is pasted, and what is left of it in its tamed form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gputerm.input.paste_risks import LARGE, PasteRisks, paste_risks, tamed

TROJAN = 'if access != "user\u202e \u2066// check\u2069 \u2066":'  # [CVE-2021-42574]


@pytest.mark.parametrize(
    ("text", "risks"),
    [
        ("", PasteRisks()),
        ("ls -l\tfile", PasteRisks()),
        ("grüße 漢字 e\u0301", PasteRisks()),
        ("ls\n", PasteRisks(line_ends=1)),
        ("a\r\nb\nc\rd", PasteRisks(line_ends=3)),
        ("a\x1b[201~b\x03\x9b", PasteRisks(controls=3)),
        (TROJAN, PasteRisks(reordering=4)),
        ("rm\u200b -rf\u00ad", PasteRisks(hidden=2)),
        ("rm\u200d\ufe0f", PasteRisks(hidden=1)),
        ("a\u2028b\U000e0041", PasteRisks(hidden=2)),
    ],
)
def test_what_a_text_holds(text, risks):
    assert paste_risks(text, bracketed=False) == risks
    assert paste_risks(text, bracketed=True) == risks.replace(line_ends=0)
    assert bool(risks) == (risks != PasteRisks())


@pytest.mark.parametrize(
    "text",
    [
        "👨\u200d👩\u200d👧",
        "❤\ufe0f 1\ufe0f\u20e3 #\ufe0f\u20e3",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",  # England
        "می\u200cخواهم",
        "葛\U000e0100",
        "שלום\u200f",
    ],
)
def test_emoji_and_scripts_that_need_joiners_are_no_risk(text):
    assert not paste_risks(text, bracketed=True)
    assert tamed(text, bracketed=True) == text


def test_what_is_left_of_a_tamed_text_hides_nothing_that_was_seen_before():
    assert tamed("a\u202e\ufe0fb\xad\u200d\u200dc", bracketed=True) == "abc"
    assert tamed("é\u202e\ufe0f", bracketed=True) == "é\ufe0f"


def test_one_line_is_what_was_in_the_lines():
    assert tamed("  one \\\n\ttwo\r\n\n three\n", bracketed=False) == "one \\ two three"
    assert tamed("a\u200b\n\u202eb\n", bracketed=False) == "a b"
    assert tamed("a\u200b\n\u202eb\n", bracketed=True) == "a\nb\n"


@given(st.text() | st.text(st.sampled_from("a\u202e\u200d\ufe0f\xad\U0001f468")), st.booleans())
def test_what_is_tamed_has_no_risk_but_what_pasting_takes_away(text, bracketed):
    risks = paste_risks(tamed(text, bracketed=bracketed), bracketed=bracketed)
    assert risks.replace(controls=0) == PasteRisks()


def test_a_large_text_is_a_risk_and_not_looked_through():
    assert not paste_risks("a" * LARGE, bracketed=True)
    assert paste_risks("a" * LARGE + "\x1b", bracketed=True) == PasteRisks(large=True)
    assert paste_risks("\u200b" * 3 * LARGE, bracketed=True).hidden == LARGE
