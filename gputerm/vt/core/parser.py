# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""VT500 parser: bytes in, Performer calls out.

Follows Paul Williams's state diagram (its rows are in transitions.py) with sub-parameters and
UTF-8. It attaches no meaning to a sequence; Screen does. Feeding the same bytes in any split gives
the same calls, up to where a run of text is cut — tests/vt/test_parser.py splits everywhere.

In UTF-8 an ill-formed sequence becomes U+FFFD once for each maximal subpart (Unicode 3.9, table
3-8), U+0080-U+009F are nothing, and C1 controls come as ESC and a letter only. In 8-bit mode (DOCS,
ESC % @) the bytes 80-9F are the C1 controls too, and A0-FF are GR.
"""

import os

import cython
import numpy as np

from gputerm.vt.core.performer import Performer
from gputerm.vt.core.transitions import TABLE
from gputerm.vt.core.utf8 import TABLE as UTF8_TABLE

_MAX_STRING = 1 << 20  # OSC 52 and kitty's images chunk below this; what is longer is dropped.
_FIRST_STRING = 4096
_RUN = 4096  # Bytes parsed before somebody looks at what is left: a run of text is never longer.
_ENDLESS = 1 << 60  # Units that nobody can spend.
_READ = 4096  # More than Linux's line discipline gives at once.

# What is ordinary among emoji, a row for each length: the bits to look at in a character and the
# first byte of the next, what they are there, the code point's bits, and the least code point (C1
# controls and overlong forms are below). Of ASCII it is a single space, digit or mark, as keycaps
# begin with; words are print_ascii's.
_SHAPES = np.array(
    [
        (0x000000C080, 0x0000000080, 0x00003F, 0x20),
        (0x0000E0C000, 0x0000C08000, 0x0007FF, 0xA0),
        (0x00F0C0C000, 0x00E0808000, 0x00FFFF, 0x800),
        (0xFFC0C0C000, 0xF080808000, 0x1FFFFF, 0x10000),
    ],
    np.uint64,
).reshape(-1)

if not cython.compiled:
    from gputerm.vt.core.performer import MAX_PARAMS, MAX_RUN
    from gputerm.vt.core.transitions import (
        ABORT,
        APC,
        CLEAR,
        COLLECT,
        CSI_DISPATCH,
        CSI_ENTRY,
        CSI_PARAM,
        DCS,
        DCS_ENTRY,
        DCS_IGNORE,
        ESC_DISPATCH,
        ESCAPE,
        EXECUTE,
        GROUND,
        HOOK,
        OSC,
        OSC_STRING,
        PARAM,
        PM,
        PREFIX,
        PUT,
        SOS,
        SOS_PM_APC_STRING,
        STRING_BEL,
        STRING_ESC,
        STRING_START,
    )
    from gputerm.vt.core.utf8 import BROKEN, CONTINUES, STOPS

    MAX_PARAM = 65535  # What xterm and DEC's terminals can tell apart at most.

    def word_at(data, at):
        """Four bytes as one number, the first one on top."""
        return int.from_bytes(data[at : at + 4], "big")

    def read_into(buffer, descriptor):
        """How many bytes of a descriptor `buffer` has now; 0 at its end, -1 when none came."""
        try:
            return os.readv(descriptor, [buffer])
        except OSError:
            return -1

    def graphics_end(data, at, stop):
        """Where ASCII's graphic characters end that begin at `at`."""
        while at < stop and 0x20 <= data[at] < 0x7F:
            at += 1
        return at


class Parser:
    """Turns bytes into calls of a Performer. Holds whatever a chunk's end cut in two."""

    def __init__(self, performer: Performer) -> None:
        self.performer = performer
        self.budget = performer.budget
        self.left = 0  # of what this feed may cost
        self.data = memoryview(b"")
        self.buffer = memoryview(np.zeros(_READ, np.uint8))
        self.table = memoryview(TABLE)
        self.utf8_table = memoryview(UTF8_TABLE)
        self.shapes = memoryview(_SHAPES)
        self.codepoints = performer.codepoints
        self.params = performer.params
        self.joined = performer.joined
        self.string = memoryview(np.zeros(_FIRST_STRING, np.uint8))
        self.reset()

    def reset(self):
        """Forgets any sequence or character that is under way."""
        self.state = GROUND
        self.clear()
        self.string_length = 0
        self.string_kind = 0  # DCS, OSC, APC; SOS for what is ignored, 0 when there is none
        self.string_final = 0
        self.string_escape = False
        self.utf8_state = 0  # as in an entry of the table: shifted by 8
        self.codepoint = 0

    def feed(self, data, units=_ENDLESS):
        """Parses a chunk until that has cost so much; how many bytes that took, one at least.

        Raises nothing, whatever the handler does, but KeyboardInterrupt and the like at the end.
        """
        if len(data) == 0:
            return 0
        performer = self.performer
        self.data = memoryview(data).cast("B")
        performer.data = self.data  # not `a = b = …`, which makes C look at the buffer twice
        stop: cython.Py_ssize_t = len(self.data)
        done: cython.Py_ssize_t = 0
        self.left = units
        try:
            with cython.nogil:
                self.performer.begin()
                done = self.run(stop)
        finally:
            self.release()
        return done

    def feed_from(self, descriptor, units):
        """Parses what can be read from a descriptor, read by read, until that has cost so much or
        no more comes at once. As `feed`, at the end.

        How many bytes that took, those that were read and remain to be fed, and whether there was
        no more to read.
        """
        fd: cython.int = descriptor
        done: cython.Py_ssize_t = 0
        some: cython.Py_ssize_t = 0
        count: cython.Py_ssize_t = 1
        rest: bytes = b""
        performer = self.performer
        self.data = self.buffer
        performer.data = self.data
        self.left = units
        try:
            with cython.nogil:
                self.performer.begin()
                while self.left > 0 and count > 0:
                    count = read_into(self.buffer, fd)
                    if count > 0:
                        some = self.run(count)
                        done += some
            if some < count:
                rest = bytes(self.buffer[some:count])
        finally:
            self.release()
        return done, rest, count <= 0

    def release(self):
        """What was parsed is done with; raises an interruption that came meanwhile."""
        performer = self.performer
        self.data = memoryview(b"")
        performer.data = self.data
        if performer.interruption is not None:
            interruption, performer.interruption = performer.interruption, None
            raise interruption

    def run(self, size):
        """Parses data[:size] until nothing is left to spend; how many bytes that took.

        One at least, though half a character that ends here may have cost all there was.
        """
        i: cython.Py_ssize_t = 0
        begin: cython.Py_ssize_t
        stop: cython.Py_ssize_t
        while i < size and (self.left > 0 or i == 0):
            begin = i
            stop = begin + (self.left if self.left > 1 else 1)
            stop = stop if stop < begin + _RUN else begin + _RUN
            stop = stop if stop < size else size
            self.budget.stop = stop
            while i < self.budget.stop:
                if self.state == GROUND:
                    i = self.ground(i)
                elif self.state == CSI_ENTRY or self.state == CSI_PARAM:
                    i = self.control_sequence(i, self.budget.stop)
                elif self.state >= DCS_IGNORE:  # a string
                    i = self.string_bytes(i, self.budget.stop)
                else:
                    i = self.step(i)
            self.left -= i - begin + stop - self.budget.stop
        return i

    def ground(self, i):
        """Text and C0 controls until a sequence begins; returns where it stopped."""
        c: cython.int
        start: cython.Py_ssize_t
        if self.utf8_state:
            i = self.decode(i, self.budget.stop)
        while i < self.budget.stop:
            c = self.data[i]
            if 0x20 <= c < 0x7F:
                start = i
                i = graphics_end(self.data, i + 1, self.budget.stop)
                self.performer.print_ascii(start, i)
            elif c == 0x1B:
                i += 1
                self.clear()
                if i < self.budget.stop and self.data[i] == 0x5B:  # CSI, by far the most frequent
                    self.state = CSI_ENTRY
                    return i + 1
                self.state = ESCAPE
                return i
            elif c < 0x20 or c == 0x7F:
                i += 1
                self.performer.execute(c)
            elif self.performer.utf8:
                i = self.decode(i, self.budget.stop)
            elif c < 0xA0:
                i += 1
                self.control_1(c)
                return i
            else:
                i += 1
                self.codepoints[0] = c
                self.performer.print_text(1)
        return i

    def decode(self, i, stop):
        """UTF-8 text with C0 controls in it, up to ESC or a run of ASCII."""
        c: cython.int
        count: cython.Py_ssize_t = 0
        recent: cython.uint = 1  # a bit for each of the last eight bytes: whether it's above 7F
        entry: cython.uint
        state: cython.uint = self.utf8_state
        codepoint: cython.uint = self.codepoint
        start: cython.Py_ssize_t
        lead: cython.ulonglong
        more: cython.ulonglong  # bytes after the first
        span: cython.ulonglong  # the bytes of a character and the first of the next
        while i < stop and recent:  # A long run is print_ascii's.
            if count >= MAX_RUN - 1:
                self.performer.print_text(count)
                count = 0
                stop = self.budget.stop
                if i >= stop:
                    break
            if i + 4 < stop:
                span = word_at(self.data, i)
                if span >> 8 & 0xF0C0C0 == 0xE08080 and not state:
                    # Three bytes, all there: CJK lives here.
                    start = i
                    while i + 4 < stop and count < MAX_RUN - 1:
                        span = word_at(self.data, i)
                        codepoint = span >> 12 & 0xF000 | span >> 10 & 0xFC0 | span >> 8 & 0x3F
                        if (
                            span >> 8 & 0xF0C0C0 != 0xE08080
                            or codepoint < 0x800
                            or codepoint >> 11 == 0xD800 >> 11
                        ):
                            break
                        self.codepoints[count] = codepoint
                        count += 1
                        i += 3
                    if i > start:
                        recent = 1
                        continue
                elif span & 0xC0C0C0 == 0x808080 and span >> 24 == 0xF0 and not state:
                    # Emoji: characters of one to four bytes in an order that no processor guesses,
                    # and a wrong guess takes as long as two of them. So no branch depends on the
                    # length, and the next character begins in what was read for this one.
                    start = i
                    lead = 0xF0
                    while i + 4 < stop and count < MAX_RUN - 1:
                        more = (lead + 0x40 >> 8) + (lead + 0x20 >> 8) + (lead + 0x10 >> 8)
                        span = (lead << 32 | word_at(self.data, i + 1)) >> 24 - 8 * more
                        codepoint = (
                            span >> 14 & 0x1C0000
                            | span >> 12 & 0x3F000
                            | span >> 10 & 0xFC0
                            | span >> 8 & 0x3F
                        ) & self.shapes[4 * more + 2]
                        if (
                            span & self.shapes[4 * more] != self.shapes[4 * more + 1]
                            or codepoint < self.shapes[4 * more + 3]
                            or lead == 0xED  # maybe a surrogate
                        ):
                            break
                        self.codepoints[count] = codepoint
                        count += 1
                        i += 1 + more
                        lead = span & 0xFF
                    if i > start:
                        recent = 1
                        continue
            # Everything else, and above all what isn't text, byte by byte without branches.
            c = self.data[i]
            i += 1
            recent = (recent << 1 | c >> 7) & 0xFF
            entry = self.utf8_table[state | c]
            state = entry & 0xF00
            self.codepoints[count] = 0xFFFD
            count += entry & BROKEN
            codepoint = codepoint * (entry & CONTINUES) | entry >> 16  # six bits more
            self.codepoints[count] = codepoint
            count += entry >> 1 & 1  # ENDS
            if entry & STOPS:
                if count:
                    self.performer.print_text(count)
                    count = 0
                if c == 0x1B:
                    i -= 1
                    break
                self.performer.execute(c)
                stop = self.budget.stop
        self.utf8_state = state
        self.codepoint = codepoint
        if count:
            self.performer.print_text(count)
        return i

    def control_sequence(self, i, stop):
        """The parameters and final byte of a CSI sequence without the table; equal to it."""
        c: cython.int = 0
        count: cython.int = self.count
        value: cython.int = -1
        if count:
            value = self.params[count - 1]
        while i < stop:
            c = self.data[i]
            if c < 0x30 or c > 0x3B:
                break
            i += 1
            if self.params_full:
                continue
            if count == 0:
                self.joined[0] = 0
                count = 1
            if c <= 0x39:
                if value < 0:
                    value = 0
                while True:
                    value = value * 10 + c - 0x30
                    if value > MAX_PARAM:
                        value = MAX_PARAM
                    if i == stop:
                        break
                    c = self.data[i]
                    if c < 0x30 or c > 0x39:
                        break
                    i += 1
            elif count == MAX_PARAMS:
                self.params_full = True
            else:
                self.params[count - 1] = value
                value = -1
                self.joined[count] = c == 0x3A
                count += 1
        if count:
            self.params[count - 1] = value
            self.count = count
            self.state = CSI_PARAM
        if i == stop:
            return i
        if 0x40 <= c < 0x7F:
            self.state = GROUND
            self.performer.csi_dispatch(self.prefix, self.intermediates, c, count)
            return i + 1
        return self.step(i)

    def string_bytes(self, i, stop):
        """Bytes of an OSC, DCS, SOS, PM or APC string."""
        c: cython.int
        while i < stop and self.state >= DCS_IGNORE:  # a string
            c = self.data[i]
            if 0x20 <= c < 0x7F:
                self.put(c)
                i += 1
            elif c < 0x80:
                return self.step(i)
            elif c >= 0xA0 or self.performer.utf8:
                self.put(c)
                i += 1
            else:
                i += 1
                if c == 0x9C:  # ST
                    self.state = GROUND
                    self.end_string(False)
                else:
                    self.string_kind = 0
                    self.control_1(c)
        return i

    def step(self, i):
        """One byte by the table."""
        c: cython.int = self.data[i]
        entry: cython.int
        if self.string_escape:
            self.string_escape = False
            if c == 0x5C:  # ESC \  ST
                self.state = GROUND
                self.end_string(False)
                return i + 1
            self.string_kind = 0
            self.clear()
        if c >= 0x80:
            if self.performer.utf8:
                self.state = GROUND  # Text begins: the sequence was broken off.
                return i
            if c < 0xA0:
                self.control_1(c)
                return i + 1
            c &= 0x7F
        entry = self.table[self.state << 7 | c]
        self.state = entry >> 8
        self.perform(entry & 0xFF, c)
        return i + 1

    def perform(self, action, code):
        """The actions, of transitions.py."""
        if action == EXECUTE:
            self.performer.execute(code)
        elif action == CLEAR:
            self.clear()
        elif action == COLLECT:
            if self.collected < 2:
                self.intermediates |= code << (8 * self.collected)
            self.collected += 1
        elif action == PREFIX:
            self.prefix = code
        elif action == PARAM:
            self.param(code)
        elif action == ESC_DISPATCH:
            if self.collected <= 2:
                self.performer.esc_dispatch(self.intermediates, code)
        elif action == CSI_DISPATCH:
            if self.collected <= 2:
                self.performer.csi_dispatch(self.prefix, self.intermediates, code, self.count)
        elif action == STRING_START:
            self.start_string(code)
        elif action == HOOK:
            self.string_final = code
            self.start_string(DCS if self.collected <= 2 else SOS)
        elif action == PUT:
            self.put(code)
        elif action == STRING_BEL:
            self.end_string(True)
        elif action == STRING_ESC:
            self.string_escape = True
        elif action == ABORT:
            self.string_kind = 0

    def control_1(self, code):
        """A C1 control that came as one byte."""
        self.clear()
        if code == 0x9B:  # CSI
            self.state = CSI_ENTRY
        elif code == 0x90:  # DCS
            self.state = DCS_ENTRY
        elif code == 0x9D:  # OSC
            self.state = OSC_STRING
            self.start_string(OSC)
        elif code == 0x98 or code == 0x9E:  # SOS, PM
            self.state = SOS_PM_APC_STRING
            self.start_string(SOS)
        elif code == 0x9F:  # APC
            self.state = SOS_PM_APC_STRING
            self.start_string(APC)
        else:
            self.state = GROUND
            if code != 0x9C:  # ST without a string
                self.performer.execute(code)

    def clear(self):
        self.count = 0
        self.params_full = False
        self.prefix = 0
        self.intermediates = 0
        self.collected = 0

    def param(self, code):
        """A digit or a separator. Parameters beyond the last slot are ignored, as xterm does."""
        value: cython.int
        if self.params_full:
            return
        if self.count == 0:
            self.params[0] = -1
            self.joined[0] = 0
            self.count = 1
        if code <= 0x39:
            value = self.params[self.count - 1]
            if value < 0:
                value = 0
            value = value * 10 + code - 0x30
            self.params[self.count - 1] = value if value < MAX_PARAM else MAX_PARAM
        elif self.count == MAX_PARAMS:
            self.params_full = True
        else:
            self.params[self.count] = -1
            self.joined[self.count] = code == 0x3A
            self.count += 1

    def start_string(self, kind):
        """A string begins; kind is the byte that follows ESC in its introducer."""
        self.string_kind = kind if kind != PM else SOS  # PM means as little to us as SOS.
        self.string_length = 0
        self.string_escape = False

    def put(self, code):
        # One byte more than fits is counted, and forgotten.
        if self.string_kind == 0 or self.string_kind == SOS or self.string_length > _MAX_STRING:
            return
        if self.string_length == len(self.string):
            with cython.gil:
                self.grow_string()
        if self.string_length < len(self.string):
            self.string[self.string_length] = code
        self.string_length += 1

    def grow_string(self):
        if self.string_length < _MAX_STRING:
            try:
                grown = np.zeros(2 * len(self.string), np.uint8)
                grown[: len(self.string)] = self.string
                self.string = memoryview(grown)
            except MemoryError as error:
                self.string_kind = SOS  # The rest is ignored.
                self.performer.fail(error, "a long string")

    def end_string(self, bel):
        """Hands the string over unless it grew past the cap."""
        if self.string_kind != 0 and self.string_kind != SOS and self.string_length <= _MAX_STRING:
            with cython.gil:
                self.dispatch_string(bel)
        self.string_kind = 0
        self.string_length = 0

    def dispatch_string(self, bel):
        data: bytes = b""
        try:
            data = bytes(self.string[: self.string_length])
            if len(self.string) > 16 * _FIRST_STRING:
                self.string = memoryview(np.zeros(_FIRST_STRING, np.uint8))
        except MemoryError as error:
            self.performer.fail(error, "a long string")
            return
        if self.string_kind == OSC:
            self.performer.osc_dispatch(data, bel)
        elif self.string_kind == APC:
            self.performer.apc_dispatch(data)
        else:
            self.performer.dcs_dispatch(
                self.prefix, self.intermediates, self.string_final, self.count, data
            )
