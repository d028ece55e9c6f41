"""gputerm that shows more: `asking.py FILE [ARGUMENT]…` runs gputerm, where a window whose title
becomes "ask SENTENCE|SENTENCE…" puts these questions, and one whose title becomes "beside N" has N
rows at either edge. Each answer is appended to FILE, as "SENTENCE True" or "SENTENCE False", and so
is each click on such a row, as "top" or "bottom"."""

import sys
from functools import partial

from gputerm.app.window import Window
from gputerm.cli import main
from gputerm.pane.events import Happened
from gputerm.view.bar import Bar, blank_row, whole_row
from gputerm.view.question import Choice, Question
from gputerm.view.surfaces import Area, Edge, Laid

FILE = sys.argv[1]
CHOICES = (Choice("y", "Yes"), Choice("n", "No"))
plain = Window.act_on


def act_on(window, event):
    plain(window, event)
    if isinstance(event, Happened) and event.name == "title":
        word, _, rest = event.facts["title"].partition(" ")
        for sentence in rest.split("|") if word == "ask" else ():
            window.questions.ask(Question(sentence, CHOICES, partial(answered, sentence)))
        if word == "beside":
            for strip in strips_of(window):
                strip.rows = int(rest)
                strip.changed()


class Strip(Bar):
    """Rows at an edge of a window."""

    rows = 0
    shown = property(lambda self: self.rows > 0)

    def __init__(self, edge):
        super().__init__()
        self.edge = edge

    def lay_out(self, room):
        rows = self.place(room, room.lines)
        clicked = partial(write, self.edge.value)
        return Laid(
            tuple(whole_row(row, blank_row(room.columns, room.colors.notice)) for row in rows),
            tuple(Area(row, 0, room.columns, clicked) for row in rows),
        )


def strips_of(window):
    if not hasattr(window, "strips"):
        window.strips = [Strip(edge) for edge in Edge]
        for strip in window.strips:
            window.surfaces.add(strip)
    return window.strips


def answered(sentence, key):
    write(f"{sentence} {key == 'y'}")


def write(line):
    with open(FILE, "a") as file:
        file.write(line + "\n")


Window.act_on = act_on
sys.exit(main(sys.argv[2:]))
