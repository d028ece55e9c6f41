# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Trace: a Performer that writes down what the parser called, as tuples.

The parser's test double, and what to look at when a program's output puzzles. Adjacent text is
joined, so equal bytes give equal traces however they were split.
"""

import cython

from gputerm.vt.core.performer import Performer


class Trace(Performer):
    """calls: ("print", text), ("execute", code), ("csi", prefix, intermediates, final, params) …"""

    def __init__(self) -> None:
        Performer.__init__(self)
        self.calls = []

    def add_text(self, text):
        last = len(self.calls) - 1
        if last >= 0 and self.calls[last][0] == "print":
            self.calls[last] = ("print", self.calls[last][1] + text)
        else:
            self.calls.append(("print", text))

    def print_ascii(self, start, stop):
        with cython.gil:
            self.add_text(bytes(self.data[start:stop]).decode("ascii"))

    def print_text(self, count):
        with cython.gil:
            self.add_text("".join([chr(self.codepoints[i]) for i in range(count)]))

    def execute(self, code):
        with cython.gil:
            self.calls.append(("execute", code))

    def esc_dispatch(self, intermediates, final):
        with cython.gil:
            self.calls.append(("esc", intermediates, final))

    def csi_dispatch(self, prefix, intermediates, final, count):
        with cython.gil:
            self.calls.append(("csi", prefix, intermediates, final, self.param_list(count)))

    def osc_dispatch(self, data, bel):
        self.calls.append(("osc", data, bool(bel)))

    def dcs_dispatch(self, prefix, intermediates, final, count, data):
        self.calls.append(("dcs", prefix, intermediates, final, self.param_list(count), data))

    def apc_dispatch(self, data):
        self.calls.append(("apc", data))
