"""Where the panes of a tree are in a window, in pixels, and the lines between them.

A pane gets whole cells: where there is a choice, dividers lie so that no pixels are left over. In a
window that is too small for all of its panes they keep their smallest size and reach beyond its
right and bottom edges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gputerm.layout.tree import Axis, Direction, Path, Split, path_to, split_at, with_ratio
from gputerm.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gputerm.layout.tree import Tree

__all__ = [
    "MIN_COLUMNS",
    "MIN_LINES",
    "Arrangement",
    "Divider",
    "Grid",
    "Rect",
    "arrange",
    "dragged",
    "neighbour",
    "resized",
    "smallest",
]

MIN_COLUMNS, MIN_LINES = 2, 1  #: of a pane


class Rect(NamedTuple):
    """Pixels of a window, from its top left."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column of pixels beyond it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row of pixels below it."""
        return self.y + self.height

    def holds(self, x: int, y: int) -> bool:
        """Whether a pixel is inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom


class Grid(Record):
    """What panes are measured by, in pixels; pairs are (across, down)."""

    cell: tuple[int, int]
    around: tuple[int, int]  #: padding on both sides of a pane's cells together
    divider: int  #: how thick

    def least(self, axis: Axis) -> int:
        """The smallest length of a pane."""
        index = _index(axis)
        return self.around[index] + self.cell[index] * (MIN_COLUMNS, MIN_LINES)[index]

    def snapped(self, axis: Axis, length: float) -> int:
        """The nearest length that holds whole cells."""
        index = _index(axis)
        cell, around = self.cell[index], self.around[index]
        return around + round((length - around) / cell) * cell


class Divider(NamedTuple):
    """The line of a split."""

    path: Path  #: to the split
    axis: Axis  #: of the split: ACROSS for a line from top to bottom
    rect: Rect


class Arrangement(NamedTuple):
    """Panes and dividers in their places, which cover an area without a gap or overlap."""

    panes: dict[int, Rect]
    dividers: tuple[Divider, ...]

    def divider_at(self, x: int, y: int, slack: int = 0) -> Divider | None:
        """The divider at a pixel, or not further from it than `slack`."""
        for divider in self.dividers:
            rect = divider.rect
            if divider.axis is Axis.ACROSS:
                near = Rect(rect.x - slack, rect.y, rect.width + 2 * slack, rect.height)
            else:
                near = Rect(rect.x, rect.y - slack, rect.width, rect.height + 2 * slack)
            if near.holds(x, y):
                return divider
        return None

    def pane_at(self, x: int, y: int) -> int | None:
        """The pane at a pixel."""
        return next((pane for pane, rect in self.panes.items() if rect.holds(x, y)), None)


def _index(axis: Axis) -> int:
    return 0 if axis is Axis.ACROSS else 1


def smallest(tree: Tree, grid: Grid) -> tuple[int, int]:
    """(width, height) of the smallest area for a tree's panes."""
    if not isinstance(tree, Split):
        return grid.least(Axis.ACROSS), grid.least(Axis.DOWN)
    (width, height), (width_2, height_2) = smallest(tree.first, grid), smallest(tree.second, grid)
    if tree.axis is Axis.ACROSS:
        return width + grid.divider + width_2, max(height, height_2)
    return max(width, width_2), height + grid.divider + height_2


def arrange(tree: Tree, area: Rect, grid: Grid) -> Arrangement:
    """Panes and dividers of a tree in an area, or in one that is just large enough."""
    width, height = smallest(tree, grid)
    panes: dict[int, Rect] = {}
    dividers: list[Divider] = []

    def place(part: Tree, rect: Rect, path: Path) -> None:
        if not isinstance(part, Split):
            panes[part] = rect
            return
        first, line, second = _parts(part, rect, grid)
        dividers.append(Divider(path, part.axis, line))
        place(part.first, first, (*path, False))
        place(part.second, second, (*path, True))

    place(tree, area._replace(width=max(area.width, width), height=max(area.height, height)), ())
    return Arrangement(panes, tuple(dividers))


def _parts(part: Split, rect: Rect, grid: Grid) -> tuple[Rect, Rect, Rect]:
    """The first part of a split, the divider, and the second."""
    axis, thick = part.axis, grid.divider
    index = _index(axis)
    whole = (rect.width, rect.height)[index] - thick
    least = smallest(part.first, grid)[index]
    most = whole - smallest(part.second, grid)[index]
    length = min(max(grid.snapped(axis, part.ratio * whole), least), most)
    if axis is Axis.ACROSS:
        return (
            rect._replace(width=length),
            Rect(rect.x + length, rect.y, thick, rect.height),
            Rect(rect.x + length + thick, rect.y, whole - length, rect.height),
        )
    return (
        rect._replace(height=length),
        Rect(rect.x, rect.y + length, rect.width, thick),
        Rect(rect.x, rect.y + length + thick, rect.width, whole - length),
    )


def neighbour(
    panes: dict[int, Rect], pane: int, direction: Direction, recent: Sequence[int] = ()
) -> int | None:
    """The pane beside one, across a divider. Of several it is the one that comes last in `recent`,
    else the one with the longest common edge. None at the edge of the area.
    """
    here = panes[pane]
    ahead = {other: _gap(here, rect, direction) for other, rect in panes.items() if other != pane}
    beside = {
        other: gap
        for other, gap in ahead.items()
        if gap >= 0 and _common(here, panes[other], direction.axis) > 0
    }
    nearest = min(beside.values(), default=None)
    found = [other for other, gap in beside.items() if gap == nearest]

    def rank(other: int) -> tuple[int, int]:
        used = recent.index(other) if other in recent else -1
        return used, _common(here, panes[other], direction.axis)

    return max(found, key=rank, default=None)


def _gap(here: Rect, there: Rect, direction: Direction) -> int:
    """Pixels from one rectangle to the other; negative if it doesn't lie in that direction."""
    return {
        Direction.LEFT: here.x - there.right,
        Direction.RIGHT: there.x - here.right,
        Direction.UP: here.y - there.bottom,
        Direction.DOWN: there.y - here.bottom,
    }[direction]


def _common(here: Rect, there: Rect, axis: Axis) -> int:
    """The length of the edge that two rectangles have in common, side by side along an axis."""
    if axis is Axis.ACROSS:
        return min(here.bottom, there.bottom) - max(here.y, there.y)
    return min(here.right, there.right) - max(here.x, there.x)


def resized(
    tree: Tree, area: Rect, grid: Grid, pane: int, direction: Direction, cells: int
) -> Tree:
    """A divider of a pane has moved by so many cells: the one behind it on the direction's axis,
    right of it or below; where there is none, the one before it. The tree itself if there is none
    at all.
    """
    path = path_to(tree, pane)
    assert path is not None, f"no pane {pane}"
    paths = [path[:depth] for depth in reversed(range(len(path)))]
    splits = [one for one in paths if split_at(tree, one).axis is direction.axis]
    behind = [one for one in splits if not path[len(one)]]
    if not splits:
        return tree
    chosen = (behind or splits)[0]
    rect = _divider(tree, area, grid, chosen).rect
    step = grid.cell[_index(direction.axis)] * (cells if direction.forward else -cells)
    return dragged(tree, area, grid, chosen, rect.x + step, rect.y + step)


def dragged(tree: Tree, area: Rect, grid: Grid, path: Path, x: int, y: int) -> Tree:
    """The divider of the split at `path` begins at this pixel now, or as near as panes allow; only
    the one of `x` and `y` counts that is on the split's axis.
    """
    part = split_at(tree, path)
    rect = _rect(tree, area, grid, path)
    index = _index(part.axis)
    whole = (rect.width, rect.height)[index] - grid.divider
    length = (x - rect.x, y - rect.y)[index]
    least = smallest(part.first, grid)[index]
    most = whole - smallest(part.second, grid)[index]
    length = min(max(grid.snapped(part.axis, length), least), most)
    return with_ratio(tree, path, length / whole)


def _divider(tree: Tree, area: Rect, grid: Grid, path: Path) -> Divider:
    found = arrange(tree, area, grid).dividers
    return next(divider for divider in found if divider.path == path)


def _rect(tree: Tree, area: Rect, grid: Grid, path: Path) -> Rect:
    """What a part of the tree covers."""
    width, height = smallest(tree, grid)
    rect = area._replace(width=max(area.width, width), height=max(area.height, height))
    for second in path:
        assert isinstance(tree, Split)
        first, _, behind = _parts(tree, rect, grid)
        tree, rect = (tree.second, behind) if second else (tree.first, first)
    return rect
