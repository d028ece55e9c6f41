"""Trees, areas and grids that hypothesis makes up."""

from hypothesis import strategies as st

from gputerm.layout.places import Grid, Rect
from gputerm.layout.tree import Direction, split

directions = st.sampled_from(Direction)

grids = st.builds(
    Grid,
    cell=st.tuples(st.integers(1, 30), st.integers(1, 60)),
    around=st.tuples(st.integers(0, 20), st.integers(0, 20)),
    divider=st.integers(1, 5),
)
areas = st.builds(
    Rect,
    x=st.integers(0, 50),
    y=st.integers(0, 50),
    width=st.integers(1, 4000),
    height=st.integers(1, 4000),
)


@st.composite
def trees(draw, most=8):
    """Panes 1 to n, each split off one of those before."""
    tree = 1
    for new in range(2, draw(st.integers(1, most)) + 1):
        pane = draw(st.integers(1, new - 1))
        tree = split(tree, pane, new, draw(directions), draw(st.floats(0, 1)))
    return tree
