from gputerm.vt.core.grid import Grid
from gputerm.vt.core.history import History
from gputerm.vt.core.screen import Screen

NO_LIMIT: int
SLICE_ROWS: int
SLICE_CELLS: int
SLICE_FITTING: int

class Reflow:
    places: list[tuple[int, int]]
    def __init__(
        self,
        old: History,
        start: int,
        stop: int,
        columns: int,
        anchors: list[tuple[int, int, bool]],
    ) -> None: ...
    def run(self) -> History: ...

class Fit:
    """What a resize did to the primary screen that the next one can undo."""

    blank: int
    top: int
    points: list[tuple[int, int]]
    def __init__(self, screen: Screen, blank: int, points: list[tuple[int, int]]) -> None: ...

def wanted_points(screen: Screen) -> list[tuple[int, int]]: ...
def load_cut(grid: Grid, old: Grid, above: int) -> None: ...
def resize_screen(
    screen: Screen, lines: int, columns: int, anchors: list[tuple[int, int]]
) -> list[tuple[int, int]]: ...
def keep_limit(history: History) -> None: ...
def reflow_stop(history: History, before: int) -> int: ...
def reflow_slice(
    screen: Screen, before: int, anchors: list[tuple[int, int]]
) -> list[tuple[int, int]]: ...
