from collections.abc import Sequence

from gputerm.vt.core.grid import Grid
from gputerm.vt.core.handler import Handler
from gputerm.vt.core.history import History
from gputerm.vt.core.reflow import Fit
from gputerm.vt.core.state import State

class Screen(State):
    rung: bool  #: the handler's: it needs to hear no more of BEL until it resets this
    fit: Fit | None  #: what the last resize left undone

    def __init__(
        self, lines: int, columns: int, history: int = 10_000, handler: Handler | None = None
    ) -> None: ...
    @property
    def first_line(self) -> int: ...
    @property
    def screen_top(self) -> int:
        """Stable line of screen line 0; the same for both screens."""
    def observe(self) -> int:
        """The current seqno; later changes get a newer one. Call when a snapshot is taken."""
    def resize(
        self, lines: int, columns: int, anchors: Sequence[tuple[int, int]] = ()
    ) -> list[tuple[int, int]]:
        """Reflows the primary screen and what is near it; maps (stable line, column) anchors along.

        Older lines stay as they are until `reflow` comes to them.
        """
    def reflow_stop(self, before: int) -> int:
        """One past the newest line that `reflow` would change; first_line when there is none."""
    def reflow(self, before: int, anchors: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
        """Reflows some lines of history older than `before`, for less than a millisecond.

        Returns where the anchors are now. No line newer than these gets another number.
        """
    def adopt(self, primary: Grid, alternate: Grid, history: History) -> None:
        """Takes over grids and history of another size; the end of a resize."""
    def points(self) -> list[tuple[int, int]]:
        """(stable line, column) of the primary screen's cursor and of its saved cursor."""
    def place_points(self, points: list[tuple[int, int]], above: int) -> None:
        """Puts those where a reflow took points(); `above` lines of the alternate screen went."""
    def text(self) -> list[str]:
        """Visible lines without trailing blanks, clusters included; for tests."""
    def check(self) -> None: ...
