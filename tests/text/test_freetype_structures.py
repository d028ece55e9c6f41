"""Our structures and constants are those that freetype-py has of FreeType's headers."""

import freetype
import pytest
from freetype import ft_structs

from gputerm.text import ft

STRUCTURES = {
    ft.Vector: ft_structs.FT_Vector,
    ft.Matrix: ft_structs.FT_Matrix,
    ft.BitmapSize: ft_structs.FT_Bitmap_Size,
    ft.Bitmap: ft_structs.FT_Bitmap,
    ft.GlyphSlot: ft_structs.FT_GlyphSlotRec,
    ft.SizeMetrics: ft_structs.FT_Size_Metrics,
    ft.FaceRecord: ft_structs.FT_FaceRec,
}


@pytest.mark.parametrize("ours", STRUCTURES, ids=lambda structure: structure.__name__)
def test_structures_lie_in_memory_as_freetype_s(ours):
    def places(structure):
        fields = (getattr(structure, name) for name, *_ in structure._fields_)
        return [(field.offset, field.size) for field in fields]

    expected = places(STRUCTURES[ours])
    assert places(ours) == expected[: len(ours._fields_)]  # ours may end before


def test_constants_are_freetype_s():
    prefixes = ("LOAD_", "PIXEL_MODE_", "GLYPH_FORMAT_", "RENDER_MODE_")
    ours = {name: value for name, value in vars(ft).items() if name.startswith(prefixes)}
    # freetype-py 2.4 doesn't know all of them.
    theirs = {name: getattr(freetype, f"FT_{name}", value) for name, value in ours.items()}
    assert ours == theirs
    assert sum(hasattr(freetype, f"FT_{name}") for name in ours) > 10
