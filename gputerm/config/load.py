"""Files and overrides → Config and a list of problems.

Sources are laid over each other: defaults, imports in order, the file, overrides. A value that
doesn't fit leaves what the sources below it gave, so one mistake never costs more than one key.
tomllib, and all that explains problems, is imported only when there is something to read.
"""

from __future__ import annotations

import os

from gputerm.config.problem import Place, Problem, Source, shown
from gputerm.config.schema import Config
from gputerm.config.table import read_table
from gputerm.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

MAX_IMPORT_DEPTH = 5
MAX_FILE_BYTES = 16 << 20  # A configuration of this size is a mistake, such as a device file.


def find_file() -> str | None:
    """The first configuration file that exists, or None."""
    return next(filter(os.path.isfile, _places()), None)


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

    `fallback` is the configuration to keep when the file can't be parsed: at start the defaults,
    at a reload the one in use. Raises ConfigError when `config_file` can't be read.
    """
    config: Config | None = Config()
    problems: list[Problem] = []
    path = config_file if config_file is not None else find_file()
    if path is not None:
        try:
            config = _with_file(Config(), path, 0, problems)
        except OSError as error:
            if config_file is not None:
                raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
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
    except (tomllib.TOMLDecodeError, RecursionError):
        key, equals, value = override.partition("=")
    try:
        values = tomllib.loads(f"{key}= 0") if equals else None
    except (tomllib.TOMLDecodeError, RecursionError):
        values = None
    if values is None:
        source.root().error(f"expected KEY=VALUE, got {shown(override)}; ignored")
        return None
    _replace_leaf(values, value.strip())
    return values


def _replace_leaf(values: dict[str, Any], text: str) -> None:
    """{"font": {"size": 0}}, "big" → {"font": {"size": "big"}}."""
    for name, value in values.items():
        if isinstance(value, dict):
            _replace_leaf(value, text)
        else:
            values[name] = text


def _with_file(config: Config, path: str, depth: int, problems: list[Problem]) -> Config | None:
    """`config` with a file and its imports laid over it; None when the file isn't TOML.

    Raises OSError when the file can't be read.
    """
    source = Source(path, "", strict=False)
    values = _parse_file(path, source)
    if values is not None:
        for index, name in enumerate(_imports(values)):
            place = source.root() / "general" / "import" / index
            config = _with_import(config, name, depth + 1, place, problems)
        config = read_table(config, values, source.root())
    problems += source.problems
    return None if values is None else config


def _with_import(
    config: Config, name: object, depth: int, place: Place, problems: list[Problem]
) -> Config:
    """`config` with an imported file laid over it, or as it is when there is nothing to lay."""
    if not isinstance(name, str) or "\0" in name:
        return config  # Reading general.import will complain.
    if depth > MAX_IMPORT_DEPTH:
        place.error(f"imports are nested more than {MAX_IMPORT_DEPTH} deep; ignored")
        return config
    path = os.path.join(os.path.dirname(place.source.name), os.path.expanduser(name))
    try:
        imported = _with_file(config, path, depth, problems)
    except OSError as error:
        place.warning(f"{path}: can't be read: {error.strerror}; ignored")
        return config
    return config if imported is None else imported


def _parse_file(path: str, source: Source) -> dict[str, Any] | None:
    import tomllib

    with open(path, "rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
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
    source.problems.append(Problem("error", path, line, "", f"{message}; the file is ignored"))
    return None


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
