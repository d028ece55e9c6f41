"""Codepoints → sprites: fonts are found, shaped and rasterised into numpy pages. No GL here."""

from gputerm.text.atlas import Atlas, Change
from gputerm.text.glyphs import Glyphs, glyphs_for
from gputerm.text.metrics import FontOptions, FontSpec, Metrics

__all__ = ["Atlas", "Change", "FontOptions", "FontSpec", "Glyphs", "Metrics", "glyphs_for"]
