from gputerm.vt.grid import Grid
from gputerm.vt.history import History
from gputerm.vt.screen import Screen

class Reflow:
    places: list[tuple[int, int]]
    def __init__(
        self, old: History, columns: int, anchors: list[tuple[int, int, bool]]
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
