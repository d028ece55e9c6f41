"""Files and overrides → Config and a list of problems.

Sources are laid over each other: defaults, imports in order, the file, overrides. A value that
doesn't fit leaves what the sources below it gave, so one mistake never costs more than one key.
tomllib, and all that explains problems, is imported only when there is something to read.
"""

from __future__ import annotations

import os

from gputerm.config.problem import Place, Problem, Source, shown
from gputerm.config.schema import Config
from gputerm.config.toml_table import read_table
from gputerm.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

MAX_IMPORT_DEPTH = 5
MAX_FILE_BYTES = 16 << 20  # A configuration of this size is a mistake, such as a device file.


def find_file() -> str | None:
    """The first configuration file that exists, be it one that can't be read, or None."""
    return next(filter(os.path.lexists, _places()), None)


def _places() -> Iterator[str]:
    config = os.path.expanduser("~/.config")
    xdg = os.environ.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(xdg):  # The XDG specification: unset and relative mean the default.
        xdg = config
    yield os.path.join(xdg, "gputerm", "gputerm.toml")
    yield os.path.join(xdg, "gputerm.toml")
    yield os.path.join(config, "gputerm", "gputerm.toml")
    yield os.path.expanduser("~/.gputerm.toml")
    yield "/etc/gputerm/gputerm.toml"


def load(
    config_file: str | None = None,
    overrides: Sequence[str] = (),
    *,
    fallback: Config | None = None,
) -> tuple[Config, list[Problem]]:
    """Reads `config_file`, or the first file found, and lays the overrides over it.

    `fallback` is the configuration to keep when the file can't be used: at start the defaults,
    at a reload the one in use. Raises ConfigError when `config_file` can't be read.
    """
    config: Config | None = Config()
    problems: list[Problem] = []
    path = config_file if config_file is not None else find_file()
    if path is not None:
        try:
            config = _with_file(Config(), path, (), problems)
        except OSError as error:
            if config_file is not None:
                raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
            config = None
            problems.append(Problem("error", path, None, "", f"can't be read: {error.strerror}"))
    if config is None:
        config = fallback if fallback is not None else Config()
    config, more = with_overrides(config, overrides)
    return config, problems + more


def with_overrides(config: Config, overrides: Sequence[str]) -> tuple[Config, list[Problem]]:
    """`config` with `KEY=VALUE` snippets of TOML laid over it, later ones on top.

    A VALUE that isn't TOML is taken as text, so that `font.normal.family=Hack` needs no quotes.
    """
    problems: list[Problem] = []
    for override in overrides:
        source = Source("override", override, strict=True)
        if (values := _parse_override(override, source)) is not None:
            if _imports(values):
                del values["general"]["import"]
                (source.root() / "general" / "import").error("only files can import; ignored")
            config = read_table(config, values, source.root())
        problems += source.problems
    return config, problems


def _parse_override(override: str, source: Source) -> dict[str, Any] | None:
    import tomllib

    try:
        return tomllib.loads(override)
    except (ValueError, RecursionError):
        key, equals, value = override.partition("=")
    try:
        values = tomllib.loads(f"{key}= 0") if equals else None
    except (ValueError, RecursionError):
        values = None
    if values is None:
        source.root().error(f"expected KEY=VALUE, got {shown(override)}; ignored")
        return None
    _replace_leaf(values, value.strip())
    return values


def _replace_leaf(values: dict[str, Any], text: str) -> None:
    """{"font": {"size": 0}}, "big" → {"font": {"size": "big"}}."""
    tables = [values]
    while tables:
        table = tables.pop()
        for name, value in table.items():
            if isinstance(value, dict):
                tables.append(value)
            else:
                table[name] = text


def _with_file(
    config: Config, path: str, importers: tuple[str, ...], problems: list[Problem]
) -> Config | None:
    """`config` with a file and its imports laid over it; None when the file isn't TOML.

    `importers` are the files that led here. Raises OSError when the file can't be read.
    """
    source = Source(path, "", strict=False)
    values = _parse_file(path, source)
    if values is not None:
        for index, name in enumerate(_imports(values)):
            place = source.root() / "general" / "import" / index
            config = _with_import(config, name, (*importers, path), place, problems)
        config = read_table(config, values, source.root())
    problems += source.problems
    return None if values is None else config


def _with_import(
    config: Config,
    name: object,
    importers: tuple[str, ...],
    place: Place,
    problems: list[Problem],
) -> Config:
    """`config` with an imported file laid over it, or as it is when there is nothing to lay."""
    if not isinstance(name, str) or "\0" in name:
        return config  # Reading general.import will complain.
    path = os.path.join(os.path.dirname(place.source.name), os.path.expanduser(name))
    if (loop := _loop(importers, path)) is not None:
        place.error(f"a file imports itself: {' → '.join(loop)}; ignored")
        return config
    if len(importers) > MAX_IMPORT_DEPTH:
        place.error(f"imports are nested more than {MAX_IMPORT_DEPTH} deep; ignored")
        return config
    try:
        imported = _with_file(config, path, importers, problems)
    except OSError as error:
        place.warning(f"{path}: can't be read: {error.strerror}; ignored")
        return config
    return config if imported is None else imported


def _loop(importers: tuple[str, ...], path: str) -> tuple[str, ...] | None:
    """The files from `path` to `path`, if it is one of its own importers."""
    for index, importer in enumerate(importers):
        if os.path.realpath(importer) == os.path.realpath(path):
            return (*importers[index:], path)
    return None


def _parse_file(path: str, source: Source) -> dict[str, Any] | None:
    import tomllib

    data = _read(path)
    if len(data) > MAX_FILE_BYTES:
        source.root().error(f"longer than {MAX_FILE_BYTES >> 20} MiB; ignored")
        return None
    line: int | None
    try:
        source.text = data.decode("utf-8-sig").replace("\r\n", "\n")
        return tomllib.loads(source.text)
    except UnicodeDecodeError as error:
        line, message = data.count(b"\n", 0, error.start) + 1, "not UTF-8"
    except tomllib.TOMLDecodeError as error:
        line, message = _syntax_error(str(error), source.text)
    except RecursionError:
        line, message = None, "nested too deep"
    except ValueError:  # of int(), which tomllib leaves as it is
        line, message = _too_long_number(source.text)
    source.problems.append(Problem("error", path, line, "", f"{message}; the file is ignored"))
    return None


def _read(path: str) -> bytes:
    """The bytes of a file, one more than may be at most. Raises OSError.

    Only of a regular file: opening others may wait without end or do something, and a device has no
    end; but /dev/null is the customary name of no file at all. Looked at once more when it is open,
    for it may have been replaced meanwhile.
    """
    if os.path.realpath(path) == os.devnull:
        return b""
    _check_regular(os.stat(path))
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        _check_regular(os.fstat(descriptor))
        return file.read(MAX_FILE_BYTES + 1)


def _check_regular(found: os.stat_result) -> None:
    import errno
    import stat

    kinds = {stat.S_IFDIR: "a directory", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
    kind = stat.S_IFMT(found.st_mode)
    if kind != stat.S_IFREG:
        raise OSError(errno.EINVAL, f"it is {kinds.get(kind, 'a device')}, not a file")


def _too_long_number(text: str) -> tuple[int | None, str]:
    """Where a number stands that int() refuses, and what to say. [sys.int_info]"""
    import sys

    from gputerm.config.lines import words

    limit = sys.get_int_max_str_digits()
    long = (word for word in words(text) if len(word[0]) > limit)
    line = next((line for word, line in long if word.strip("+-").replace("_", "").isdigit()), None)
    return line, f"a number of more than {limit} digits"


def _syntax_error(message: str, text: str) -> tuple[int | None, str]:
    """tomllib's "What (at line 3, column 7)" → (3, "What"). Only 3.14's error has attributes."""
    what, _, where = message.rpartition(" (at ")
    if where.startswith("line "):
        return int(where.removeprefix("line ").partition(",")[0]), what
    return text.count("\n") + 1, what  # "(at end of document)"


def _imports(values: dict[str, Any]) -> list[Any]:
    """What general.import names, if it has the right shape; otherwise reading it will complain."""
    general = values.get("general")
    imports = general.get("import") if isinstance(general, dict) else None
    return imports if isinstance(imports, list) else []
