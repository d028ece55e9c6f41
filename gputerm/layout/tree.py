"""A tab's panes as a tree of splits. Trees are values: each function answers a new one.

    Split(ACROSS, 0.5, 1, Split(DOWN, 0.5, 2, 3))      ┌───┬───┐
                                                       │   │ 2 │
                                                       │ 1 ├───┤
                                                       │   │ 3 │
                                                       └───┴───┘

A split keeps a ratio and no size, so that a window that becomes smaller and larger again looks as
before.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from gputerm.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Axis",
    "Direction",
    "Path",
    "Split",
    "Tree",
    "equalised",
    "panes_of",
    "path_to",
    "replaced",
    "split",
    "split_at",
    "subtree",
    "swapped",
    "with_ratio",
    "without",
]


class Axis(Enum):
    """In which direction the two parts of a split follow each other."""

    ACROSS = "across"
    DOWN = "down"


class Direction(Enum):
    """From a pane to its neighbour."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"

    @property
    def axis(self) -> Axis:
        """The axis along which it leads."""
        return Axis.ACROSS if self in (Direction.LEFT, Direction.RIGHT) else Axis.DOWN

    @property
    def forward(self) -> bool:
        """Whether it leads right or down."""
        return self in (Direction.RIGHT, Direction.DOWN)


class Split(Record):
    """Two parts with a divider between them."""

    axis: Axis
    ratio: float  #: the first part's share, between 0 and 1
    first: Tree  #: on the left, or above
    second: Tree


Tree: TypeAlias = "int | Split"  #: a pane's number alone, or a split
Path: TypeAlias = tuple[bool, ...]  #: from the root down to a part; True: into the second


def panes_of(tree: Tree) -> Iterator[int]:
    """All panes, from left to right and from top to bottom."""
    if isinstance(tree, Split):
        yield from panes_of(tree.first)
        yield from panes_of(tree.second)
    else:
        yield tree


def path_to(tree: Tree, pane: int) -> Path | None:
    """The way to a pane; None when it isn't there."""
    if not isinstance(tree, Split):
        return () if tree == pane else None
    for second, part in ((False, tree.first), (True, tree.second)):
        if (path := path_to(part, pane)) is not None:
            return (second, *path)
    return None


def subtree(tree: Tree, path: Path) -> Tree:
    """The part at the end of a path that leads somewhere."""
    for second in path:
        assert isinstance(tree, Split)
        tree = tree.second if second else tree.first
    return tree


def split_at(tree: Tree, path: Path) -> Split:
    """The split at the end of a path."""
    part = subtree(tree, path)
    assert isinstance(part, Split)
    return part


def _put(tree: Tree, path: Path, part: Tree) -> Tree:
    """The tree with another part at the end of a path."""
    if not path:
        return part
    assert isinstance(tree, Split)
    if path[0]:
        return tree.replace(second=_put(tree.second, path[1:], part))
    return tree.replace(first=_put(tree.first, path[1:], part))


def split(tree: Tree, pane: int, new: int, direction: Direction, ratio: float = 0.5) -> Tree:
    """A new pane beside one that is there; `ratio` is the share that this one keeps."""
    path = path_to(tree, pane)
    assert path is not None, f"no pane {pane}"
    if direction.forward:
        part = Split(direction.axis, ratio, pane, new)
    else:
        part = Split(direction.axis, 1 - ratio, new, pane)
    return _put(tree, path, part)


def without(tree: Tree, pane: int) -> Tree | None:
    """The tree after a pane has left; its sibling takes its place. None: it was the only one."""
    path = path_to(tree, pane)
    assert path is not None, f"no pane {pane}"
    if not path:
        return None
    parent = split_at(tree, path[:-1])
    return _put(tree, path[:-1], parent.first if path[-1] else parent.second)


def replaced(tree: Tree, pane: int, by: int) -> Tree:
    """Another pane in the place of one."""
    path = path_to(tree, pane)
    assert path is not None, f"no pane {pane}"
    return _put(tree, path, by)


def swapped(tree: Tree, one: int, other: int) -> Tree:
    """Two panes have changed places."""
    if not isinstance(tree, Split):
        return {one: other, other: one}.get(tree, tree)
    return tree.replace(
        first=swapped(tree.first, one, other), second=swapped(tree.second, one, other)
    )


def with_ratio(tree: Tree, path: Path, ratio: float) -> Tree:
    """The split at the end of a path has another ratio."""
    return _put(tree, path, split_at(tree, path).replace(ratio=ratio))


def equalised(tree: Tree) -> Tree:
    """Panes that follow each other along one axis are equally large."""
    if not isinstance(tree, Split):
        return tree
    first, second = _weight(tree.first, tree.axis), _weight(tree.second, tree.axis)
    ratio = first / (first + second)
    return Split(tree.axis, ratio, equalised(tree.first), equalised(tree.second))


def _weight(tree: Tree, axis: Axis) -> int:
    """How many panes follow each other along an axis."""
    if not isinstance(tree, Split) or tree.axis is not axis:
        return 1
    return _weight(tree.first, axis) + _weight(tree.second, axis)
