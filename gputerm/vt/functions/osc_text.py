"""Text and numbers that came in an escape sequence's string, made safe to show and to store."""

import re

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


def decimal(field: str, limit: int) -> int | None:
    """Decimal digits as a number below `limit`, None otherwise; leading zeros do not matter.

    Looks at the length before it converts, since Python raises for thousands of digits.
    """
    digits = field.lstrip("0")
    if not (field.isascii() and field.isdigit()) or len(digits) > len(str(limit)):
        return None
    value = int(digits or "0")
    return value if value < limit else None


def clean(data: bytes, limit: int) -> str:
    """Decoded UTF-8 without control characters (C0, DEL, C1), at most `limit` characters."""
    # Four bytes make at most one character fewer, so cutting the bytes first bounds the work.
    text = data[: 4 * limit].decode("utf-8", "replace")
    return _CONTROLS.sub("", text)[:limit]
