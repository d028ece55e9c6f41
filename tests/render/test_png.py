"""PNG files out and in."""

import struct
import zlib

import numpy as np
import pytest

from gputerm.render.png import decode_png, encode_png


@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("size", [(1, 1), (7, 5), (40, 64)])
def test_what_was_written_is_read(channels, size):
    pixels = np.random.default_rng(1).integers(0, 256, (*size, channels), dtype=np.uint8)
    assert np.array_equal(decode_png(encode_png(pixels)), pixels)


def filtered(rows):
    """A 3 × n RGB file whose rows are (filter, bytes)."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    body = b"".join(bytes((kind, *data)) for kind, data in rows)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            chunk(b"IHDR", struct.pack(">IIBBBBB", 2, len(rows), 8, 2, 0, 0, 0)),
            chunk(b"IDAT", zlib.compress(body)),
            chunk(b"IEND", b""),
        )
    )


def test_every_filter_is_undone():
    data = filtered(
        [
            (0, (10, 20, 30, 40, 50, 60)),
            (1, (1, 2, 3, 4, 5, 6)),
            (2, (1, 1, 1, 1, 1, 255)),
            (3, (2, 2, 2, 2, 2, 2)),
            (4, (1, 1, 1, 1, 1, 1)),
        ]
    )
    assert decode_png(data).reshape(5, 6).tolist() == [
        [10, 20, 30, 40, 50, 60],
        [1, 2, 3, 5, 7, 9],
        [2, 3, 4, 6, 8, 8],
        [3, 3, 4, 6, 7, 8],
        [4, 4, 5, 7, 8, 9],
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        filtered([(9, (0,) * 6)]),
        filtered([(0, (0,) * 5)]),
        encode_png(np.zeros((4, 4, 3), np.uint8))[:50],
    ],
)
def test_anything_else_is_refused(data):
    with pytest.raises(ValueError, match="PNG"):
        decode_png(data)
