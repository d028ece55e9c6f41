"""All that a terminal may type by itself, as a grammar. Free text occurs in none of it; digits,
hexadecimal, colours, our own name and the checked id of a notification do.
"""

import re

_NUMBERS = rb"[0-9]{1,10}(?:;[0-9]{1,10})*"
_COLOR = rb"rgb:[0-9a-f]{4}/[0-9a-f]{4}/[0-9a-f]{4}"
_END = rb"(?:\a|\x1b\\)"
_SETTING = rb'[0-9;:>]{1,200}(?:m|r|s|t| q|"q|"p|\*x|\*\||\$\||\$\}|\$~)'
_PRESENTATION = rb'[0-9;/@A-O]{0,5000}[A-Z0-9%&"<=>`?f]{0,8}'
_KNOWN = [
    rb"\x1b\[[?>]?(?:" + _NUMBERS + rb")?(?:[cnRtxumf]|\$y|\*\{|#Q)",
    rb"\x1b\[[IO]",
    rb"\x1bP(?:!\|0{8}|>\|gputerm\([0-9.]+\))\x1b\\",
    rb"\x1bP(?:0\$r|1\$r" + _SETTING + rb")\x1b\\",
    rb"\x1bP(?:0\+r|1\+r[0-9A-F]{2,40}(?:=[0-9A-F]{1,600})?)\x1b\\",
    rb"\x1bP[12]\$u" + _PRESENTATION + rb"\x1b\\",
    rb"\x1bP[0-9]{1,5}!~[0-9A-F]{4}\x1b\\",
    rb"\x1b\](?:4;|5;)[0-9]{1,3};" + _COLOR + _END,
    rb"\x1b\]1[0-9];" + _COLOR + _END,
    rb"\x1b\]21;(?:[a-z_0-9]{1,24}=(?:" + _COLOR + rb")?;?)+" + _END,
    rb"\x1b\]22;[01a-z,-]{0,500}" + _END,
    rb"\x1b\]52;[cpqs0-7]{1,16};[A-Za-z0-9+/]*=*" + _END,  # what the user lets it read
    rb"\x1b\]99;i=[A-Za-z0-9_+.-]{1,64}:p=\?;p=title,body,close,\?:[a-z=,:0-2]*" + _END,
]
_UTF8 = rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
# What conformance tests are told besides.
_TITLES = rb"\x1b\][lL](?:[ -~]|" + _UTF8 + rb")*\x1b\\"
_RENDITION = rb"\x1b\[[0-9;:]*m"  # XTREPORTSGR

_GRAMMAR = re.compile(b"(?:" + b"|".join(_KNOWN) + b")*+")
_GRAMMAR_OF_TESTS = re.compile(b"(?:" + b"|".join((*_KNOWN, _TITLES, _RENDITION)) + b")*+")
_C1 = re.compile(rb"(" + _UTF8 + rb")|[\x90\x9b-\x9d]")


def check_reply(data: bytes, *, test_reports: bool = False) -> None:
    """Asserts that these bytes are replies and nothing else."""
    # After S8C1T the introducers are C1 controls.
    seven = _C1.sub(lambda c: c[1] or bytes((0x1B, c[0][0] - 0x40)), data)
    grammar = _GRAMMAR_OF_TESTS if test_reports else _GRAMMAR
    assert grammar.fullmatch(seven), data
