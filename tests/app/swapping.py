"""gputerm whose first two windows exchange their panes when a program asks by a title "swap N".

As `gputerm`: `swapping.py [ARGUMENT]…`.
"""

import sys

from gputerm.app.window import Window
from gputerm.cli import main
from gputerm.pane.events import Happened

plain = Window.act_on


def act_on(window, event):
    plain(window, event)
    if isinstance(event, Happened) and str(event.facts.get("title")).startswith("swap "):
        one, two = list(window.owner.windows.values())[:2]
        ones = one.pane
        one.show(two.pane)
        two.show(ones)


Window.act_on = act_on
sys.exit(main(sys.argv[1:]))
