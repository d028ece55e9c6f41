"""The engine: what a pattern matches in a terminal, from anywhere in either direction, while output
comes and lines get other numbers."""

import re
import time
from random import Random

import pytest

from gputerm.finding.finder import Finder, Match, screen_text
from gputerm.finding.patterns import compile_lines
from gputerm.finding.slices import Slices, at_once
from gputerm.finding.tally import Tally
from gputerm.vt import Terminal, TerminalOptions


def terminal_of(text, lines=4, columns=10, history=100_000):
    term = Terminal(lines, columns, TerminalOptions(history=history))
    term.feed(text.encode())
    return term


def finder_of(term, pattern, **options):
    return Finder(term, compile_lines(pattern, **options))


def result(steps):
    """Of all steps, done here."""
    outcome = None
    while True:
        try:
            work = steps.send(outcome)
        except StopIteration as stop:
            return stop.value
        outcome = None
        if work is not None:
            made = work()
            outcome = lambda made=made: made  # noqa: E731


def all_matches(term, pattern, **options):
    finder = finder_of(term, pattern, **options)
    return list(result(finder.in_lines(finder.lowest, finder.stop)).matches())


def text_of(term, match):
    return term.text(*match)


@pytest.mark.proves("wrapped lines")
def test_matches_span_rows_that_wrapped_and_no_more():
    term = terminal_of("say hello world\r\nhello\r\nworld")
    assert all_matches(term, "hello w") == [Match((0, 4), (1, 1))]
    assert all_matches(term, "hello.world") == [Match((0, 4), (1, 5))]
    assert all_matches(term, r"[^x]+$") == [
        Match((0, 0), (1, 5)),
        Match((2, 0), (2, 5)),
        Match((3, 0), (3, 5)),
    ]
    assert all_matches(term, r"o\s+w|o\nw|o[\s\S]w") == [Match((0, 8), (1, 1))]


@pytest.mark.proves("wide characters")
def test_wide_characters_and_clusters_are_whole_cells():
    term = terminal_of("日本語 ok e\u0301 👩\u200d💻!", columns=30)
    assert all_matches(term, "本") == [Match((0, 2), (0, 4))]
    assert all_matches(term, "ok") == [Match((0, 7), (0, 9))]
    assert all_matches(term, "\u0301") == [Match((0, 10), (0, 11))]
    assert all_matches(term, "💻!") == [Match((0, 12), (0, 15))]
    assert [text_of(term, match) for match in all_matches(term, r"\S+")] == [
        "日本語",
        "ok",
        "e\u0301",
        "👩\u200d💻!",
    ]


def test_a_wide_character_that_found_no_room_is_not_cut_off():
    term = terminal_of("abcdefghi日本", columns=10)
    (match,) = all_matches(term, "i日")
    assert match == Match((0, 8), (1, 2))


def test_words_end_where_they_do_in_the_users_language():
    term = terminal_of("un café\r\ncaf is ascii\r\nécaf caf", columns=30)
    assert [match.start for match in all_matches(term, r"\bcaf\b")] == [(1, 0), (2, 5)]
    assert [text_of(term, match) for match in all_matches(term, r"\b\w+\b")] == [
        *("un", "café", "caf", "is", "ascii", "écaf", "caf")
    ]


PATTERNS = [r"\w+", "a", r"\bb", "[^a]+", r"^.", ".$", "a*", r"\d\d", "(?i)X", r"\S+\s\S+", "b\nb"]


@pytest.mark.proves("directions")
@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("seed", range(3))
def test_from_anywhere_it_finds_the_same_matches(pattern, seed):
    random = Random(seed)
    text = "".join(random.choices(["a", "b", "é", " ", "1", "x", "本", "\r\n"], k=600))
    term = terminal_of(text)
    everything = all_matches(term, pattern)
    # As Python finds them in one line after the other.
    lines = term.text((0, 0), (term.screen_top + 3, 10)).split("\n")
    spans = [hit[0] for line in lines for hit in re.finditer(pattern, line) if hit[0]]
    found = result(finder_of(term, pattern).in_lines(0, term.screen_top + 4))
    assert [found.text[slice(*found.span(i))].decode() for i in range(len(found))] == spans
    finder = finder_of(term, pattern)
    finder._cells = 40  # so that it takes many chunks
    for _ in range(40):
        point = random.randrange(term.screen_top + 4), random.randrange(11)
        after = [match for match in everything if match.start >= point] or everything
        before = [match for match in everything if match.start < point] or everything
        if everything:
            assert result(finder.nearest(point, forward=True)) == after[0]
            assert result(finder.nearest(point, forward=False)) == before[-1]
        else:
            assert result(finder.nearest(point, forward=True)) is None
            assert result(finder.nearest(point, forward=False)) is None
    tally = Tally(finder)
    result(tally.count())
    assert tally.total == len(everything)
    for number, match in enumerate(everything):
        assert result(tally.before(match.start)) == number


def test_the_alternate_screen_is_searched_by_itself():
    term = terminal_of("above\r\n" * 20 + "\x1b[?1049h\x1b[Hbelow above")
    assert all_matches(term, "above") == [Match((term.screen_top, 6), (term.screen_top + 1, 1))]
    finder = Finder(term, compile_lines("above"), all_lines=True)
    assert len(result(finder.in_lines(0, finder.stop))) == 18  # 3 are below the other screen


@pytest.mark.proves("output", "count")
def test_counting_follows_what_comes_and_what_goes():
    """Against counting anew, after each of many pieces of output, evictions and resizes."""
    random = Random(5)
    term = terminal_of("", history=60)
    finder = finder_of(term, "ab?")
    finder._cells = 50
    tally, epoch = Tally(finder), finder.epoch
    for step in range(400):
        parts = random.choices(["ab", "a", "b ", "\r\n", "\x1b[H", "\x1b[3J", "ö"], k=12)
        if step % 3:
            parts = [part for part in parts if part != "\x1b[3J"]
        term.feed("".join(parts).encode())
        if random.random() < 0.05:
            term.resize(random.choice((3, 4, 6)), random.choice((5, 10, 11)))
            term.settle()
        if finder.epoch != epoch:
            tally, epoch = Tally(finder), finder.epoch
        everything = all_matches(term, "ab?")
        result(tally.count())
        assert tally.total == len(everything), step
        assert tally.progress == 1
        if everything:
            number = random.randrange(len(everything))
            assert result(tally.before(everything[number].start)) == number, step


def test_output_between_two_steps_does_no_harm():
    random = Random(6)
    for _ in range(50):
        term = terminal_of("ab x\r\n" * 100, history=80)
        finder = finder_of(term, random.choice(["zz", "x$"]))
        finder._cells = 60
        point = random.randrange(term.first_line, finder.stop), 0
        steps = finder.nearest(point, forward=random.random() < 0.5)
        try:
            while next(steps) is None:
                term.feed(random.choice([b"\r\n", b"ab y\r\n" * 5, b"\x1b[3J", b"\x1b[H\x1b[J"]))
        except StopIteration as stop:
            match = stop.value
        if match is not None and match.start[0] >= term.first_line:
            assert text_of(term, match) == "x"


def test_matching_that_may_take_long_is_done_aside():
    term = terminal_of("x" * 20_000, columns=100)
    asked = []

    def aside(work, done):
        asked.append(work)
        at_once(work, done)

    found = []

    def search(pattern):
        finder = finder_of(term, pattern)
        match = yield from finder.nearest((0, 0), forward=True)
        found.append(match)

    slices = Slices(aside, lambda: None)
    slices.start(search("x"))
    while slices.busy:
        slices.run(time.monotonic())
    assert (found, asked) == ([Match((0, 0), (0, 1))], [])
    slices.start(search(r"\w{40}z|x"))
    while slices.busy:
        slices.run(time.monotonic())
    assert found[1] == found[0]
    assert asked


@pytest.mark.proves("slices")
def test_a_step_is_a_chunk_whether_or_not_it_holds_a_match():
    term = terminal_of("nothing here\r\n" * 20_000, columns=80)
    for pattern in ("zz", r"\bzz\b", r"\w+@", "nothing"):
        finder = finder_of(term, pattern)
        tally = Tally(finder)
        assert sum(1 for _ in tally.count()) > len(tally._firsts) >= 260_000 / 32_000
        if pattern != "nothing":
            chunks = len(tally._firsts)
            assert sum(1 for _ in finder.nearest((0, 0), forward=True)) >= chunks


def test_work_that_is_dropped_is_not_gone_on_with():
    waiting, woken = [], []
    slices = Slices(lambda work, done: waiting.append((work, done)), lambda: woken.append(1))

    def steps(name):
        yield None
        assert (yield lambda: name)() == name
        done.append(name)

    done = []
    slices.start(steps("first"))
    slices.run(time.monotonic() + 60)
    assert not slices.due
    assert slices.busy
    slices.start(steps("second"))
    work, tell = waiting[0]
    tell(lambda: work())  # too late
    assert slices.due
    slices.run(time.monotonic() + 60)
    work, tell = waiting[1]
    count = len(woken)
    tell(lambda: work())
    assert len(woken) == count + 1
    slices.run(time.monotonic() + 60)
    assert (done, slices.busy) == (["second"], False)


def test_what_is_on_the_screen_is_a_text():
    term = terminal_of("1\r\n2\r\nlong enough\r\nto wrap \r\n5")
    assert screen_text(term) == term.text((term.screen_top, 0), (term.screen_top + 3, 10))
