from typing import Protocol

from gputerm.vt.core.grid import Grid
from gputerm.vt.core.history import History

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

class _Screen(Protocol):  # what a resize needs of Screen, which imports this module
    lines: int
    columns: int
    seqno: int
    history: History
    primary: Grid
    alternate: Grid
    is_alternate: bool
    line: int
    fit: Fit | None
    @property
    def screen_top(self) -> int: ...
    def observe(self) -> int: ...
    def points(self) -> list[tuple[int, int]]: ...
    def place_points(self, points: list[tuple[int, int]], above: int) -> None: ...
    def adopt(self, primary: Grid, alternate: Grid, history: History) -> None: ...

class Fit:
    blank: int
    top: int
    points: list[tuple[int, int]]
    def __init__(self, screen: _Screen, blank: int, points: list[tuple[int, int]]) -> None: ...

def wanted_points(screen: _Screen) -> list[tuple[int, int]]: ...
def load_cut(grid: Grid, old: Grid, above: int) -> None: ...
def resize_screen(
    screen: _Screen, lines: int, columns: int, anchors: list[tuple[int, int]]
) -> list[tuple[int, int]]: ...
def keep_limit(history: History) -> None: ...
def reflow_stop(history: History, before: int) -> int: ...
def reflow_slice(
    screen: _Screen, before: int, anchors: list[tuple[int, int]]
) -> list[tuple[int, int]]: ...
