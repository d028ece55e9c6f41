"""Questions: what they look like, which keys answer, and that each is answered once."""

import numpy as np
import pytest

from gputerm.input.keys import KeyEvent, KeyKind, Mods
from gputerm.view.question import MAX_WAITING, QUIET, Choice, Question, Questions
from gputerm.view.surfaces import Room, SurfaceColors
from gputerm.vt.core.cells import BG, CHAR, FG, TAIL

TEXT, GROUND = 0x2000000, 0x26A9FB5
COLORS = SurfaceColors(alarm=(0, 0), notice=(TEXT, GROUND))
YES, NO = KeyEvent("y", text="y"), KeyEvent("Escape")
CHOICES = (Choice("y", "Paste"), Choice("n", "Don't"))


def laid_out(questions, lines=8, columns=30, cursor_row=0):
    return questions.lay_out(Room(0, lines, columns, cursor_row, COLORS))


def rows(questions, lines=8, columns=30, cursor_row=0):
    """{row: text}"""
    return {
        text.row: "".join(
            chr(word & 0x1FFFFF or 0x20)
            for word in np.frombuffer(text.cells, np.uint32).reshape(-1, 4)[:, CHAR].tolist()
            if word != TAIL
        )
        for text in laid_out(questions, lines, columns, cursor_row).texts
    }


class Asked:
    """Questions, and their answers in the order in which they were given."""

    def __init__(self):
        self.now = 0.0
        self.questions = Questions(lambda: self.now)
        self.answers = []

    def ask(self, sentence="Paste three lines?", choices=CHOICES, text=""):
        def answered(key):
            self.answers.append((sentence, {"y": True, "n": False}.get(key, key)))

        self.questions.ask(Question(sentence, choices, answered, text))

    def read(self, **size):
        """Lay the questions out and have them read."""
        laid = laid_out(self.questions, **size)
        self.wait()
        return laid

    def wait(self, seconds=QUIET):
        self.now += seconds


@pytest.fixture
def asked():
    return Asked()


def test_it_is_a_sentence_and_two_answers(asked):
    asked.ask()
    assert rows(asked.questions) == {
        6: "Paste three lines?            ",
        7: " [y] Paste   [n] Don't        ",
    }
    text = laid_out(asked.questions).texts[1]
    cells = np.frombuffer(text.cells, np.uint32).reshape(-1, 4)
    buttons = (cells[:, [FG, BG]] == (GROUND, TEXT)).all(1)
    assert buttons.tolist() == [True] * 11 + [False] + [True] * 11 + [False] * 7
    assert (cells[~buttons][:, [FG, BG]] == (TEXT, GROUND)).all()


def test_a_long_sentence_is_cut_and_answers_that_are_too_wide_take_a_row_each(asked):
    asked.ask("paste \x1b]0;this\a " + "and this " * 100)
    shown = rows(asked.questions, columns=20)
    assert list(shown) == [2, 3, 4, 5, 6, 7]
    assert shown[2] == "paste  ]0;this  and "
    assert shown[5].rstrip().endswith("…")
    assert (shown[6], shown[7]) == (" [y] Paste          ", " [n] Don't          ")


@pytest.mark.parametrize(
    ("event", "yes"),
    [
        (YES, True),
        (KeyEvent("y", Mods.SHIFT, "Y", shifted="Y"), True),
        (KeyEvent("Enter"), True),
        (KeyEvent("KeypadEnter", Mods.NUM_LOCK), True),
        (KeyEvent("н", text="н", base="y"), True),
        (KeyEvent("n", text="n"), False),
        (NO, False),
        (KeyEvent("y", Mods.CTRL), None),
        (KeyEvent("Enter", Mods.ALT), None),
        (KeyEvent("y", text="y", kind=KeyKind.REPEAT), None),
        (KeyEvent("y"), None),  # An input method has it.
        (KeyEvent("x", text="x"), None),
        (KeyEvent("ShiftLeft", Mods.SHIFT), None),
    ],
)
def test_the_keys_that_answer(asked, event, yes):
    asked.ask()
    asked.read()
    assert asked.questions.key(event)
    assert asked.answers == ([] if yes is None else [("Paste three lines?", yes)])
    assert asked.questions.takes_keys == asked.questions.shown == (yes is None)


def test_text_answers_too(asked):
    for text in ("q", "Y"):
        asked.ask()
        asked.read()
        asked.questions.text(text)
    assert [yes for _, yes in asked.answers] == [True]


def test_clicks_answer(asked):
    for column, yes in ((0, True), (10, True), (12, False), (22, False)):
        asked.ask()
        laid = asked.read()
        assert laid.area_at(6, column) is None
        assert laid.area_at(7, 11) is None
        area = laid.area_at(7, column)
        area.clicked()
        area.clicked()
        assert asked.answers.pop()[1] is yes
        assert asked.answers == []


def test_an_unseen_question_has_no_answer(asked):
    asked.ask("one")
    assert not asked.questions.takes_keys
    asked.questions.key(YES)
    assert asked.answers == []
    asked.ask("two")
    old = asked.read()
    asked.questions.key(YES)
    assert asked.answers == [("one", True)]
    assert asked.questions.takes_keys, "or the next key would be the program's"
    asked.questions.key(YES)
    for area in old.areas:
        area.clicked()
    assert asked.answers == [("one", True)]
    asked.read()
    asked.questions.key(NO)
    assert asked.answers == [("one", True), ("two", False)]
    assert not asked.questions.takes_keys


def test_too_many_are_answered_no(asked):
    for number in range(MAX_WAITING + 2):
        asked.ask(str(number))
    assert asked.answers == [(str(MAX_WAITING), False), (str(MAX_WAITING + 1), False)]


def test_the_end_of_the_program_answers_no_once(asked):
    for sentence in ("one", "two"):
        asked.ask(sentence)
    laid = laid_out(asked.questions)
    asked.questions.program_ended()
    asked.questions.program_ended()
    laid.areas[0].clicked()
    assert asked.answers == [("one", False), ("two", False)]
    assert not asked.questions.shown
    assert not asked.questions.takes_keys
    asked.ask("three")
    asked.questions.close()
    asked.ask("four")
    asked.questions.close()
    assert asked.answers[2:] == [("three", False), ("four", False)]


def test_an_answer_that_fails_keeps_no_other(asked):
    asked.questions.ask(Question("bad", CHOICES, lambda key: 1 // 0))
    asked.ask()
    with pytest.raises(ZeroDivisionError):
        asked.questions.close()
    asked.questions.close()
    assert [yes for _, yes in asked.answers] == [False]


def test_an_answer_may_ask_again(asked):
    asked.questions.ask(Question("more?", CHOICES, lambda key: asked.ask()))
    asked.read()
    asked.questions.key(YES)
    assert asked.questions.shown
    asked.questions.program_ended()
    assert asked.answers == [("Paste three lines?", False)]


@pytest.mark.parametrize("columns", range(1, 24))
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_windows_of_almost_no_size(asked, lines, columns):
    asked.ask("中 a question with words", text="漢字\tab\n\u202e" * 20)
    laid = asked.read(lines=lines, columns=columns, cursor_row=lines - 1)
    assert [(text.start, text.stop) for text in laid.texts] == [(0, columns)] * len(laid.texts)
    assert 0 < len(laid.texts) <= lines
    for area in laid.areas:
        assert 0 <= area.start <= area.stop <= columns
        assert laid.covers(area.row, area.start)
    asked.questions.key(YES)
    assert len(asked.answers) == 1


def test_what_is_typed_when_it_appears_is_no_answer(asked):
    """y and n are typed as often as Enter; who types on and on answers nothing."""
    asked.ask()
    laid = laid_out(asked.questions)
    for event in (KeyEvent("Enter"), YES, KeyEvent("n", text="n"), NO) * 3:
        asked.wait(QUIET - 0.01)
        laid_out(asked.questions)  # a cursor that blinks makes frames
        asked.questions.key(event)
    asked.wait(QUIET - 0.01)
    asked.questions.text("y")
    asked.wait(QUIET - 0.01)
    laid.area_at(7, 3).clicked()
    assert asked.answers == []
    asked.wait(0.01)
    asked.questions.key(KeyEvent("ShiftLeft", Mods.SHIFT))
    asked.questions.key(KeyEvent("y", Mods.SHIFT, "Y", shifted="Y"))
    assert asked.answers == [("Paste three lines?", True)]


def test_a_key_that_is_held_is_no_answer_to_the_next(asked):
    asked.ask("one")
    asked.ask("two")
    asked.read()
    asked.questions.key(YES)
    asked.read()
    for _ in range(9):
        asked.questions.key(YES.replace(kind=KeyKind.REPEAT))
        asked.wait(0.03)
    asked.questions.key(YES)
    assert asked.answers == [("one", True)]


def test_more_choices_than_two(asked):
    choices = (Choice("y", "Paste"), Choice("o", "As one line"), Choice("n", "Don't"))
    for event, answer in (("o", "o"), ("Enter", True), ("Escape", False), ("n", False)):
        asked.ask(choices=choices)
        asked.read()
        asked.questions.key(KeyEvent(event, text=event if len(event) == 1 else ""))
        assert asked.answers.pop()[1] == answer
    asked.ask(choices=choices)
    assert list(rows(asked.questions, columns=29).values())[1:] == [
        " [y] Paste   [o] As one line ",
        " [n] Don't                   ",
    ]
    asked.read(columns=29).area_at(6, 20).clicked()
    assert asked.answers.pop()[1] == "o"


def test_what_it_is_about_is_shown_with_what_is_hidden_in_it(asked):
    asked.ask("Paste?", text="ls\n\tx\u202ey\n")
    assert list(rows(asked.questions).values()) == [
        f"{row:30}" for row in ("Paste?", "ls¶", "→x<U+202E>y¶", " [y] Paste   [n] Don't")
    ]
    cells = np.frombuffer(laid_out(asked.questions).texts[2].cells, np.uint32).reshape(-1, 4)
    marked = (cells[:, [FG, BG]] == (GROUND, TEXT)).all(1)
    assert marked.tolist() == [True, False, *[True] * 8, False, True, *[False] * 18]
    asked.questions.close()
    asked.answers.clear()
    asked = Asked()
    asked.ask("Paste?", text="first\n" + "more\n" * 1000 + "last")
    assert list(rows(asked.questions, lines=12).values())[1:-1] == [
        f"{row:30}" for row in ("first¶", "more¶", "more¶", "…", "last")
    ]
