"""Built-in characters: what each arm looks like, and that neighbours join at every cell size."""

import unicodedata

import numpy as np
import pytest

from gputerm.text.box_drawing import arms, draw

SIZES = [(8, 16), (7, 15), (10, 21), (13, 27)]
LIGHT, HEAVY, DOUBLE = 1, 2, 3

LINES = [c for c in range(0x2500, 0x2580) if not 0x256D <= c <= 0x2573]
DASHES = [c for c in LINES if " DASH " in unicodedata.name(chr(c))]
ARMS = [c for c in LINES if c not in DASHES]


def thickness(width):
    return max(1, round(width / 8))


def cell(character, width, height):
    drawn = draw(ord(character), width, height, thickness(width))
    assert drawn is not None
    assert drawn.shape == (height, width)
    assert drawn.dtype == np.uint8
    return drawn


def picture(drawn):
    return ["".join(".-#"[int(value > 0) + int(value == 255)] for value in row) for row in drawn]


def weights(codepoint):
    return arms(unicodedata.name(chr(codepoint)).removeprefix("BOX DRAWINGS "))


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        ("─", [0, 0, 1, 1]),
        ("┃", [2, 2, 0, 0]),
        ("┌", [0, 1, 0, 1]),
        ("┍", [0, 1, 0, 2]),
        ("┞", [2, 1, 0, 1]),
        ("╊", [2, 2, 1, 2]),
        ("╬", [3, 3, 3, 3]),
        ("╓", [0, 3, 0, 1]),
        ("╪", [1, 1, 3, 3]),
        ("╴", [0, 0, 1, 0]),
        ("╾", [0, 0, 2, 1]),
        ("╽", [1, 2, 0, 0]),
    ],
)
def test_the_unicode_name_tells_the_arms(character, expected):
    assert weights(ord(character)) == expected


def test_a_double_corner_closes_outside_and_opens_inside():
    assert picture(cell("╔", 8, 8)) == [
        "........",
        "........",
        "..######",
        "..#.....",
        "..#.####",
        "..#.#...",
        "..#.#...",
        "..#.#...",
    ]


def test_a_double_corner_towards_the_upper_left_is_no_thicker():
    assert picture(cell("╝", 8, 8)) == [
        "..#.#...",
        "..#.#...",
        "###.#...",
        "....#...",
        "#####...",
        "........",
        "........",
        "........",
    ]
    assert picture(cell("┘", 8, 4)) == ["...#....", "####....", "........", "........"]


def test_a_light_line_meets_a_double_one():
    assert picture(cell("╟", 8, 6)) == [
        "..#.#...",
        "..#.#...",
        "..#.####",
        "..#.#...",
        "..#.#...",
        "..#.#...",
    ]
    assert picture(cell("╤", 8, 8))[2:6] == ["########", "........", "########", "...#...."]


def test_a_heavy_arm_ends_where_the_light_one_begins():
    assert picture(cell("╾", 8, 6))[2:4] == ["########", "####...."]


@pytest.mark.parametrize("size", SIZES)
def test_arms_reach_the_edge_where_the_neighbour_of_that_weight_goes_on(size):
    sides = {  # the edge of the cell that an arm reaches: up, down, left, right
        0: lambda drawn: drawn[0],
        1: lambda drawn: drawn[-1],
        2: lambda drawn: drawn[:, 0],
        3: lambda drawn: drawn[:, -1],
    }
    straight = {
        LIGHT: (cell("│", *size), cell("─", *size)),
        HEAVY: (cell("┃", *size), cell("━", *size)),
        DOUBLE: (cell("║", *size), cell("═", *size)),
    }
    for codepoint in ARMS:
        drawn = cell(chr(codepoint), *size)
        for side, weight in enumerate(weights(codepoint)):
            edge = sides[side](drawn)
            if weight:
                line = straight[weight][0] if side < 2 else straight[weight][1]
                assert (edge == sides[side](line)).all(), f"{chr(codepoint)} side {side} at {size}"
            else:
                assert not edge.any(), f"{chr(codepoint)} side {side} at {size}"


@pytest.mark.parametrize("size", SIZES)
def test_every_box_is_one_connected_figure(size):
    for codepoint in ARMS:
        present = [weight for weight in weights(codepoint) if weight]
        if DOUBLE in present:
            continue  # rails of a double line needn't touch
        drawn = cell(chr(codepoint), *size) > 0
        reached = np.zeros_like(drawn)
        reached[tuple(np.argwhere(drawn)[0])] = True
        while True:
            grown = reached.copy()
            grown[1:] |= reached[:-1]
            grown[:-1] |= reached[1:]
            grown[:, 1:] |= reached[:, :-1]
            grown[:, :-1] |= reached[:, 1:]
            grown &= drawn
            if (grown == reached).all():
                break
            reached = grown
        assert (reached == drawn).all(), f"{chr(codepoint)} at {size} falls apart"


@pytest.mark.parametrize("size", SIZES)
def test_round_corners_join_straight_lines(size):
    vertical, horizontal = cell("│", *size), cell("─", *size)
    for character, down, right in (("╭", 1, 1), ("╮", 1, 0), ("╰", 0, 1), ("╯", 0, 0)):
        drawn = cell(character, *size)
        bottom, side = drawn[-1 if down else 0], drawn[:, -1 if right else 0]
        # Where the arc ends at the very edge its last pixel may bend by less than an eighth.
        assert np.abs(bottom.astype(int) - vertical[0]).max() <= 32, character
        assert np.abs(side.astype(int) - horizontal[:, 0]).max() <= 32, character
        assert not drawn[0 if down else -1].any()
        assert not drawn[:, 0 if right else -1].any()


@pytest.mark.parametrize("size", SIZES)
def test_dashes_repeat_evenly_across_cells(size):
    for codepoint in DASHES:
        name = unicodedata.name(chr(codepoint))
        drawn = cell(chr(codepoint), *size)
        line = drawn.max(axis=0 if "HORIZONTAL" in name else 1) > 0
        row = np.tile(line, 3)
        starts = np.flatnonzero(np.diff(row.astype(int)) == 1)
        count = {"DOUBLE": 2, "TRIPLE": 3, "QUADRUPLE": 4}[name.split()[-3]]
        count = min(count, len(line) // 2)  # seven pixels have no room for four dashes and gaps
        assert len(starts) in (3 * count - 1, 3 * count), f"{chr(codepoint)} at {size}: {line}"
        gaps = np.diff(starts)
        assert gaps.max() - gaps.min() <= 1, f"{chr(codepoint)} at {size}"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "pair", ["▀▄", "▌▐", "▔▇", "▉▕", "▚▞", "▘▟", "▝▙", "▖▜", "▗▛", "🮂▆", "🮃▅", "🮄▃"]
)
def test_complements_fill_the_cell_without_gap_or_overlap(size, pair):
    first, second = (cell(character, *size).astype(int) for character in pair)
    assert ((first + second) == 255).all()


@pytest.mark.parametrize("size", SIZES)
def test_steps_of_eighths_never_shrink(size):
    for steps in ("▁▂▃▄▅▆▇█", "▏▎▍▌▋▊▉█"):
        areas = [int((cell(character, *size) > 0).sum()) for character in steps]
        assert areas == sorted(areas)
        assert areas[-1] == size[0] * size[1]
        assert areas[0] > 0


def test_blocks_are_rounded_to_the_nearest_pixel():
    assert [int((cell(block, 10, 21)[:, 0] > 0).sum()) for block in "▁▂▃▄▅▆▇"] == [
        *(3, 5, 8, 10, 13, 16, 18),
    ]
    assert [int((cell(block, 13, 27)[0] > 0).sum()) for block in "▏▎▍▌▋▊▉"] == [
        *(2, 3, 5, 6, 8, 10, 11),
    ]


def test_shades_are_three_greys():
    values = [np.unique(cell(character, 9, 20)).tolist() for character in "░▒▓"]
    assert values == [[64], [128], [192]]


def test_sextants_follow_their_names():
    for codepoint in range(0x1FB00, 0x1FB3C):
        drawn = draw(codepoint, 6, 9, 1)
        digits = unicodedata.name(chr(codepoint)).rpartition("-")[2]
        found = "".join(
            str(position + 1)
            for position in range(6)
            if drawn[position // 2 * 3 + 1, position % 2 * 3 + 1]
        )
        assert found == digits


def test_octants_begin_and_end_as_in_the_unicode_chart():
    def octants(codepoint):
        drawn = draw(codepoint, 6, 12, 1)
        return "".join(
            str(position + 1)
            for position in range(8)
            if drawn[position // 2 * 3 + 1, position % 2 * 3 + 1]
        )

    assert octants(0x1CD00) == "3"
    assert octants(0x1CD03) == "4"
    assert octants(0x1CD09) == "5"
    assert octants(0x1CDE5) == "2345678"


@pytest.mark.parametrize("size", SIZES)
def test_braille_dots_are_all_of_one_size_and_apart(size):
    for bit in range(8):
        dot = cell(chr(0x2800 | 1 << bit), *size) > 0
        assert dot.sum() == cell("⠁", *size).astype(bool).sum()
    full = cell("⣿", *size) > 0
    assert full.sum() == 8 * (cell("⠁", *size) > 0).sum()
    assert not cell("⠀", *size).any()


@pytest.mark.parametrize("size", SIZES)
def test_powerline_arrows_are_mirrored_and_full_at_their_base(size):
    for right, left in ((0xE0B0, 0xE0B2), (0xE0B1, 0xE0B3), (0xE0B4, 0xE0B6), (0xE0B5, 0xE0B7)):
        a, b = draw(right, *size, 1).astype(int), draw(left, *size, 1).astype(int)
        assert np.abs(a - b[:, ::-1]).max() <= 4, hex(right)
    arrow = draw(0xE0B0, *size, 1)
    assert (arrow[size[1] // 4 : -size[1] // 4, 0] > 200).all()
    lower, upper = draw(0xE0B8, *size, 1).astype(int), draw(0xE0BE, *size, 1).astype(int)
    assert np.abs(lower + upper - 255).max() <= 8  # two sides of one line


@pytest.mark.parametrize("size", SIZES)
def test_mosaics_cover_the_corner_they_are_named_for(size):
    corners = {
        "LOWER LEFT": (-1, 0),
        "LOWER RIGHT": (-1, -1),
        "UPPER LEFT": (0, 0),
        "UPPER RIGHT": (0, -1),
    }
    for codepoint in range(0x1FB3C, 0x1FB68):
        corner = unicodedata.name(chr(codepoint)).partition(" BLOCK")[0]
        drawn = draw(codepoint, *size, 1)
        row, column = corners[corner]
        assert drawn[row, column] > 60, unicodedata.name(chr(codepoint))
        assert 0 < drawn.mean() < 255


def test_nothing_raises_or_changes_shape_in_the_smallest_cells():
    for width, height in ((1, 1), (2, 3), (3, 2), (40, 3), (3, 60)):
        for codepoint in (
            *range(0x2500, 0x25A0),
            *range(0x2800, 0x2900, 7),
            *range(0xE0B0, 0xE0C0),
        ):
            assert draw(codepoint, width, height, 1).shape == (height, width)
        for codepoint in (*range(0x1FB00, 0x1FBAF), *range(0x1CD00, 0x1CDE6)):
            drawn = draw(codepoint, width, height, 1)
            assert drawn is None or drawn.shape == (height, width)


def test_other_characters_are_left_to_fonts():
    for codepoint in (0x41, 0x24FF, 0x25A0, 0x27FF, 0x2900, 0xE0A0, 0xE0C0, 0x1FB93, 0x1FB95):
        assert draw(codepoint, 8, 16, 1) is None
