"""The tables behind cells, clusters and extras: what is shared, what a sweep keeps, and limits."""

import random

import numpy as np
import pytest

from gputerm.vt import Terminal, TerminalOptions
from gputerm.vt.core import clusters as clusters_module
from gputerm.vt.core import extras as extras_module
from gputerm.vt.core.clusters import Clusters

PIECES = (
    "a",
    "日",
    "👩",
    "\u200d",
    "\ufe0f",
    "\ufe0e",
    "❤",
    "⌚",
    "🇩🇪",
    "🇩",
    "👍🏽",
    "1\ufe0f\u20e3",
    "é",
    "\u0301",
    "क्ष",
)


def numbered(i):
    """Three marks, different for each i below 112 ** 3."""
    return "".join(chr(0x300 + i // 112**place % 112) for place in (2, 1, 0))


def cluster(term, line, column):
    return term.screen.clusters.text(term.cell(line, column)[0] & 0x1FFFFF)


def link(term, line, column):
    return term.screen.extras.hyperlink(term.extra(line, column))


def test_a_run_joins_as_single_code_points_do(make_term):
    """Text that comes whole takes the fast path, which knows only clusters that exist already."""
    rng = random.Random(8)
    for _ in range(150):
        text = "".join(rng.choice(PIECES) for _ in range(60))
        whole, single = make_term(columns=7), make_term(columns=7)
        for _ in range(2):
            whole.feed(text)
            for char in text:
                single.feed(char)
            assert whole.lines == single.lines
            assert whole.history == single.history
            assert whole.cursor == single.cursor
        for line in range(4):
            cells = [t.screen.grid.row(line) for t in (whole, single)]
            assert (cells[0] == cells[1]).all()


def test_a_sequence_has_one_index_whatever_came_before():
    table = Clusters()
    family = [0x1F468, 0x200D, 0x1F469, 0x200D, 0x1F467]
    index = table.intern(family)
    others = [table.intern([0x65, 0x300 + i]) for i in range(3000)]
    assert table.intern(family) == index
    assert table.codepoints(index) == family
    assert [table.codepoints(i) for i in others] == [[0x65, 0x300 + i] for i in range(3000)]
    assert len({index, *others}) == 3001


def test_a_swept_table_keeps_what_is_marked_and_what_it_begins_with():
    table = Clusters()
    family = [0x1F468, 0x200D, 0x1F469, 0x200D, 0x1F467]
    others = [table.intern([0x65, 0x300 + i]) for i in range(2000)]
    index = table.intern(family)
    live = np.zeros(table.capacity, np.uint8)
    live[index] = 1
    table.sweep(live)
    assert len(table) == 4  # the family and the three beginnings it grew from
    assert table.codepoints(index) == family
    assert all(table.codepoints(i) == [] for i in others)
    assert table.intern(family) == index
    again = [table.intern([0x61, 0x300 + i]) for i in range(2000)]
    assert len({index, *again}) == 2001
    assert max(again) < table.capacity <= 2004
    assert table.codepoints(index) == family
    assert [table.codepoints(i) for i in again] == [[0x61, 0x300 + i] for i in range(2000)]


def test_clusters_in_grids_and_history_outlive_a_sweep(make_term):
    term = make_term(4, 10, 50)
    term.feed(
        "h\u0301\u0302 in history\r\n\n\n\n\n\n",
        "\x1b[Hp\u0301\u0302",
        "\x1b[?1049h\x1b[2;2Ha\u0301\u0302",
    )
    table = term.screen.clusters
    first = table.threshold
    for i in range(first + 1000):
        term.feed(f"\x1b[4He{numbered(i)}")
    assert table.threshold == first
    assert len(table) < first // 2
    assert cluster(term, 1, 1) == "a\u0301\u0302"
    term.feed("\x1b[?1049l")
    assert cluster(term, 0, 0) == "p\u0301\u0302"
    assert term.history[0] == "h\u0301\u0302 in histo"


def test_a_table_full_of_what_is_seen_grows_and_is_swept_later(make_term):
    """What history holds can't be swept: the threshold doubles, until it has been evicted."""
    term = make_term(4, 100, 300)
    table = term.screen.clusters
    first = table.threshold
    for i in range(0, 12_000, 100):
        term.feed("".join("e" + numbered(i + j) for j in range(100)) + "\r\n")
    for i in range(0, 12_000, 100):
        term.feed("".join("a" + numbered(i + j) for j in range(100)) + "\r\n")
    assert table.threshold > first
    assert len(table) >= 24_000
    assert term.history[0] == "".join("e" + numbered(j) for j in range(100))
    for i in range(table.threshold):
        term.feed(f"o{numbered(i)}\r\n" if i < 400 else f"\x1b[Hu{numbered(i)}")
    assert table.threshold == first
    assert len(table) < first


def test_a_full_table_refuses_new_clusters_and_recovers(make_term, monkeypatch):
    monkeypatch.setattr(clusters_module, "MAX_CLUSTERS", 50)
    monkeypatch.setattr(clusters_module, "_PATIENCE", 20)
    term = make_term(2, 60, 0)
    term.feed("".join(f"e{chr(0x300 + i)}" for i in range(60)))
    table = term.screen.clusters
    assert len(table) == 50
    assert term.lines[0] == "".join(f"e{chr(0x300 + i)}" for i in range(50)) + "e" * 10
    term.feed("\x1b[H", "".join(f"e{chr(0x300 + i)}" for i in range(50)))
    assert len(table) == 50  # What is known goes on being found.
    for i in range(30):
        term.feed(f"\x1b[H\x1b[2Ja{chr(0x300 + i)}")
    assert len(table) < 50
    assert cluster(term, 0, 0) == "a" + chr(0x300 + 29)


def test_extras_in_grids_history_and_pen_outlive_a_sweep(make_term):
    term = make_term(4, 10, 50)
    screen = term.screen
    first = screen.extras.threshold

    def write(text, uri):
        screen.set_hyperlink(uri, "")
        term.feed(text)
        screen.set_hyperlink("", "")

    write("history\r\n\n\n\n\n\n", "http://history")
    write("\x1b[Hprimary", "http://primary")
    term.feed("\x1b[?1049h")
    write("\x1b[2;1Halternate", "http://alternate")
    screen.set_hyperlink("http://pen", "")
    for color in range(2 * first):
        term.feed(f"\x1b[58;5;{color % 256}m\x1b[4;1H\x1b[58;2;{color >> 8};{color & 255};7mx")
    assert screen.extras.threshold == first
    assert len(screen.extras) < first
    term.feed("\x1b[3;1Hy")
    assert link(term, 2, 0) == ("http://pen", "")
    assert link(term, 1, 0) == ("http://alternate", "")
    term.feed("\x1b[?1049l")
    assert link(term, 0, 0) == ("http://primary", "")
    extra = int(screen.history.cells(screen.first_line)[0, 3]) >> 16
    assert screen.extras.hyperlink(extra) == ("http://history", "")


def test_full_extras_refuse_new_ones_and_recover(make_term, monkeypatch):
    monkeypatch.setattr(extras_module, "MAX_EXTRAS", 50)
    monkeypatch.setattr(extras_module, "_PATIENCE", 20)
    term = make_term(1, 60, 0)
    for i in range(60):
        term.feed(f"\x1b[58;2;0;0;{i + 1}mx")
    assert len(term.screen.extras) == 49  # Index 0 is "none".
    assert [term.extra(0, i) > 0 for i in range(60)] == [True] * 49 + [False] * 11
    for i in range(30):
        term.feed(f"\x1b[H\x1b[2K\x1b[58;2;0;9;{i + 1}mx")
    assert len(term.screen.extras) < 49
    assert term.screen.extras.underline_colors[term.extra(0, 0)] == 0x2000000 | 9 << 8 | 30


def test_the_memory_of_a_flood_of_clusters_is_bounded(make_term):
    """Sixteen code points in a cell, all at random, take fifteen clusters of which one is seen."""
    term = make_term(4, 10, 20)
    table = term.screen.clusters
    rng = random.Random(4)
    for _ in range(5000):
        term.feed("e" + "".join(chr(rng.randint(0x300, 0x36F)) for _ in range(15)))
    assert table.threshold == clusters_module._FIRST_THRESHOLD
    assert table.capacity <= table.threshold + 15


@pytest.mark.parametrize(
    ("held", "indices"),
    [("\x1b]8;;http://%d\a%d\x1b]8;;\a\r\n", 10), ("%de\u0301\u0302%d\r\n", 1)],
)
def test_a_sweep_does_not_look_at_each_line(held, indices):
    """Links and clusters that are held already cost nothing more with each line."""
    lines = 20_000
    terminal = Terminal(4, 40, TerminalOptions(history=lines))
    terminal.feed("".join(held % (i % 10, i) for i in range(lines + 10)).encode())
    history = terminal.screen.history
    live = np.zeros(1 << 17, np.uint8), np.zeros(1 << 16, np.uint8)
    looked = history.mark(*map(memoryview, live))
    assert live[0].sum() + live[1].sum() == indices
    pages = history.size_bytes >> 16
    assert pages > 4
    assert looked < lines / pages * 2 + indices * pages  # a page that is open, and what others hold


def test_what_history_holds_is_known_after_resizes_and_evictions():
    rng = random.Random(7)
    terminal = Terminal(4, 40, TerminalOptions(history=3000))
    screen = terminal.screen
    for number in range(400):
        for _ in range(20):
            link = f"\x1b]8;;http://{rng.randrange(10_000)}\a"
            text = f"{link}{number}{link}e{numbered(rng.randrange(3000))}\x1b]8;;\a" * 2
            terminal.feed((text + "\r\n" * rng.randrange(3)).encode())
        if number % 20 == 0:
            terminal.resize(rng.randint(2, 6), rng.randint(5, 60))
        if number % 7 == 0:
            terminal.reflow()
        if number % 50 == 49:
            live = np.zeros(screen.clusters.capacity, np.uint8), np.zeros(1 << 16, np.uint8)
            screen.history.mark(*map(memoryview, live))
            for line in range(terminal.first_line, terminal.screen_top):
                cells = screen.history.whole(line)
                words, extras = cells[:, 0], cells[:, 3] >> 16
                assert live[0][words[words >> 31 != 0] & 0x1FFFFF].all()
                assert live[1][extras[extras != 0]].all()
            assert live[0].sum() > 100 < live[1].sum()
            terminal.check()


def test_an_extra_that_comes_back_keeps_its_index():
    """Until its index is given to another."""
    table = extras_module.Extras()
    first, second = (table.intern(0, f"http://{name}", "") for name in "ab")
    table.sweep(np.zeros(1 << 16, np.uint8))
    assert len(table) == 0
    assert table.intern(0, "http://b", "") == second
    assert len(table) == 1
    assert table.intern(0, "http://c", "") == first
    assert table.hyperlink(first) == ("http://c", "")
    assert table.intern(0, "http://a", "") not in (0, first, second)
    assert table.hyperlink(second) == ("http://b", "")
    assert len({table.link_ids[i] for i in (1, 2, 3)}) == len(table) == 3


def test_a_sweep_may_find_all_of_history_back_on_the_screen():
    """A taller screen takes the lines; the page that held them is no more."""
    terminal = Terminal(4, 40, TerminalOptions(history=100))
    terminal.feed(b"\x1b]8;;http://a\x1b\\link\r\n" * 12)
    terminal.resize(30, 40)
    live = np.zeros(1 << 17, np.uint8), np.zeros(1 << 16, np.uint8)
    assert terminal.screen.history.mark(*map(memoryview, live)) == 0
