"""The largest screen and picture: what a configuration, a program or a caller may ask for."""

#: Cells; a screen of 8K shows 1,920 by 1,080 of 4 pixels.
MAX_COLUMNS, MAX_LINES = 2_000, 1_000
#: Pixels of what is drawn; places of quads are 16-bit numbers (render/paint.py).
MAX_SIDE_PX = 32_767
