"""The user's search: what it finds, shows and counts, whatever changes meanwhile."""

import time

import pytest

from gputerm.view import INVERT, View
from gputerm.view.search import Search
from gputerm.vt import Terminal, TerminalOptions

MATCHES, FOCUSED = (1, 2), (3, 4)


class Viewed:
    """A terminal, a view of it, and the slices that a main loop would give its search."""

    def __init__(self, text, lines=4, columns=20, history=100_000):
        self.term = Terminal(lines, columns, TerminalOptions(history=history))
        self.view = View(self.term)
        self.feed(text)

    def feed(self, text):
        self.term.feed(text.encode())
        self.view.fed()

    @property
    def search(self) -> Search:
        return self.view.search

    def settle(self):
        while self.search.next_deadline() < float("inf"):
            self.search.tick(max(self.search.next_deadline(), time.monotonic()))
        self.spans()
        while self.search.next_deadline() < float("inf"):
            self.search.tick(time.monotonic())

    def type(self, text):
        self.search.field.type(text)
        self.settle()

    def begin(self, text="", forward=True):
        self.search.begin(forward=forward)
        self.type(text)

    def step(self, forward=True):
        self.search.step(forward=forward)
        self.settle()

    def spans(self):
        return self.search.spans(self.view.snapshot(), MATCHES, FOCUSED)

    def marked(self, colors=MATCHES):
        return [(s.row, s.start, s.stop) for s in self.spans() if (s.fg, s.bg) == colors]

    @property
    def focused(self):
        """The line of the match in focus, as text, and where it begins."""
        match = self.search.focus
        return match and (self.term.line_text(match.start[0]), match.start[1])


NUMBERS = "\r\n".join(f"line {i}" for i in range(100))


@pytest.mark.proves("incremental", "count")
def test_it_looks_at_each_key_and_says_how_many_there_are():
    viewed = Viewed(NUMBERS)
    viewed.begin("line 1")
    assert viewed.search.status == "1/11"  # The first from the viewport on is behind the end.
    assert viewed.focused == ("line 1", 0)
    viewed.type("7")
    assert (viewed.focused, viewed.search.status) == (("line 17", 0), "1/1")
    assert viewed.marked(FOCUSED) == [(0, 0, 7)]
    viewed.type("x")
    assert (viewed.focused, viewed.search.status) == (None, "no match")
    assert viewed.view.viewport.top is None  # Where it began.
    viewed.search.field.erase()
    viewed.settle()
    assert viewed.focused == ("line 17", 0)


@pytest.mark.proves("directions")
def test_what_is_seen_comes_first_then_the_direction_then_the_other_end():
    viewed = Viewed(NUMBERS)
    viewed.begin("line [0-9]8")
    assert (viewed.focused, viewed.search.status) == (("line 98", 0), "9/9")
    assert viewed.view.viewport.top is None
    viewed.step()
    assert (viewed.focused, viewed.search.status) == (("line 18", 0), "1/9")
    viewed.step(forward=False)
    assert viewed.focused == ("line 98", 0)
    viewed.step(forward=False)
    assert (viewed.focused, viewed.search.status) == (("line 88", 0), "8/9")
    viewed.search.end()
    viewed.begin("9", forward=False)
    assert viewed.focused == ("line 91", 5)  # in the viewport's last line


@pytest.mark.proves("directions")
def test_backward_from_the_end_and_on_over_the_beginning():
    viewed = Viewed(NUMBERS)
    viewed.begin("line 5$|line 50", forward=False)
    assert viewed.focused == ("line 50", 0)
    viewed.step(forward=False)
    assert viewed.focused == ("line 5", 0)
    viewed.step(forward=False)
    assert viewed.focused == ("line 50", 0)


@pytest.mark.proves("marks")
def test_all_that_can_be_seen_are_marked_and_one_apart():
    viewed = Viewed("aXbX\r\nXX\r\n\r\nno")
    viewed.begin("x")
    assert viewed.marked(FOCUSED) == [(0, 1, 2)]
    assert viewed.marked() == [(0, 1, 2), (0, 3, 4), (1, 0, 2)]


@pytest.mark.proves("wrapped lines", "wide characters")
def test_a_match_over_wrapped_rows_is_marked_in_each():
    viewed = Viewed("." * 15 + "needle 日本" + "." * 15)
    viewed.begin("needle 日本")
    assert viewed.marked(FOCUSED) == [(0, 15, 20), (1, 0, 6)]


@pytest.mark.proves("smart case")
@pytest.mark.parametrize(
    ("text", "lines"), [("error", 3), ("Error", 1), (r"\Serror", 0), (r"\w\Drror", 3), ("ÄRGER", 1)]
)
def test_capitals_count_if_there_are_any(text, lines):
    viewed = Viewed("error\r\nError\r\nERROR\r\nÄRGER ärger")
    viewed.begin(text if text != r"\w\Drror" else r"\w?\Drror")
    assert viewed.search._tally.total == lines


@pytest.mark.proves("mistakes")
def test_what_is_wrong_with_a_text_is_said():
    viewed = Viewed("a(b")
    viewed.begin("a(")
    assert "missing" in viewed.search.status
    assert viewed.marked() == []
    viewed.type("b)")
    assert viewed.search.status == "no match"
    viewed.search.field.clear()
    assert viewed.search.status == ""


@pytest.mark.proves("history")
def test_texts_are_recalled():
    viewed = Viewed(NUMBERS)
    for text in ("one", "two", "two", ""):
        viewed.begin(text)
        viewed.search.end()
    field = viewed.search.field
    viewed.begin("dr")
    seen = []
    for step in (1, 1, 1, -1, -1, -1):
        field.recall(step)
        seen.append(field.text)
    assert seen == ["two", "one", "one", "two", "dr", "dr"]
    field.recall(1)
    field.type("!")
    assert field.text == "two!"
    field.recall(1)
    assert field.text == "two"
    for number in range(300):
        viewed.begin(f"text {number}")
        viewed.search.end()
    viewed.begin()
    for _ in range(400):
        field.recall(1)
    assert field.text == "text 45"  # 255 of them


def test_words_are_erased_from_the_end():
    viewed = Viewed("")
    viewed.begin("some  longer text  ")
    for left in ("some  longer ", "some  ", "", ""):
        viewed.search.field.erase_word()
        assert viewed.search.field.text == left


def test_ending_it_selects_the_match_and_stays_there():
    viewed = Viewed(NUMBERS)
    viewed.begin("line 17")
    top = viewed.view.viewport.top
    viewed.view.end_search()
    assert viewed.view.selected_text() == "line 17"
    assert viewed.view.viewport.top == top
    assert viewed.view.selection.spans(top)[0].bg == INVERT
    assert viewed.marked() == []
    assert not viewed.view.searching
    assert viewed.view.marked_search is None


def test_marks_stay_when_it_is_kept():
    viewed = Viewed(NUMBERS)
    viewed.begin("line 9.")
    viewed.search.keep()
    assert not viewed.view.searching
    assert viewed.marked() != []
    viewed.step()
    assert viewed.focused == ("line 97", 0)
    viewed.search.end()
    assert viewed.marked() == []


def test_it_can_begin_without_a_field():
    viewed = Viewed(NUMBERS)
    focused = []
    viewed.search.when_focused = focused.append
    viewed.search.look_for(r"line 50\b", forward=True, origin=(3, 0))
    viewed.settle()
    assert [match.start for match in focused] == [(50, 0)]
    assert not viewed.view.searching
    viewed.begin()
    viewed.search.field.recall(1)
    assert viewed.search.field.text == r"line 50\b"


@pytest.mark.proves("output")
def test_output_is_counted_as_it_comes():
    viewed = Viewed(NUMBERS + "\r\n")
    viewed.begin("line 1.$")
    assert viewed.search.status == "1/10"
    viewed.feed("line 1x\r\n" * 5)
    viewed.settle()
    assert viewed.search.status == "1/15"
    assert viewed.focused == ("line 10", 0)
    viewed.feed("\x1b[2K\x1b[A\x1b[2K")  # a line is gone from the screen
    viewed.settle()
    assert viewed.search.status == "1/14"


@pytest.mark.proves("output")
def test_what_is_evicted_is_no_match_any_more():
    viewed = Viewed("\r\n".join(f"x{i}" for i in range(104)), history=100)
    viewed.begin("x")
    for _ in range(3):
        viewed.step(forward=False)
    assert viewed.search.status == "98/104"
    viewed.feed("\r\n" * 50)
    viewed.settle()
    assert viewed.search.status == "48/54"
    viewed.feed("\x1b[3J")
    viewed.settle()
    assert viewed.search.status == "no match"


@pytest.mark.proves("reflow")
def test_a_new_width_takes_places_along():
    words = "\r\n".join(f"{i:03} " + "word " * 8 + f"end{i:03}" for i in range(2000))
    viewed = Viewed(words, columns=60)
    viewed.begin("end1[0-9]7$")
    viewed.step()
    assert viewed.search.status == "2/10"
    assert viewed.focused[0].endswith("end117")
    viewed.view.resize(4, 20)
    viewed.settle()
    assert viewed.search.status == "2/10"
    assert viewed.focused[0].endswith("end117")
    assert len(viewed.marked(FOCUSED)) == 1
    viewed.step()
    assert viewed.focused[0].endswith("end127")


@pytest.mark.proves("alternate screen")
def test_the_other_screen_is_searched_by_itself():
    viewed = Viewed(NUMBERS)
    viewed.begin("line")
    assert viewed.search.status == "97/100"
    viewed.feed("\x1b[?1049h\x1b[Hline\x1b[2;1Hline")
    viewed.settle()
    assert viewed.search.status == "2"
    viewed.step()
    assert viewed.search.status == "1/2"
    viewed.feed("\x1b[?1049l")
    viewed.settle()
    viewed.step()
    assert viewed.search.status == "97/100"


def test_the_viewport_moves_no_further_than_it_must():
    viewed = Viewed(NUMBERS)
    viewed.begin("line 9[3-9]", forward=False)
    assert viewed.focused == ("line 99", 0)
    tops = []
    for _ in range(6):
        viewed.step(forward=False)
        tops.append(viewed.view.viewport.first_line)
    assert tops == [96, 96, 96, 95, 94, 93]


@pytest.mark.proves("slices")
def test_a_key_drops_what_the_one_before_has_begun():
    viewed = Viewed(NUMBERS * 50)
    viewed.search.begin(forward=True)
    steps = []
    for char in "line 9[0-9]*zz":
        viewed.search.field.type(char)
        steps.append(viewed.search._searching._steps)
        viewed.search.tick(time.monotonic() - 1)  # for one step
    assert all(step.gi_frame is None for step in steps[:-1] if step is not None)
    viewed.settle()
    assert viewed.search.status == "no match"


@pytest.mark.proves("count")
def test_progress_is_said_while_it_lasts():
    viewed = Viewed("x y z " * 20 * 20_000, columns=100)
    viewed.search.begin(forward=True)
    viewed.search.field.type("y")
    said = set()
    while viewed.search.next_deadline() < float("inf"):
        viewed.search.tick(time.monotonic() - 1)
        said.add(viewed.search.status)
    assert viewed.search.status.endswith("/400000")
    assert len(said) > 5
    assert {status for status in said if "…" not in status} <= {"400000", "399934/400000"}
