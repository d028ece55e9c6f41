"""Selections of X11, as other clients hold and ask for them."""

import select
import subprocess
from contextlib import contextmanager

from Xlib import X, Xatom
from Xlib.display import Display
from Xlib.protocol import event as x_event


@contextmanager
def xclip_holds(terminal, data, selection="clipboard"):
    """xclip owns a selection as long as this lasts."""
    process = subprocess.Popen(
        ["xclip", "-quiet", "-selection", selection],
        env=terminal.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    process.stdin.write(data)
    process.stdin.close()
    with Client(terminal) as client:
        terminal.wait_for(lambda: client.owner(selection), "xclip's ownership")
    yield
    process.terminate()
    process.wait()


class Client:
    """An X client that does with selections what the test likes."""

    def __init__(self, terminal):
        self.display = Display(terminal.environment["DISPLAY"])
        self.window = self.display.screen().root.create_window(
            *(0, 0, 1, 1, 0), X.CopyFromParent, event_mask=X.PropertyChangeMask
        )

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.display.close()

    def atom(self, name):
        return Xatom.PRIMARY if name == "primary" else self.display.intern_atom(name)

    def owner(self, selection):
        name = selection.upper() if selection == "clipboard" else selection
        owner = self.display.get_selection_owner(self.atom(name))
        return 0 if owner == X.NONE else owner.id

    def own(self, selection="CLIPBOARD"):
        self.window.set_selection_owner(self.atom(selection), X.CurrentTime)
        self.display.sync()

    def next(self, kind):
        """The next event of a type."""
        while True:
            while not self.display.pending_events():
                assert select.select([self.display], [], [], 30)[0], f"no event of type {kind}"
            event = self.display.next_event()
            if event.type == kind:
                return event

    def answer(self, request, place):
        """Say that a request was served in the property `place`; NONE: it wasn't."""
        event = x_event.SelectionNotify(
            time=request.time,
            requestor=request.requestor,
            selection=request.selection,
            target=request.target,
            property=place,
        )
        request.requestor.send_event(event)
        self.display.flush()

    def convert(self, target, place="PLACE"):
        """Ask for the clipboard in a form; (type, format, value), None when that was refused."""
        self.window.convert_selection(
            self.atom("CLIPBOARD"), self.atom(target), self.atom(place), X.CurrentTime
        )
        self.display.flush()
        if self.next(X.SelectionNotify).property == X.NONE:
            return None
        return self.taken(place)

    def taken(self, place):
        found = self.window.get_full_property(self.atom(place), X.AnyPropertyType)
        self.window.delete_property(self.atom(place))
        return self.display.get_atom_name(found.property_type), found.format, found.value
