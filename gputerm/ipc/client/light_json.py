"""The C half of the json module without its Python half, which imports re.

`gputerm msg` needs JSON for one line out and one line in, and `import json` would take a quarter of
its time. Servers use json itself: it is faster for large values, and its errors say more.
"""

from __future__ import annotations

from _json import encode_basestring, make_scanner

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["dumps", "loads"]


class _Options:
    """What make_scanner reads: the defaults of json.JSONDecoder."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float


_scan = make_scanner(_Options())  # type: ignore[arg-type]  # only attributes are read


def dumps(value: Any) -> str:
    """JSON of dicts with text keys, lists, text, finite numbers, booleans and None."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            text: str = encode_basestring(value)
            return text
        case list() | tuple():
            return "[" + ",".join(map(dumps, value)) + "]"
        case dict():
            pairs = (f"{encode_basestring(key)}:{dumps(item)}" for key, item in value.items())
            return "{" + ",".join(pairs) + "}"
    raise TypeError(type(value))


def loads(text: str) -> Any:
    """The value that `text` starts with, nothing but white space around it. Raises ValueError."""
    text = text.strip()
    try:
        value, end = _scan(text, 0)
    except StopIteration as stop:
        raise ValueError(f"not JSON at character {stop.value}") from None
    if end != len(text):
        raise ValueError(f"more than one JSON value at character {end}")
    return value
