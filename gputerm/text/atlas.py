"""Sprites: glyphs as pictures, packed into numpy pages. No GL: the renderer copies.

    page (1024 × 1024)          shelves: a row as high as its tallest glyph, filled from the left;
    ┌──┬───┬──┬──┬────────┐     a glyph goes to the lowest shelf that fits without wasting
    │A │ W │g │. │ free   │     more than a quarter of its height, else opens a new one.
    ├──┴┬──┴─┬┴──┴────────┤
    │字 │ 語 │   free     │     Each glyph keeps a column and row of zeros to its right and below.
    ├───┴────┴────────────┤
    │       free          │
    └─────────────────────┘
Within a generation the atlas only grows: what was written stays. When it is full everything is
forgotten and the generation rises; sprites of an older generation mean nothing.
"""

from typing import NamedTuple

import numpy as np

PAGE_SIZE = 1024  #: px; every GL 3.3 driver takes at least this for each side
#: 16 MB of coverage: 100,000 glyphs of 8 × 16, or four screens of different CJK at 4K.
MAX_COVERAGE_PAGES = 16
MAX_COLOR_PAGES = 8  #: 32 MB, 15,000 emoji at the usual size
MAX_SPRITES = 65536  #: so that a sprite takes 16 bits
MAX_OPEN_SHELVES = 64  #: shelves looked at for each glyph

#: In the order of a quad (shaders/quad.glsl), so that painting copies records whole.
RECORD = np.dtype(
    [
        *((name, np.int16) for name in ("left", "top")),  # from the cell's top left corner, y down
        *((name, np.uint16) for name in ("w", "h", "x", "y")),  # size; place in the page
        *((name, np.uint16) for name in ("page", "colored")),  # `colored` is 1 on colour pages
        ("color", np.uint32),  # 0xAARRGGBB, opaque black
    ]
)
_BLACK = 0xFF000000


class Change(NamedTuple):
    """A rectangle of a page that was written."""

    colored: bool
    page: int
    x: int
    y: int
    w: int
    h: int


class _Shelf:
    __slots__ = ("height", "page", "x", "y")

    def __init__(self, page: int, y: int, height: int) -> None:
        self.page = page
        self.y = y
        self.height = height
        self.x = 0


class _Pages:
    """The pages of one pixel format and their shelves."""

    def __init__(self, shape: tuple[int, ...], limit: int) -> None:
        self.shape = shape
        self.limit = limit
        self.pages: list[np.ndarray] = []
        self.shelves: list[_Shelf] = []
        self.next_y = PAGE_SIZE  # of the last page

    def place(self, width: int, height: int) -> tuple[int, int, int] | None:
        """(page, x, y) of free room; None when the last page is full, or memory is."""
        width, height = width + 1, height + 1
        for shelf in self.shelves:
            if height <= shelf.height <= height * 4 // 3 and shelf.x + width <= PAGE_SIZE:
                break
        else:
            if self.next_y + height > PAGE_SIZE:
                if len(self.pages) == self.limit:
                    return None
                try:
                    self.pages.append(np.zeros(self.shape, np.uint8))
                except MemoryError:
                    return None
                self.next_y = 0
            shelf = _Shelf(len(self.pages) - 1, self.next_y, height)
            self.next_y += height
            # Newest first, because a run of misses is of one height; the oldest are full by then.
            self.shelves = [shelf, *self.shelves[: MAX_OPEN_SHELVES - 1]]
        x = shelf.x
        shelf.x += width
        return shelf.page, x, shelf.y


class Atlas:
    """Pages and sprite records.

    A sprite is a number; `records[:count]` are those in use, and 0 is nothing. A reader remembers
    `generation` and the `count` it has seen, and asks `changes(seen)` for what to copy.
    """

    def __init__(self) -> None:
        self.generation = 0  #: rises when all sprites are forgotten
        self.records = np.zeros(MAX_SPRITES, RECORD)
        #: the records as uint32[65536, 5], the same memory
        self.quads = self.records.view(np.uint32).reshape(MAX_SPRITES, 5)
        self.count = 1
        self._coverage = self._color = _Pages((0,), 0)
        self._clear()

    @property
    def coverage(self) -> list[np.ndarray]:
        """Pages uint8[1024, 1024]: how much of each pixel the foreground covers."""
        return self._coverage.pages

    @property
    def color(self) -> list[np.ndarray]:
        """Pages uint8[1024, 1024, 4]: premultiplied RGBA."""
        return self._color.pages

    def add(self, pixels: np.ndarray, left: int, top: int) -> int | None:
        """A sprite of coverage uint8[h, w] or premultiplied RGBA uint8[h, w, 4]; None when full.

        0 when there are no pixels. A picture larger than a page is cut off.
        """
        pixels = pixels[: PAGE_SIZE - 1, : PAGE_SIZE - 1]
        height, width = pixels.shape[:2]
        if not height or not width:
            return 0
        if self.count == MAX_SPRITES:
            return None
        colored = pixels.ndim == 3
        family = self._color if colored else self._coverage
        place = family.place(width, height)
        if place is None:
            return None
        page, x, y = place
        family.pages[page][y : y + height, x : x + width] = pixels
        sprite = self.count
        self.records[sprite] = (left, top, width, height, x, y, page, colored, _BLACK)
        self.count += 1
        return sprite

    def reset(self) -> None:
        """Forget every sprite. The pages begin anew: readers copy and paint everything again."""
        self.generation += 1
        self.count = 1
        self._clear()

    def changes(self, seen: int) -> list[Change]:
        """What was written since `count` was `seen`: a bounding rectangle for each page touched.

        May cover more than was written, never less.
        """
        new = self.records[max(seen, 1) : self.count]  # sprite 0 lies on no page
        found = []
        for colored in (False, True):
            family = new[new["colored"] == colored]
            for page in sorted(set(family["page"].tolist())):
                on_page = family[family["page"] == page]
                x, y = int(on_page["x"].min()), int(on_page["y"].min())
                right = int((on_page["x"] + on_page["w"]).max())
                bottom = int((on_page["y"] + on_page["h"]).max())
                found.append(Change(colored, page, x, y, right - x, bottom - y))
        return found

    def _clear(self) -> None:
        self._coverage = _Pages((PAGE_SIZE, PAGE_SIZE), MAX_COVERAGE_PAGES)
        self._color = _Pages((PAGE_SIZE, PAGE_SIZE, 4), MAX_COLOR_PAGES)
