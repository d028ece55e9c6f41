"""gputerm that asks: `asking.py FILE [ARGUMENT]…` runs gputerm, where a window whose title becomes
"ask SENTENCE|SENTENCE…" puts these questions; each answer is appended to FILE, as "SENTENCE True"
or "SENTENCE False"."""

import sys
from functools import partial

from gputerm.app.window import Window
from gputerm.cli import main
from gputerm.pane.events import Happened
from gputerm.view.question import Question

FILE = sys.argv[1]
plain = Window.act_on


def act_on(window, event):
    plain(window, event)
    if isinstance(event, Happened) and event.name == "title":
        word, _, sentences = event.facts["title"].partition(" ")
        for sentence in sentences.split("|") if word == "ask" else ():
            window.questions.ask(Question(sentence, "Yes", "No", partial(answered, sentence)))


def answered(sentence, yes):
    with open(FILE, "a") as file:
        file.write(f"{sentence} {yes}\n")


Window.act_on = act_on
sys.exit(main(sys.argv[2:]))
