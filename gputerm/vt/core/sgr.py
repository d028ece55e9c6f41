# cython: boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""Select Graphic Rendition: the pen and how SGR parameters change it. [ECMA-48 8.3.117]

Beyond the standard: 90-107 (aixterm), 38/48 with palette index or RGB (ISO 8613-6, and xterm's
spelling with ';'), 58/59 underline colour and 4:n underline styles (kitty), 53/55 overline. Unknown
values are skipped.
"""

import cython

if not cython.compiled:
    from gputerm.vt.core.cells import (
        BLINK,
        BOLD,
        COLOR_PALETTE,
        COLOR_RGB,
        DIM,
        HIDDEN,
        INVERSE,
        ITALIC,
        OVERLINE,
        RAPID_BLINK,
        STRIKE,
        UNDERLINE,
        UNDERLINE_SHIFT,
    )


class Pen:
    """The colours and attributes that the next character gets, as words of a cell."""

    def __init__(self, params, joined):
        """`params` and `joined` are a Performer's, for `apply`."""
        # Kept, since each call that passes them would copy 200 bytes for either.
        self.params = params
        self.joined = joined
        self.reset()

    def reset(self):
        """SGR 0 — everything default."""
        self.fg = 0
        self.bg = 0
        self.attrs = 0
        self.underline_color = 0

    def apply(self, count):
        """SGR — params[:count], in order; no parameter means 0."""
        i: cython.int = 0
        p: cython.int
        style: cython.int
        if count == 0:
            self.reset()
        while i < count:
            p = self.params[i]
            i += 1
            if p == 38:
                i = self.color(i, count, 0)
            elif p == 48:
                i = self.color(i, count, 1)
            elif p == 58:
                i = self.color(i, count, 2)
            elif p <= 0:
                self.reset()
            elif p == 1:
                self.attrs |= BOLD
            elif p == 2:
                self.attrs |= DIM
            elif p == 3:
                self.attrs |= ITALIC
            elif p == 4:
                style = 1
                if i < count and self.joined[i]:
                    style = self.params[i]
                    if style < 0:
                        style = 1
                    elif style > 5:
                        style = 1  # A style we don't know is still an underline.
                self.attrs = (self.attrs & ~UNDERLINE) | (style << UNDERLINE_SHIFT)
            elif p == 5:
                self.attrs |= BLINK
            elif p == 6:
                self.attrs |= RAPID_BLINK
            elif p == 7:
                self.attrs |= INVERSE
            elif p == 8:
                self.attrs |= HIDDEN
            elif p == 9:
                self.attrs |= STRIKE
            elif p == 21:  # ECMA-48: doubly underlined; not "bold off"
                self.attrs = (self.attrs & ~UNDERLINE) | (2 << UNDERLINE_SHIFT)
            elif p == 22:
                self.attrs &= ~(BOLD | DIM)
            elif p == 23:
                self.attrs &= ~ITALIC
            elif p == 24:
                self.attrs &= ~UNDERLINE
            elif p == 25:
                self.attrs &= ~(BLINK | RAPID_BLINK)
            elif p == 27:
                self.attrs &= ~INVERSE
            elif p == 28:
                self.attrs &= ~HIDDEN
            elif p == 29:
                self.attrs &= ~STRIKE
            elif 30 <= p <= 37:
                self.fg = COLOR_PALETTE | (p - 30)
            elif p == 39:
                self.fg = 0
            elif 40 <= p <= 47:
                self.bg = COLOR_PALETTE | (p - 40)
            elif p == 49:
                self.bg = 0
            elif p == 53:
                self.attrs |= OVERLINE
            elif p == 55:
                self.attrs &= ~OVERLINE
            elif p == 59:
                self.underline_color = 0
            elif 90 <= p <= 97:
                self.fg = COLOR_PALETTE | (p - 82)
            elif 100 <= p <= 107:
                self.bg = COLOR_PALETTE | (p - 92)
            while i < count and self.joined[i]:  # sub-parameters of what has none or is done
                i += 1

    def color(self, i, count, which):
        """The colour after 38, 48 or 58 (which = 0, 1, 2); returns the index after it.

        38:5:n  38:2:r:g:b  38:2:space:r:g:b  38;5;n  38;2;r;g;b — a component left out is 0, one
        beyond 255 makes the whole colour invalid.
        """
        word: cython.uint = 0
        valid: cython.bint = False
        first: cython.int = i
        r: cython.int
        g: cython.int
        b: cython.int
        if i < count and self.joined[i]:
            while i < count and self.joined[i]:
                i += 1
            if self.params[first] == 5 and i - first >= 2:
                r = self.params[first + 1] if self.params[first + 1] > 0 else 0
                valid = r <= 255
                word = COLOR_PALETTE | r
            elif self.params[first] == 2 and i - first >= 4:
                first += 2 if i - first >= 5 else 1  # with or without a colour space
                r = self.params[first] if self.params[first] > 0 else 0
                g = self.params[first + 1] if self.params[first + 1] > 0 else 0
                b = self.params[first + 2] if self.params[first + 2] > 0 else 0
                valid = r <= 255 and g <= 255 and b <= 255
                word = COLOR_RGB | r << 16 | g << 8 | b
        elif i < count and self.params[i] == 5:
            if i + 1 < count:
                r = self.params[i + 1] if self.params[i + 1] > 0 else 0
                valid = r <= 255
                word = COLOR_PALETTE | r
            i += 2
        elif i < count and self.params[i] == 2:
            if i + 3 < count:
                r = self.params[i + 1] if self.params[i + 1] > 0 else 0
                g = self.params[i + 2] if self.params[i + 2] > 0 else 0
                b = self.params[i + 3] if self.params[i + 3] > 0 else 0
                valid = r <= 255 and g <= 255 and b <= 255
                word = COLOR_RGB | r << 16 | g << 8 | b
            i += 4
        else:
            i += 1
        if valid:
            if which == 0:
                self.fg = word
            elif which == 1:
                self.bg = word
            else:
                self.underline_color = word
        return i if i < count else count
