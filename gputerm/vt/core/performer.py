# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Performer: what a parser tells somebody to do, and the arrays through which it tells it.

The parser fills `data` (the chunk being fed), `codepoints` (decoded text) and `params`/`joined`
(parameters of a sequence), then calls a method with plain numbers, because passing a memoryview
costs more than printing a character. This base class does nothing with graphic characters and
controls; whatever a subclass does not do itself goes to its handler (gputerm.vt.core.handler) by
`hand_…`.
"""

import cython
import numpy as np

from gputerm.vt.core.budget import Budget
from gputerm.vt.core.handler_failures import Failures, osc_name, sequence_name

_HATCH = 500  # What leaving compiled code costs, in the budget's units,
_PARAM = 400  # and each parameter on the way.

if not cython.compiled:
    MAX_PARAMS = 32  # Only SGR grows long. ECMA-48 sets no limit; xterm keeps 30, Kakoune sends 17.
    MAX_RUN = 1024  # Codepoints handed over at once: 4 KiB, about one read of a pty.


class Performer:
    """Receives what the parser found. Subclasses override what they do themselves."""

    def __init__(self) -> None:
        self.handler = None  #: where everything else goes; None drops it
        self.utf8 = True  #: False: bytes are 8-bit ISO 2022 codes (DOCS, ESC % @)
        self.budget = Budget()
        self.failures = Failures()  #: of the handler
        self.interruption = None  #: KeyboardInterrupt or the like, for feed to raise
        self.data = memoryview(b"")
        self.codepoints = memoryview(np.zeros(MAX_RUN, np.uint32))
        self.params = memoryview(np.zeros(MAX_PARAMS, np.int32))  #: -1 = left out
        self.joined = memoryview(
            np.zeros(MAX_PARAMS, np.uint8)
        )  #: 1 = sub-parameter, ':' before it

    def begin(self):
        """A chunk is about to be parsed."""

    def print_ascii(self, start, stop):
        """Graphic characters data[start:stop], all within 0x20-0x7E."""

    def print_text(self, count):
        """Graphic characters codepoints[:count], none a control."""

    def execute(self, code):
        """A C0 or C1 control function, or DEL between text."""
        with cython.gil:
            self.hand_execute(code)

    def esc_dispatch(self, intermediates, final):
        """An escape sequence."""
        with cython.gil:
            self.hand_esc(intermediates, final)

    def csi_dispatch(self, prefix, intermediates, final, count):
        """A control sequence with params[:count]."""
        with cython.gil:
            self.hand_csi(prefix, intermediates, final, count)

    def osc_dispatch(self, data, bel):
        """A complete OSC string."""
        self.budget.stop -= _HATCH + len(data)
        if self.handler is not None:
            try:
                self.handler.osc(data, bel)
            except BaseException as error:
                self.fail(error, osc_name(data))

    def dcs_dispatch(self, prefix, intermediates, final, count, data):
        """A complete DCS string with params[:count]."""
        self.budget.stop -= _HATCH + len(data)
        if self.handler is not None:
            try:
                self.handler.dcs(prefix, intermediates, final, self.param_list(count), data)
            except BaseException as error:
                self.fail(error, sequence_name("DCS", prefix, intermediates, final))

    def apc_dispatch(self, data):
        """A complete APC string."""
        self.budget.stop -= _HATCH
        if self.handler is not None:
            try:
                self.handler.apc(data)
            except BaseException as error:
                self.fail(error, "APC")

    def hand_csi(self, prefix, intermediates, final, count):
        """Hands a control sequence to the handler."""
        self.budget.stop -= _HATCH + count * _PARAM
        if self.handler is not None:
            try:
                self.handler.csi(prefix, intermediates, final, self.param_list(count))
            except BaseException as error:
                self.fail(error, sequence_name("CSI", prefix, intermediates, final))

    def hand_esc(self, intermediates, final):
        """Hands an escape sequence to the handler."""
        self.budget.stop -= _HATCH
        if self.handler is not None:
            try:
                self.handler.esc(intermediates, final)
            except BaseException as error:
                self.fail(error, sequence_name("ESC", 0, intermediates, final))

    def hand_execute(self, code):
        """Hands a control to the handler."""
        self.budget.stop -= _HATCH
        if self.handler is not None:
            try:
                self.handler.execute(code)
            except BaseException as error:
                self.fail(error, f"control {code:02X}")

    def fail(self, error, function):
        """A handler has raised: its sequence is dropped, and parsing goes on.

        What is no Exception (KeyboardInterrupt) isn't ours to keep: Parser.feed raises it at the
        end, since compiled code can't.
        """
        if isinstance(error, Exception):
            self.failures.add(error, function)
        elif self.interruption is None:
            self.interruption = error

    def param_list(self, count):
        """params[:count] as lists of sub-parameters."""
        params: list = []
        i: cython.int
        for i in range(count):
            if self.joined[i] and params:
                params[len(params) - 1].append(self.params[i])
            else:
                params.append([self.params[i]])
        return params
