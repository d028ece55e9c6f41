"""Where panes and dividers are: they cover the area exactly, whatever the tree."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from trees import areas, directions, grids, trees

from gputerm.layout.places import (
    MIN_COLUMNS,
    MIN_LINES,
    Grid,
    Rect,
    arrange,
    dragged,
    neighbour,
    resized,
    smallest,
)
from gputerm.layout.tree import Axis, Direction, Split, panes_of

GRID = Grid(cell=(8, 16), around=(4, 2), divider=1)
AREA = Rect(0, 0, 8 * 80 + 4, 16 * 24 + 2)  # 80x24
THREE = Split(Axis.ACROSS, 0.5, 1, Split(Axis.DOWN, 0.5, 2, 3))


def cells(rect, grid):
    return (
        (rect.width - grid.around[0]) // grid.cell[0],
        (rect.height - grid.around[1]) // grid.cell[1],
    )


@given(trees(), st.builds(Rect, st.just(3), st.just(5), st.integers(1, 300), st.integers(1, 300)))
def test_panes_and_dividers_cover_the_area_without_gap_or_overlap(tree, area):
    grid = Grid(cell=(3, 5), around=(1, 2), divider=2)
    least = smallest(tree, grid)
    covered = np.zeros((max(area.height, least[1]) + 5, max(area.width, least[0]) + 3), int)
    found = arrange(tree, area, grid)
    for rect in (*found.panes.values(), *(divider.rect for divider in found.dividers)):
        assert rect.width > 0
        assert rect.height > 0
        covered[rect.y : rect.bottom, rect.x : rect.right] += 1
        assert rect.right <= covered.shape[1]
        assert rect.bottom <= covered.shape[0]
    assert covered[5:, 3:].min() == covered[5:, 3:].max() == 1
    assert not covered[:5].any()
    assert not covered[:, :3].any()


@given(trees(), areas, grids)
def test_each_pane_has_its_least_size(tree, area, grid):
    found = arrange(tree, area, grid)
    assert sorted(found.panes) == sorted(panes_of(tree))
    for rect in found.panes.values():
        columns, lines = cells(rect, grid)
        assert columns >= MIN_COLUMNS
        assert lines >= MIN_LINES


@given(trees(), areas, grids)
def test_what_is_at_a_pixel_is_what_covers_it(tree, area, grid):
    found = arrange(tree, area, grid)
    for pane, rect in found.panes.items():
        assert found.pane_at(rect.x, rect.y) == pane
        assert found.pane_at(rect.right - 1, rect.bottom - 1) == pane
        assert found.divider_at(rect.x, rect.y) is None
    for divider in found.dividers:
        assert found.divider_at(divider.rect.x, divider.rect.y) == divider
        assert found.pane_at(divider.rect.x, divider.rect.y) is None


def test_half_of_eighty_columns():
    found = arrange(Split(Axis.ACROSS, 0.5, 1, 2), AREA, GRID)
    assert [cells(found.panes[pane], GRID)[0] for pane in (1, 2)] == [40, 39]


@given(trees(), areas, grids, st.integers(1, 8), directions, st.integers(-50, 50))
def test_a_divider_moves_by_whole_cells_and_back(tree, area, grid, number, direction, count):
    pane = min(number, len(list(panes_of(tree))))
    moved = resized(tree, area, grid, pane, direction, count)
    assert list(panes_of(moved)) == list(panes_of(tree))
    before, after = (arrange(one, area, grid).panes[pane] for one in (tree, moved))
    index = 0 if direction.axis is Axis.ACROSS else 1
    assert before[3 - index] == after[3 - index]
    assert abs(cells(after, grid)[index] - cells(before, grid)[index]) <= abs(count) + 1
    again = resized(moved, area, grid, pane, direction, 0)
    assert arrange(again, area, grid) == arrange(moved, area, grid)


def test_a_pane_at_the_left_grows_and_one_at_the_right_shrinks():
    for pane, columns in ((1, 43), (2, 36), (3, 36)):
        moved = resized(THREE, AREA, GRID, pane, Direction.RIGHT, 3)
        assert cells(arrange(moved, AREA, GRID).panes[pane], GRID)[0] == columns
    moved = resized(THREE, AREA, GRID, 3, Direction.UP, 2)
    places = arrange(moved, AREA, GRID).panes
    assert [cells(places[pane], GRID)[1] for pane in (2, 3)] == [10, 13]
    assert resized(Split(Axis.ACROSS, 0.5, 1, 2), AREA, GRID, 1, Direction.UP, 2).ratio == 0.5
    assert resized(1, AREA, GRID, 1, Direction.UP, 2) == 1


@given(trees(), areas, grids, st.integers(0, 7), st.integers(-100, 5000), st.integers(-100, 5000))
def test_a_dragged_divider_lies_under_the_pointer_or_at_its_limit(tree, area, grid, n, x, y):
    dividers = arrange(tree, area, grid).dividers
    if not dividers:
        return
    before = dividers[n % len(dividers)]
    moved = dragged(tree, area, grid, before.path, x, y)
    now = next(one for one in arrange(moved, area, grid).dividers if one.path == before.path)
    index = 0 if now.axis is Axis.ACROSS else 1
    assert now.rect[1 - index] == before.rect[1 - index]
    limits = []
    for far in (-10_000, 10_000):
        ends = arrange(dragged(tree, area, grid, before.path, far, far), area, grid).dividers
        limits.append(next(one.rect[index] for one in ends if one.path == before.path))
    wanted = min(max((x, y)[index], limits[0]), limits[1])
    assert abs(now.rect[index] - wanted) <= grid.cell[index]


@given(trees(), st.integers(1, 4000), st.integers(1, 4000), areas, grids)
def test_a_window_that_gets_its_size_back_looks_as_before(tree, width, height, area, grid):
    before = arrange(tree, area, grid)
    arrange(tree, area._replace(width=width, height=height), grid)
    assert arrange(tree, area, grid) == before


@given(trees(), areas, grids, directions)
def test_neighbours_touch_and_are_there_whenever_the_pane_is_not_at_the_edge(
    tree, area, grid, direction
):
    panes = arrange(tree, area, grid).panes
    edges = {
        Direction.LEFT: lambda rect: rect.x == area.x,
        Direction.RIGHT: lambda rect: rect.right == max(r.right for r in panes.values()),
        Direction.UP: lambda rect: rect.y == area.y,
        Direction.DOWN: lambda rect: rect.bottom == max(r.bottom for r in panes.values()),
    }
    for pane, rect in panes.items():
        other = neighbour(panes, pane, direction)
        assert (other is None) == edges[direction](rect)
        if other is not None:
            there = panes[other]
            gap = {
                Direction.LEFT: rect.x - there.right,
                Direction.RIGHT: there.x - rect.right,
                Direction.UP: rect.y - there.bottom,
                Direction.DOWN: there.y - rect.bottom,
            }[direction]
            assert gap == grid.divider


def test_of_several_neighbours_the_one_used_last_is_meant():
    panes = arrange(THREE, AREA, GRID).panes
    assert neighbour(panes, 1, Direction.RIGHT) == 2  # by a pixel the larger one
    assert neighbour(panes, 1, Direction.RIGHT, [2, 3]) == 3
    assert neighbour(panes, 1, Direction.RIGHT, [3, 2]) == 2
    assert neighbour(panes, 3, Direction.LEFT) == 1
    assert neighbour(panes, 3, Direction.RIGHT) is None
