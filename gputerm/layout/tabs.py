"""The tabs of a window, and in each of them panes: their order, the current one, the one used
before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.layout.places import Arrangement, arrange, neighbour
from gputerm.layout.tree import (
    Split,
    equalised,
    panes_of,
    path_to,
    replaced,
    split,
    swapped,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gputerm.layout.places import Grid, Rect
    from gputerm.layout.tree import Direction, Tree

__all__ = ["Tab", "Tabs"]


class Tab:
    """Panes that are shown together."""

    def __init__(self, number: int, tree: Tree, title: str | None = None) -> None:
        self.number = number
        self.title = title  #: given by the user; None: that of its focused pane
        self._tree = tree
        self._recent = list(panes_of(tree))[::-1]  # the one used last at the end
        self._zoomed = False

    @property
    def tree(self) -> Tree:
        """Its panes."""
        return self._tree

    @tree.setter
    def tree(self, tree: Tree) -> None:
        """Another tree, perhaps of other panes; the one used last of those that stay is focused."""
        panes = list(panes_of(tree))
        new = [pane for pane in reversed(panes) if pane not in self._recent]
        self._tree = tree
        self._recent = new + [pane for pane in self._recent if pane in panes]
        self._zoomed &= len(panes) > 1

    @property
    def panes(self) -> list[int]:
        """From left to right and from top to bottom."""
        return list(panes_of(self._tree))

    @property
    def focused(self) -> int:
        """The pane that the keyboard is for while this tab is shown."""
        return self._recent[-1]

    @property
    def recent(self) -> tuple[int, ...]:
        """Its panes, those used last at the end."""
        return tuple(self._recent)

    @property
    def zoomed(self) -> bool:
        """Whether only the focused pane is shown."""
        return self._zoomed

    @zoomed.setter
    def zoomed(self, zoomed: bool) -> None:
        self._zoomed = zoomed and isinstance(self._tree, Split)

    def focus(self, pane: int) -> None:
        """Make a pane the focused one; the others are shown again if it was another."""
        if pane != self.focused:
            self._recent.remove(pane)
            self._recent.append(pane)
            self._zoomed = False

    def split(self, pane: int, new: int, direction: Direction, ratio: float = 0.5) -> None:
        """A new pane beside one that is there, not focused."""
        self._zoomed = False
        self.tree = split(self._tree, pane, new, direction, ratio)

    def remove(self, pane: int) -> bool:
        """A pane leaves; the one used before it is focused. False: it is the only one and stays."""
        tree = without(self._tree, pane)
        if tree is None:
            return False
        self.tree = tree
        return True

    def swap(self, one: int, other: int) -> None:
        """Two panes change places; the focus stays with its pane."""
        self.tree = swapped(self._tree, one, other)

    def replace(self, pane: int, by: int) -> None:
        """Another pane takes one's place, and its focus."""
        self._tree = replaced(self._tree, pane, by)
        self._recent[self._recent.index(pane)] = by

    def equalise(self) -> None:
        """Make panes that follow each other equally large."""
        self._tree = equalised(self._tree)

    def following(self, pane: int, count: int) -> int:
        """The pane so many places behind one in order, around the end."""
        panes = self.panes
        return panes[(panes.index(pane) + count) % len(panes)]

    def beside(self, pane: int, direction: Direction, area: Rect, grid: Grid) -> int | None:
        """A pane's neighbour, also one that a zoomed pane hides."""
        places = arrange(self._tree, area, grid).panes
        return neighbour(places, pane, direction, self._recent)

    def arrangement(self, area: Rect, grid: Grid) -> Arrangement:
        """What is shown of the tab, and where."""
        return arrange(self.focused if self._zoomed else self._tree, area, grid)


class Tabs:
    """The tabs of one window: at least one, of which one is shown."""

    def __init__(self, first: Tab) -> None:
        self._tabs = [first]
        self._recent = [first]  # the current one at the end

    def __iter__(self) -> Iterator[Tab]:
        return iter(tuple(self._tabs))

    def __len__(self) -> int:
        return len(self._tabs)

    def __getitem__(self, index: int) -> Tab:
        return self._tabs[index]

    def index(self, tab: Tab) -> int:
        """Its place, from 0."""
        return self._tabs.index(tab)

    @property
    def current(self) -> Tab:
        """The one that is shown."""
        return self._recent[-1]

    @property
    def last_used(self) -> Tab | None:
        """The one that was shown before, if there are others."""
        return self._recent[-2] if len(self._recent) > 1 else None

    def with_pane(self, pane: int) -> Tab | None:
        """The tab that a pane is in."""
        return next((tab for tab in self._tabs if path_to(tab.tree, pane) is not None), None)

    def add(self, tab: Tab, index: int | None = None) -> None:
        """A further tab, behind the current one or at a place; not shown yet."""
        place = self.index(self.current) + 1 if index is None else index
        self._tabs.insert(place, tab)
        self._recent.insert(0, tab)

    def remove(self, tab: Tab) -> bool:
        """A tab leaves; the one shown before it is shown. False: it is the only one and stays."""
        if len(self._tabs) == 1:
            return False
        self._tabs.remove(tab)
        self._recent.remove(tab)
        return True

    def select(self, tab: Tab) -> None:
        """Show a tab."""
        self._recent.remove(tab)
        self._recent.append(tab)

    def following(self, count: int) -> Tab:
        """The tab so many places behind the current one, around the end."""
        return self._tabs[(self.index(self.current) + count) % len(self._tabs)]

    def move(self, tab: Tab, index: int) -> None:
        """Give a tab another place; beyond the ends is at the end."""
        self._tabs.remove(tab)
        self._tabs.insert(min(max(index, 0), len(self._tabs)), tab)
