"""`gputerm config`: what the configuration is, what it could be, and where each value comes from.

Needs no window; what a window uses, which `gputerm msg config` may have changed, `gputerm msg
get-config` says.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from gputerm.config.load import Loaded, default_file
from gputerm.config.problem import dotted
from gputerm.config.schema import Config
from gputerm.config.toml_table import Setting
from gputerm.config.writing import flat, to_toml
from gputerm.errors import UsageError, did_you_mean

__all__ = ["COMMANDS", "run"]

#: What follows `gputerm config`, with a line of help.
COMMANDS = {
    "show": "the values in use, as TOML; of one key or table if one is named",
    "diff": "the values that differ from the defaults, and where each is set",
    "explain": "what a key means, what it may be, what it is and who says so",
    "defaults": "all keys with their defaults and meanings, as a file to begin with",
    "path": "the files that were read, or where one would be",
}


def run(command: str, keys: Sequence[str], loaded: Loaded) -> Iterator[str]:
    """The lines of an answer. Raises UsageError."""
    match command, keys:
        case "show", []:
            yield from _show(loaded.config, "")
        case "show", [key]:
            yield from _show(loaded.config, _known(key))
        case "diff", []:
            yield from _diff(loaded)
        case "explain", [key]:
            yield from _explain(_known(key), loaded)
        case "defaults", []:
            yield from _defaults()
        case "path", []:
            yield from _path(loaded)
        case "explain", _:
            raise UsageError("config explain: expected one KEY")
        case _:
            raise UsageError(f"config {command}: unexpected {keys[-1]}")


def _all(config: Config) -> dict[str, tuple[Setting, Any]]:
    return {name: (setting, value) for name, setting, value in flat(config)}


def _known(key: str) -> str:
    """A key or the name of a table."""
    names = list(_all(Config()))
    tables = {name.rpartition(".")[0] for name in names if "." in name}
    tables |= {table.rpartition(".")[0] for table in tables if "." in table}
    if key in names or key in tables:
        return key
    for name in names:
        if key.startswith(f"{name}."):  # env.EDITOR, cursor.style.shape
            return name
    raise UsageError(f"config: there is no key {key}{did_you_mean(key, [*names, *tables])}")


def _is_meant(name: str, key: str) -> bool:
    return not key or name == key or name.startswith(f"{key}.")


def _written(setting: Setting, value: Any) -> str:
    return to_toml(None if value is None else setting.kind.write(value))


def _show(config: Config, key: str) -> Iterator[str]:
    for name, (setting, value) in _all(config).items():
        if _is_meant(name, key):
            yield f"{name} = {_written(setting, value)}"


def _diff(loaded: Loaded) -> Iterator[str]:
    origins, defaults = _origins(loaded), _all(Config())
    for name, (setting, value) in _all(loaded.config).items():
        if value != defaults[name][1]:
            yield f"{name} = {_written(setting, value)}  # {origins.get(name, 'default')}"


def _explain(key: str, loaded: Loaded) -> Iterator[str]:
    origins, defaults = _origins(loaded), _all(Config())
    for name, (setting, value) in _all(loaded.config).items():
        if not _is_meant(name, key):
            continue
        yield f"{name} = {_written(setting, value)}"
        yield from textwrap.wrap(setting.doc, 88, initial_indent="    ", subsequent_indent="    ")
        yield f"    may be   {setting.kind.expected}"
        yield f"    default  {_written(*defaults[name])}"
        yield f"    set by   {origins.get(name, 'nobody')}"
        if not setting.has_effect:
            yield "    It has no effect yet."


def _defaults() -> Iterator[str]:
    yield "# All keys of gputerm with their defaults. Uncomment what you change."
    table = ""
    for name, setting, value in flat(Config()):
        of, _, last = name.rpartition(".")
        if not of:  # env: a table whose keys nobody knows
            of, last = name, "NAME"
        if of != table:
            table = of
            yield f"\n[{table}]"
        for line in textwrap.wrap(setting.doc, 90):
            yield f"# {line}"
        yield f"# {last} = {_written(setting, value) if last != 'NAME' else to_toml('value')}"


def _path(loaded: Loaded) -> Iterator[str]:
    read = [source.name for source in loaded.sources if not source.strict]
    yield from read or [f"none; {default_file()} would be read"]


def _origins(loaded: Loaded) -> dict[str, str]:
    """Who has set each key last: "file:line:column", or the override."""
    origins: dict[str, str] = {}
    for source in loaded.sources:
        for path in source.accepted:
            line, column = source.position(path)
            place = f"-o {source.text}" if source.strict else f"{source.name}:{line}:{column}"
            origins[dotted(path)] = place
    return origins
