"""Writes docs/configuration.md, the page of the configuration, for `make gen`.

Everything it says about keys comes from the schema; a test keeps page and schema together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gputerm.config.kinds import Kind, ListOf, Maybe
from gputerm.config.schema import Config
from gputerm.config.toml_table import Nested, Setting, Table
from gputerm.config.writing import to_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

INTRODUCTION = """\
<!-- Made by `make gen` of gputerm/config/schema.py. Edit that. -->

# Configuration

gputerm reads one [TOML](https://toml.io) file, the first of these that exists:

1. `$XDG_CONFIG_HOME/gputerm/gputerm.toml` (`$XDG_CONFIG_HOME` is `~/.config` unless set)
2. `$XDG_CONFIG_HOME/gputerm.toml`
3. `~/.config/gputerm/gputerm.toml`
4. `~/.gputerm.toml`
5. `/etc/gputerm/gputerm.toml`

`--config-file FILE` names another. No file is needed: every key has a default. The keys are
Alacritty's, with the same meaning, so a file written for Alacritty can be used as it is.

```toml
[general]
import = ["themes/dusk.toml"]

[font]
size = 12
normal.family = "Iosevka"

[cursor]
style = { shape = "Beam", blinking = "On" }

[[keyboard.bindings]]
key = "Return"
mods = "Control|Shift"
action = "CreateNewWindow"
```

Later sources win: defaults, imported files in order, the file, `-o KEY=VALUE` on the command line,
`-o` of a single window. Tables are merged key by key. Arrays of files are joined; an array in `-o`
replaces the one before. `gputerm -o font.size=14 bell.duration=50` sets two keys for one run;
text needs no quotes there.

The names of choices may be written in any case. `"None"` unsets a key whose type says *or None*.

A mistake costs one key: the value stays what it was, and gputerm says where the mistake is and what
would fit. `gputerm --check-config` lists all mistakes and exits with 78 if there are errors.
"""


def page() -> str:
    """The text of docs/configuration.md."""
    return "\n".join([INTRODUCTION, *_sections(Config())])


def _sections(table: Table) -> Iterator[str]:
    """One section for each table of the top level."""
    for setting in table.settings.values():
        default = getattr(table, setting.attribute)
        yield f"## {setting.name}\n"
        yield f"{setting.doc}\n"
        if isinstance(default, Table):
            yield "| Key | Type | Default | Meaning |\n|---|---|---|---|\n" + "".join(
                f"| {' | '.join(row)} |\n" for row in _rows(default, setting.name)
            )


def _rows(table: Table, path: str) -> Iterator[tuple[str, str, str, str]]:
    for setting in table.settings.values():
        name = f"{path}.{setting.name}"
        default = getattr(table, setting.attribute)
        inner, optional = _inner_table(setting.kind)
        if inner is None:
            yield _row(name, setting, default)
        elif isinstance(setting.kind, ListOf):
            yield _row(name, setting, default)
            yield from _rows(inner, f"{name}[]")
        elif optional or inner.shorthand is not None:
            yield _row(name, setting, default)
            yield from _rows(inner, name)
        else:
            yield from _rows(default, name)


def _inner_table(kind: Kind) -> tuple[Table | None, bool]:
    """The table that a value of `kind` is or holds, and whether it may be missing."""
    optional = isinstance(kind, Maybe)
    if isinstance(kind, Maybe | ListOf):
        kind = kind.kind
    return (kind.cls() if isinstance(kind, Nested) else None), optional


def _row(name: str, setting: Setting, default: object) -> tuple[str, str, str, str]:
    written = None if default is None else setting.kind.write(default)
    return (
        f"`{name}`",
        _escaped(setting.kind.expected),
        "None" if written is None else _code(_escaped(to_toml(written))),
        _escaped(setting.doc) + " *No effect yet.*" * (not setting.has_effect),
    )


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
