"""gputerm with a mistake in it: `broken.py FILE [ARGUMENT]…` runs gputerm, where a function raises
while FILE says so: "CLASS.METHOD COUNT". The first object that comes to it then is the one whose
method fails, COUNT times."""

import importlib
import os
import sys

FILE = sys.argv[1]
CLASSES = {
    "Window": "gputerm.app.window",
    "Keyboard": "gputerm.app.keyboard",
    "Presenter": "gputerm.app.presenter",
    "Pane": "gputerm.pane.pane",
    "Outreach": "gputerm.pane.outreach",
    "Typing": "gputerm.pane.typing",
    "Pointer": "gputerm.app.mouse",
    "Canvas": "gputerm.render.canvas",
    "Connection": "gputerm.ipc.server.connection",
    "Channel": "gputerm.host.channel",
    "Dispatch": "gputerm.vt.functions.dispatch",
}


class InjectedError(Exception):
    """Not one of ours."""


victims: dict[str, object] = {}
failed: dict[str, int] = {}


def sabotage(kind: type, name: str) -> None:
    original = kind.__dict__[name]

    def broken(self, *arguments, **named):
        if os.path.exists(FILE):
            with open(FILE) as file:
                what, count = file.read().split()
            which = f"{kind.__name__}.{name}"
            if what == which and victims.setdefault(which, self) is self:
                failed[which] = failed.get(which, 0) + 1
                if failed[which] <= int(count):
                    raise InjectedError("what was typed")
        return original(self, *arguments, **named)

    setattr(kind, name, broken)


for target in os.environ["BROKEN"].split():
    class_name, method = target.split(".")
    sabotage(getattr(importlib.import_module(CLASSES[class_name]), class_name), method)

from gputerm.cli import main  # noqa: E402

sys.exit(main(sys.argv[2:]))
