"""How windows of any size are filled with cells, whatever the configuration says."""

import pytest

from gputerm.config import Config, with_overrides
from gputerm.configured.geometry import font_options, layout, window_size
from gputerm.limits import MAX_COLUMNS, MAX_LINES, MAX_SIDE_PX
from gputerm.text import FontOptions, Metrics
from gputerm.text.metrics import LineMetrics, cell_metrics, undrawable


def metrics(advance=9.0, height=21.0, offset=(0, 0)) -> Metrics:
    return cell_metrics(line(advance, height), offset)


def line(advance=9.0, height=21.0) -> LineMetrics:
    return LineMetrics(advance, height * 0.75, -height * 0.25, height, -2.0, 1.0, 4.0, 1.0)


def configured(*options: str) -> Config:
    config, problems = with_overrides(Config(), options)
    assert not problems
    return config


@pytest.mark.parametrize("padding", [0, 5, 3840])
@pytest.mark.parametrize("dynamic", ["true", "false"])
@pytest.mark.parametrize("scale", [0.01, 1.0, 2.0, 100.0])
@pytest.mark.parametrize("side", [0, 1, 17, 640, 16_384, 65_535])
def test_the_grid_lies_in_what_can_be_drawn(padding, dynamic, scale, side):
    config = configured(
        f"window.padding.x={padding}",
        f"window.padding.y={padding}",
        f"window.dynamic_padding={dynamic}",
    )
    for cell in (metrics(1, 1), metrics(), metrics(5000, 9000)):
        lines, columns, (left, top) = layout(config, cell, scale, side, side)
        assert columns >= 2
        assert lines >= 1
        assert min(left, top) >= 0
        for cells, length, start in (
            (columns, cell.cell_width, left),
            (lines, cell.cell_height, top),
        ):
            assert start + cells * length <= max(side, 2 * length)
            assert start + cells * length <= MAX_SIDE_PX


def test_no_grid_is_larger_than_what_a_program_may_ask_for():
    lines, columns, _ = layout(Config(), metrics(1, 1), 1.0, 30_000, 30_000)
    assert (lines, columns) == (MAX_LINES, MAX_COLUMNS)


def test_padding_is_kept_where_there_is_room_for_it():
    config = configured("window.padding.x=10", "window.padding.y=20")
    width, height = window_size(config, metrics(), 2.0, 24, 80)
    assert (width, height) == (80 * 9 + 40, 24 * 21 + 80)
    assert layout(config, metrics(), 2.0, width, height) == (24, 80, (20, 40))


def test_an_offset_that_leaves_no_cell_is_ignored_and_told():
    for offset, cell in (((-8, 0), (1, 21)), ((-9, -128), (9, 21)), ((-100, 3), (9, 24))):
        found = metrics(offset=offset)
        assert (found.cell_width, found.cell_height) == cell
    told = undrawable(FontOptions(offset=(-100, -21)), line())
    assert told == [
        "font.offset.x: -100 leaves nothing of a cell 9 pixels wide; ignored",
        "font.offset.y: -21 leaves nothing of a cell 21 pixels high; ignored",
    ]
    assert undrawable(FontOptions(offset=(-8, -20)), line()) == []


def test_text_larger_than_the_atlas_takes_is_drawn_smaller_and_told():
    options = font_options(configured("font.size=3999"), 2.0)
    assert options.size_px == 768
    told = undrawable(options, line())
    assert told == ["font.size: 3999 points are 10664 pixels here; using 768"]
    large = metrics(5000.0, 9000.0, (127, 127))
    assert (large.cell_width, large.cell_height) == (511, 1023)
