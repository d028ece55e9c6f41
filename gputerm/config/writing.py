"""Values of the configuration as TOML. [TOML 1.0.0]"""

from __future__ import annotations

from gputerm.config.toml_table import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from gputerm.config.toml_table import Setting

__all__ = ["flat", "key", "to_toml"]


def to_toml(value: object) -> str:
    """What a kind's `write` gave, as TOML on one line; None as the "None" that unsets a key."""
    match value:
        case None:
            return '"None"'
        case bool():
            return "true" if value else "false"
        case str():
            return _quoted(value)
        case dict():
            return "{ " + ", ".join(f"{key(n)} = {to_toml(v)}" for n, v in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(map(to_toml, value)) + "]"
        case _:
            return str(value)


def key(name: str) -> str:
    """A name as a key: bare where TOML allows it."""
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else _quoted(name)


def _quoted(text: str) -> str:
    special = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}
    return '"' + "".join(special.get(c) or _escaped(c) for c in text) + '"'


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x20 or code == 0x7F else character


def flat(table: Table, path: str = "") -> Iterator[tuple[str, Setting, Any]]:
    """(dotted key, what is known about it, value) of all keys that aren't tables of keys."""
    for setting in table.settings.values():
        name = f"{path}{key(setting.name)}"
        value = getattr(table, setting.attribute)
        if isinstance(value, Table) and value.shorthand is None and not value.whole:
            yield from flat(value, f"{name}.")
        else:
            yield name, setting, value
