"""Regular expressions of callers: they mean what Python's do, and none takes for ever."""

import re
import subprocess
import sys
import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gputerm.finding.patterns import MAX_PATTERN, PatternError, compile_lines, compile_pattern


def spans(pattern, text, **options):
    return list(compile_pattern(pattern, **options).spans(text))


TEXT = "error: 12 café_3 naïve-bär, x٣ ½ 日本語 a\u0301b — «fin» $PATH {1,2} a]b\\ tab\tend"


PATTERNS = r"""
\w+ \W+ \d+ \D+ \s+ \S+ [\w.-]+ [^\W\d]+ [\D]+ [\S]+
\bcaf \w+\b \b\w+é\b é\b \bbär\b é\b.*\bb (?:\bx|bär\b) \b.*\b ^\berror\b \bend$
\b\bcaf \w+\b\b \b[^-]{4}\b (?:\w\b-?\b|x)
[]a]+ [^]a]+ [a-c-]+ [-a]+ [^-a]+ \{1,2\} {1 x{,2} a{0,1}b
\$PATH \x41|\u00e9 \U00000041|b \101|\0 \t [\b] [\t-] \— \\
(?P<name>fin) (?i)CAFÉ (?:a|ab)\w n.*?e fin\Z|end\Z \Aerr (?#no)12
end$ \w{2,3}? (é|ï)+ a| x*
"""


@pytest.mark.proves("regular expressions")
@pytest.mark.parametrize("pattern", ["", *PATTERNS.split()])
def test_they_find_what_pythons_find(pattern):
    text = TEXT.replace("a\u0301", "á").replace("½", "1")  # marks and fractions: see below
    expected = [hit.span() for hit in re.finditer(pattern, text) if hit.end() > hit.start()]
    if pattern == "x{,2}":
        expected = [(text.index("x"), text.index("x") + 1)]
    assert spans(pattern, text) == expected
    assert compile_pattern(pattern).found_in(text) is (re.search(pattern, text) is not None)


ATOMS = (
    *("a", "b", "é", " ", "_", "1", "-", ".", "[a-b]", "[^a]", "[é ]", "[^-a]"),
    *(r"\w", r"\d", r"\s", r"\W", r"\S", r"\D", r"[\w-]", r"[^\W_]", r"[\s1]", r"\-"),
)


def any_pattern(random, depth=0):
    """An expression of which Python and RE2 should think the same."""

    def another():
        return any_pattern(random, depth + 1)

    forms = (
        lambda: another() + another(),
        lambda: f"(?:{another()}|{another()})",
        lambda: f"(?:{another()}){random.choice(('?', '{1,2}', '{2}'))}",
        lambda: random.choice(ATOMS) + random.choice(("*", "+", "?", "*?", "+?", "??")),
        lambda: rf"\b{another()}",
        lambda: rf"{another()}\b",
    )
    if depth > 3 or random.random() < 0.45:
        return random.choice(ATOMS)
    return random.choice(forms)()


def test_any_expression_finds_what_pythons_finds():
    random = Random(1)
    for _ in range(3000):
        pattern = any_pattern(random)
        text = "".join(random.choices("ab é_1-.ñ", k=random.randrange(14)))
        expected = [hit.span() for hit in re.finditer(pattern, text)]
        assert compile_pattern(pattern).found_in(text) is bool(expected), (pattern, text)
        if all(start < stop for start, stop in expected):  # Else they go on differently.
            assert spans(pattern, text) == expected, (pattern, text)


def test_in_many_lines_they_find_what_they_find_in_each():
    random = Random(2)
    for _ in range(1000):
        pattern = random.choice(("", "^", r"(?-m)^", r"\A", r"\b")) + any_pattern(random)
        pattern += random.choice(("", "$", r"\Z", r"\b"))
        lines = ["".join(random.choices("ab é_1-.ñ", k=random.randrange(9))) for _ in range(5)]
        if random.random() < 0.5:
            lines = [line.encode("ascii", "ignore").decode() for line in lines]
        text = "".join(f"{line}\n" for line in lines).encode()
        if any(
            not hit[0] for line in lines for hit in re.finditer(pattern.replace("(?-m)", ""), line)
        ):
            continue  # They go on differently.
        found = [text[start:stop].decode() for start, stop in compile_lines(pattern).spans(text)]
        single = compile_pattern(pattern)
        expected = [line[start:stop] for line in lines for start, stop in single.spans(line)]
        assert [hit for hit in found if hit] == expected, (pattern, lines)


def test_a_line_feed_is_no_character_of_a_line():
    for pattern in (
        "a\nb",
        r"a\nb",
        r"a[^x]b",
        r"a\sb",
        r"a\Db",
        r"(?s)a.b",
        r"a[\n-z]b",
        r"a\x0ab",
    ):
        assert [*compile_lines(pattern).spans(b"a\nb\n")] == [], pattern


def test_marks_belong_to_words():
    text = unicodedata.normalize("NFD", "un café हिन्दी.")
    words = [text[start:stop] for start, stop in spans(r"\b\w+\b", text)]
    assert words == text.removesuffix(".").split()


def test_a_match_is_what_it_is_in_the_text():
    pattern = compile_pattern(r"\bb\S* \w+\b", multiline=True)
    assert pattern.first("ä\nbö bär.") == "bö bär"
    assert pattern.first("äbö bär.") is None
    assert spans("ö", "\udcffö\udcff") == [(1, 2)]


def test_lines_and_case():
    assert spans("^b$", "a\nb\nc") == []
    assert spans(r"^\bb$", "a\nb\nc", multiline=True) == [(2, 3)]
    assert spans("ÄB", "äb", ignore_case=True) == [(0, 2)]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("a(?=b)", "match it too"),
        ("a(?!b)", "match what may follow instead"),
        ("(?<=a)b", "match it too"),
        ("(?<!a)b", "match what may come before instead"),
        (r"(a)\1", "an earlier group can't be matched again"),
        (r"(?P<x>a)(?P=x)", "an earlier group can't be matched again"),
        (r"(a)?(?(1)b|c)", "write the alternatives"),
        (r"\Q", r"\\Q means nothing"),
        (r"\C", r"\\C means nothing"),
        ("[", "a ] is missing"),
        ("(", r"missing \)"),
        ("a)", r"unexpected \)"),
        ("*", r"no argument for repetition operator: \*"),
        ("\\", "a backslash at the end"),
        ("a{1001}", "repetition"),
        (r"(\w{100}){10}", "repetition|too large"),
        ("x" * (MAX_PATTERN + 1), f"longer than {MAX_PATTERN} characters"),
        ("(" * 300, r"missing \)"),
        ("(?i)a\n|b)*$", r"unexpected \)$"),
        ("(\x1b[31m", r"a \] is missing$"),
        ("(\n?i", r"missing \)$"),
    ],
)
def test_what_is_refused_is_explained(pattern, why, capfd):
    with pytest.raises(PatternError, match=f"^pattern: .*({why})"):
        compile_pattern(pattern)
    assert capfd.readouterr() == ("", "")


@pytest.mark.proves("regular expressions")
@pytest.mark.parametrize(
    ("pattern", "unit"),
    [
        ("a.*b.*c.*Z", "abc"),
        ("(a+)+$", "a"),
        ("(a|ab)*c", "ab"),
        ("(x+x+)+y", "x"),
        (".*.*.*=.*", "x"),
    ],
)
def test_none_takes_for_ever(pattern, unit):
    text = unit * 100_000 + "!"
    assert compile_pattern(pattern).first(text) is None
    assert compile_pattern(pattern).effort(text) < 100 * len(text)


@given(st.text(st.sampled_from("ab é1_.-[]^\\wdsbB(|)*+?{},:$")))
def test_any_text_is_an_expression_or_refused(pattern):
    try:
        compiled = compile_pattern(pattern)
    except PatternError:
        return
    assert all(0 <= start < stop <= 8 for start, stop in compiled.spans("a-é1_ ba"))


def test_only_an_expression_needs_the_library():
    code = """
import sys
import gputerm.policy.match, gputerm.control.waiting, gputerm.control.scrollback
gputerm.policy.match.parse_match("id:3 and pid:4")
assert "re2" not in sys.modules
gputerm.policy.match.parse_match("title:x")
assert "re2" in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
