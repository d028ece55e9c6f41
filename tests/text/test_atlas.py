"""Packing: what was put in is found again, nothing overlaps, readers learn what changed."""

import numpy as np
import pytest

from gputerm.text import atlas as module
from gputerm.text.atlas import MAX_SPRITES, PAGE_SIZE, Atlas


def glyph(random, *, colored=False):
    height, width = int(random.integers(1, 40)), int(random.integers(1, 30))
    shape = (height, width, 4) if colored else (height, width)
    return random.integers(1, 256, shape).astype(np.uint8)


def stored(atlas, sprite):
    record = atlas.records[sprite]
    pages = atlas.color if record["colored"] else atlas.coverage
    x, y, w, h = (int(record[name]) for name in "xywh")
    return pages[record["page"]][y : y + h, x : x + w]


@pytest.fixture
def random():
    return np.random.default_rng(7)


def test_slot_zero_is_nothing_and_blank_pictures_get_it():
    atlas = Atlas()
    assert atlas.count == 1
    assert not atlas.quads[0].any()
    assert atlas.add(np.zeros((0, 5), np.uint8), 0, 0) == 0
    assert atlas.add(np.zeros((5, 0), np.uint8), 0, 0) == 0


def test_pictures_come_back_unchanged_and_apart(random):
    atlas = Atlas()
    glyphs = {}
    for number in range(3000):
        pixels = glyph(random, colored=number % 7 == 0)
        sprite = atlas.add(pixels, number % 5 - 2, number % 9)
        glyphs[sprite] = pixels
    assert list(glyphs) == list(range(1, 3001))
    used = {}
    for sprite, pixels in glyphs.items():
        assert (stored(atlas, sprite) == pixels).all()
        record = atlas.records[sprite]
        key = int(record["colored"]), int(record["page"])
        taken = used.setdefault(key, np.zeros((PAGE_SIZE, PAGE_SIZE), bool))
        x, y, w, h = (int(record[name]) for name in "xywh")
        assert not taken[y : y + h + 1, x : x + w + 1].any(), "glyphs touch"
        taken[y : y + h, x : x + w] = True
        assert (record["left"], record["top"]) == ((sprite - 1) % 5 - 2, (sprite - 1) % 9)


def test_quads_are_the_records_as_a_shader_reads_them(random):
    atlas = Atlas()
    atlas.add(glyph(random), 0, 0)
    sprite = atlas.add(np.full((3, 5, 4), 9, np.uint8), -2, 4)
    record, quad = atlas.records[sprite], atlas.quads[sprite].tolist()
    assert quad[0] == (-2 & 0xFFFF) | 4 << 16
    assert quad[1] == 5 | 3 << 16
    assert quad[2] == int(record["x"]) | int(record["y"]) << 16
    assert quad[3] == int(record["page"]) | 1 << 16
    assert quad[4] == 0xFF000000


def test_changes_cover_what_is_new_and_only_touched_pages(random):
    atlas = Atlas()
    for _ in range(40):
        atlas.add(glyph(random), 0, 0)
    seen = atlas.count
    assert atlas.changes(seen) == []
    new = [atlas.add(glyph(random, colored=colored), 0, 0) for colored in (False, True, True)]
    changes = atlas.changes(seen)
    assert sorted({change.colored for change in changes}) == [False, True]
    for sprite in new:
        record = atlas.records[sprite]
        assert any(
            change.colored == bool(record["colored"])
            and change.page == record["page"]
            and change.x <= record["x"]
            and change.y <= record["y"]
            and change.x + change.w >= int(record["x"]) + int(record["w"])
            and change.y + change.h >= int(record["y"]) + int(record["h"])
            for change in changes
        )


def test_a_full_atlas_says_so_and_begins_anew(monkeypatch):
    monkeypatch.setattr(module, "MAX_COVERAGE_PAGES", 2)
    atlas = Atlas()
    pixels = np.full((255, 255), 1, np.uint8)
    sprites = [atlas.add(pixels, 0, 0) for _ in range(33)]
    assert sprites[:32] == list(range(1, 33))
    assert sprites[32] is None
    assert len(atlas.coverage) == 2
    atlas.reset()
    assert (atlas.generation, atlas.count, atlas.coverage) == (1, 1, [])
    assert atlas.add(pixels, 0, 0) == 1
    assert int(atlas.coverage[0].sum()) == 255 * 255, "old glyphs are gone"


def test_slots_are_limited():
    atlas = Atlas()
    atlas.count = MAX_SPRITES - 1
    assert atlas.add(np.ones((1, 1), np.uint8), 0, 0) == MAX_SPRITES - 1
    assert atlas.add(np.ones((1, 1), np.uint8), 0, 0) is None


def test_a_picture_larger_than_a_page_is_cut():
    atlas = Atlas()
    sprite = atlas.add(np.ones((2000, 1500), np.uint8), 0, 0)
    assert stored(atlas, sprite).shape == (PAGE_SIZE - 1, PAGE_SIZE - 1)


def test_without_memory_for_a_page_the_atlas_is_full(monkeypatch):
    monkeypatch.setattr(module, "PAGE_SIZE", 1 << 24)  # more than there are addresses
    atlas = Atlas()
    assert atlas.add(np.full((4, 4), 255, np.uint8), 0, 0) is None
    assert atlas.count == 1
