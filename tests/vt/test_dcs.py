"""Device control strings: XTGETTCAP, and those that are swallowed. (DECRQSS: test_reports.)"""

import pytest
from talk import Talk

from gputerm.vt.functions import capabilities


def _hex(text):
    return text.encode("latin-1").hex().upper()


def test_capabilities_are_answered():
    t = Talk()
    assert t.ask(f"\x1bP+q{_hex('Co')}\x1b\\") == f"\x1bP1+r{_hex('Co')}={_hex('256')}\x1b\\"
    assert t.ask(f"\x1bP+q{_hex('TN')}\x1b\\") == f"\x1bP1+r{_hex('TN')}={_hex('gputerm')}\x1b\\"
    assert t.ask(f"\x1bP+q{_hex('Tc')}\x1b\\") == f"\x1bP1+r{_hex('Tc')}\x1b\\"


def test_a_string_capability_is_the_bytes_it_stands_for():
    reply = Talk().ask(f"\x1bP+q{_hex('kcuu1')}\x1b\\")
    assert reply == f"\x1bP1+r{_hex('kcuu1')}={_hex(chr(27) + 'OA')}\x1b\\"


def test_several_capabilities_have_an_answer_each():
    reply = Talk().ask(f"\x1bP+q{_hex('Co')};{_hex('nope')};{_hex('RGB')}\x1b\\")
    assert reply.count("\x1b\\") == 3
    assert "\x1bP0+r\x1b\\" in reply


@pytest.mark.parametrize("data", ["", ";", "4", "zz", "436F4", "00", "FF" * 1000, "1B5B"])
def test_what_is_no_capability_is_refused_without_repeating_it(data):
    replies = Talk().ask(f"\x1bP+q{data}\x1b\\")
    assert set(replies.split("\x1b\\")) == {"\x1bP0+r", ""}


@pytest.mark.parametrize("name", capabilities.CAPABILITIES)
def test_every_capability_can_be_asked_for(name):
    assert Talk().ask(f"\x1bP+q{_hex(name)}\x1b\\").startswith("\x1bP1+r")


# A value for each parameter of the strings below, as a program would give them.
_PARAMETERS = {"%p1%d": "2", "%p2%d": "3", "%i": "", "%p1%c": "x", "%p1%s": "c", "%p2%s": "eA=="}
_SENT = """
    bel cbt cr cub cub1 cud cud1 cuf cuf1 cup cuu cuu1 home hpa ht hts nel rc sc tbc vpa civis
    cnorm cvvis csr clear dch dch1 dl dl1 ech ed el el1 E3 ich il il1 ind indn ri rin rmir smir
    blink bold dim invis rev ritm rmacs rmso rmul rmxx sgr0 sitm smacs smso smul smxx Rmol Smol
    ol oc op is2 rmam rmcup rmkx rs1 rs2 smam smcup smkx Clmg Cmg Dsmg Enmg dsl Cr Ms Se Ss
    BD BE fd fe Dseks Eneks RV XR u7 u9
"""


@pytest.mark.parametrize("name", _SENT.split())
def test_every_capability_that_is_sent_is_understood(name, caplog):
    caplog.set_level("DEBUG", logger="gputerm.vt.machine")
    sequence = capabilities.query(name)
    assert sequence is not None
    for parameter, value in _PARAMETERS.items():
        sequence = sequence.replace(parameter, value)
    assert "%" not in sequence
    t = Talk()
    t.feed(sequence)
    assert not caplog.records
    assert all(line in ("", "x") for line in t.screen())


@pytest.mark.parametrize("data", ["q#0;2;0;0;0~-", "0;1|17/41", "1;2{@ABC", "1;1!zABC", "zz", ""])
def test_strings_for_what_there_is_not_are_swallowed(data):
    t = Talk()
    assert t.feed(f"\x1bP{data}\x1b\\A") == []
    assert t.screen()[0] == "A"
