"""Text that came in an escape sequence, made safe to show and to store."""


def clean(data: bytes, limit: int) -> str:
    """Decoded UTF-8 without control characters (C0, DEL, C1), at most `limit` characters."""
    # Four bytes make at most one character fewer, so cutting the bytes first bounds the work.
    text = data[: 4 * limit].decode("utf-8", "replace")
    return "".join(c for c in text if c >= " " and not "\x7f" <= c <= "\x9f")[:limit]
