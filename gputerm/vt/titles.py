"""Window and icon title, and the stack of saved pairs (XTWINOPS 22 and 23)."""

MAX_TITLE = 1024  #: characters
MAX_TITLES = 16  # Deeper nesting of full-screen programs hasn't been seen.


class Titles:
    """The titles of one terminal, and how programs write them."""

    def __init__(self) -> None:
        self.window = ""
        self.icon = ""
        self.hexadecimal = False  #: XTSMTITLE 0: they arrive in hexadecimal
        self.reports_hexadecimal = False  #: XTSMTITLE 1
        self._stack: list[tuple[str | None, str | None]] = []

    def push(self, what: int) -> None:
        """0 both, 1 icon, 2 window. What isn't saved is taken from the entry below, as in xterm."""
        below = self._stack[-1] if self._stack else (None, None)
        icon = self.icon if what in (0, 1) else below[0]
        window = self.window if what in (0, 2) else below[1]
        self._stack.append((icon, window))
        del self._stack[:-MAX_TITLES]

    def pop(self, what: int) -> tuple[str | None, str | None]:
        """(icon, window) to restore, None for what stays; the entry goes in any case."""
        icon, window = self._stack.pop() if self._stack else (None, None)
        return (icon if what in (0, 1) else None), (window if what in (0, 2) else None)
