"""Tabs and panes: whatever is done to them, what must hold does."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from trees import directions

from gputerm.layout.places import Grid, Rect, arrange, resized
from gputerm.layout.tabs import Tab, Tabs
from gputerm.layout.tree import (
    Axis,
    Direction,
    Split,
    equalised,
    panes_of,
    path_to,
    split,
    subtree,
    swapped,
    without,
)

GRID = Grid(cell=(8, 16), around=(0, 0), divider=1)
AREA = Rect(0, 0, 800, 600)


def test_a_split_and_its_end():
    tree = split(1, 1, 2, Direction.RIGHT)
    assert tree == Split(Axis.ACROSS, 0.5, 1, 2)
    tree = split(tree, 2, 3, Direction.UP, 0.7)
    assert list(panes_of(tree)) == [1, 3, 2]
    assert round(tree.second.ratio, 6) == 0.3
    assert subtree(tree, path_to(tree, 2)) == 2
    assert list(panes_of(swapped(tree, 1, 2))) == [2, 3, 1]
    assert without(tree, 3) == Split(Axis.ACROSS, 0.5, 1, 2)
    assert without(without(tree, 1), 2) == 3
    assert without(3, 3) is None


def test_equal_panes():
    tree = 1
    for new in (2, 3, 4):
        tree = split(tree, new - 1, new, Direction.RIGHT)
    tree = split(tree, 4, 5, Direction.DOWN, 0.9)
    panes = arrange(equalised(tree), AREA, GRID).panes
    widths = [panes[pane].width // 8 for pane in (1, 2, 3, 4)]
    assert max(widths) - min(widths) <= 1
    assert abs(panes[4].height - panes[5].height) <= 16


def test_the_focus_goes_to_the_pane_used_before():
    tab = Tab(1, 1)
    for new in (2, 3):
        tab.split(1, new, Direction.RIGHT)
        tab.focus(new)
    tab.focus(1)
    tab.remove(1)
    assert tab.focused == 3
    tab.remove(3)
    assert tab.focused == 2
    assert not tab.remove(2)


def test_a_zoomed_pane_is_alone_until_another_is_wanted():
    tab = Tab(1, 1)
    tab.zoomed = True
    assert not tab.zoomed
    tab.split(1, 2, Direction.RIGHT)
    tab.zoomed = True
    assert tab.arrangement(AREA, GRID).panes == {1: AREA}
    assert tab.beside(1, Direction.RIGHT, AREA, GRID) == 2
    tab.focus(2)
    assert len(tab.arrangement(AREA, GRID).panes) == 2
    tab.zoomed = True
    tab.remove(1)
    assert not tab.zoomed


def test_tabs_in_order_and_by_use():
    tabs = Tabs(Tab(1, 1))
    assert tabs.last_used is None
    assert not tabs.remove(tabs.current)
    for number in (2, 3):
        tabs.add(Tab(number, number))
    assert [tab.number for tab in tabs] == [1, 3, 2]
    tabs.select(tabs[2])
    assert tabs.following(1).number == 1
    assert tabs.last_used.number == 1
    tabs.select(tabs.last_used)
    assert (tabs.current.number, tabs.last_used.number) == (1, 2)
    tabs.move(tabs.current, 99)
    assert [tab.number for tab in tabs] == [3, 2, 1]
    assert tabs.with_pane(2).number == 2
    assert tabs.with_pane(4) is None
    tabs.remove(tabs.current)
    assert tabs.current.number == 2


class AnyWindow(RuleBasedStateMachine):
    """A window whose user does anything."""

    @initialize()
    def begin(self):
        self.newest = 1
        self.tabs = Tabs(Tab(1, 1))
        self.panes = {1}

    def new(self):
        self.newest += 1
        self.panes.add(self.newest)
        return self.newest

    def some_pane(self, number):
        return sorted(self.panes)[number % len(self.panes)]

    @rule(direction=directions, number=st.integers(0), ratio=st.floats(0, 1), focus=st.booleans())
    def split(self, direction, number, ratio, focus):
        pane = self.some_pane(number)
        tab, new = self.tabs.with_pane(pane), self.new()
        tab.split(pane, new, direction, ratio)
        if focus:
            tab.focus(new)
            assert tab.focused == new

    @rule(show=st.booleans())
    def open_tab(self, show):
        tab = Tab(self.newest, self.new())
        self.tabs.add(tab)
        if show:
            self.tabs.select(tab)

    @rule(number=st.integers(0))
    def close(self, number):
        pane = self.some_pane(number)
        tab = self.tabs.with_pane(pane)
        if tab.remove(pane) or self.tabs.remove(tab):
            self.panes.remove(pane)

    @rule(one=st.integers(0), other=st.integers(0))
    def swap(self, one, other):
        first, second = self.some_pane(one), self.some_pane(other)
        tab = self.tabs.with_pane(first)
        focused = tab.focused
        if second in tab.panes:
            tab.swap(first, second)
            assert tab.focused == focused

    @rule(number=st.integers(0))
    def replace(self, number):
        pane, new = self.some_pane(number), self.new()
        self.tabs.with_pane(pane).replace(pane, new)
        self.panes.remove(pane)

    @rule(number=st.integers(0))
    def focus(self, number):
        pane = self.some_pane(number)
        tab = self.tabs.with_pane(pane)
        tab.focus(pane)
        self.tabs.select(tab)
        assert self.tabs.current.focused == pane

    @rule(number=st.integers(0), direction=directions)
    def go(self, number, direction):
        tab = self.tabs.current
        beside = tab.beside(tab.focused, direction, AREA, GRID)
        tab.focus(tab.following(tab.focused, number) if beside is None else beside)

    @rule(number=st.integers(0), direction=directions, cells=st.integers(-20, 20))
    def resize(self, number, direction, cells):
        pane = self.some_pane(number)
        tab = self.tabs.with_pane(pane)
        tab.tree = resized(tab.tree, AREA, GRID, pane, direction, cells)

    @rule()
    def zoom(self):
        self.tabs.current.zoomed = not self.tabs.current.zoomed

    @rule()
    def equalise(self):
        self.tabs.current.equalise()

    @rule(number=st.integers(0), index=st.integers(-3, 20))
    def move(self, number, index):
        self.tabs.move(self.tabs.with_pane(self.some_pane(number)), index)

    @rule(count=st.integers(-5, 5))
    def go_to_tab(self, count):
        self.tabs.select(self.tabs.following(count))

    @invariant()
    def holds(self):
        shown = [pane for tab in self.tabs for pane in tab.panes]
        assert sorted(shown) == sorted(self.panes)  # each in one place
        assert len(self.tabs) >= 1
        assert self.tabs.current in list(self.tabs)
        assert (self.tabs.last_used is None) == (len(self.tabs) == 1)
        for tab in self.tabs:
            assert tab.focused in tab.panes
            assert sorted(tab.recent) == sorted(tab.panes)
            places = tab.arrangement(AREA, GRID).panes
            assert sorted(places) == ([tab.focused] if tab.zoomed else sorted(tab.panes))
            assert not (tab.zoomed and len(tab.panes) == 1)


TestAnyWindow = AnyWindow.TestCase
