"""Pixels → PNG, 8 bits a channel, RGB or RGBA, not interlaced. [PNG 2nd edition, ISO/IEC 15948]

Writes screenshots. Filter Up is tried against None for each picture as a whole: terminal rows
repeat themselves, and zlib does the rest.
"""

import struct
import zlib
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def encode_png(pixels: Array) -> bytes:
    """The file for uint8[height, width, 3 or 4]: RGB, or RGBA with straight alpha."""
    height, width, channels = pixels.shape
    assert pixels.dtype == np.uint8, pixels.dtype
    assert channels in (3, 4), pixels.shape
    rows = np.ascontiguousarray(pixels).reshape(height, width * channels)
    up = rows.copy()
    up[1:] -= rows[:-1]
    bodies = []
    for kind, body in ((0, rows), (2, up)):
        filtered = np.empty((height, 1 + width * channels), np.uint8)
        filtered[:, 0] = kind
        filtered[:, 1:] = body
        bodies.append(zlib.compress(filtered.data, 6))
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if channels == 3 else 6, 0, 0, 0)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", min(bodies, key=len)),
            _chunk(b"IEND", b""),
        )
    )
