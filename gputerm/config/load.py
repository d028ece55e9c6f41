"""Files and overrides → Config and a list of problems.

Sources are laid over each other: defaults, imports in order, the file, overrides. A value that
doesn't fit leaves what the sources below it gave, so one mistake never costs more than one key.
tomllib, and all that explains problems, is imported only when there is something to read.
"""

from __future__ import annotations

import os
import time

from gputerm.config.problem import Place, Problem, Source, shown
from gputerm.config.schema import Config
from gputerm.config.toml_table import Table, read_table
from gputerm.errors import ConfigError
from gputerm.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from gputerm.config.toml_table import TableT

MAX_IMPORT_DEPTH = 5
MAX_FILE_BYTES = 16 << 20  # A configuration of this size is a mistake, such as a device file.


def find_file() -> str | None:
    """The first configuration file that exists, be it one that can't be read, or None."""
    return next(filter(os.path.lexists, _places()), None)


def default_file() -> str:
    """Where a new configuration file belongs."""
    return next(_places())


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


class Loaded(Record):
    """A configuration and how it came about."""

    config: Config
    problems: list[Problem]
    files: tuple[str, ...]  #: that were read or looked for; a change of one may change `config`
    began: float  #: when they were read, as time.time() says it
    sources: tuple[Source, ...]  #: what was laid over each other, in this order


def load(
    config_file: str | None = None,
    overrides: Sequence[str] = (),
    *,
    fallback: Config | None = None,
) -> Loaded:
    """Reads `config_file`, or the first file found, and lays the overrides over it.

    What can't be parsed is as in `fallback`: the defaults at start, what is in use at a reload.
    Raises ConfigError when `config_file` can't be read.
    """
    reader, began = _Reader(fallback), time.time()
    config = reader.defaults
    path = config_file if config_file is not None else reader.find()
    if path is not None:
        try:
            config = reader.lay(config, path, ())
        except OSError as error:
            if config_file is not None:
                raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
            unreadable = f"can't be read: {error.strerror}"
            reader.problems.append(Problem("error", path, None, None, "", unreadable))
            reader.lost.append(())
    config, sources = _overridden(reader.without_losses(config), overrides)
    problems = [*reader.problems, *_problems(sources)]
    sources = [*reader.sources, *sources]
    return Loaded(config, problems, tuple(reader.files), began, tuple(sources))


def with_overrides(config: Config, overrides: Sequence[str]) -> tuple[Config, list[Problem]]:
    """`config` with `KEY=VALUE` snippets of TOML laid over it, later ones on top.

    A VALUE that isn't TOML is taken as text, so that `font.normal.family=Hack` needs no quotes.
    """
    config, sources = _overridden(config, overrides)
    return config, _problems(sources)


def _problems(sources: Sequence[Source]) -> list[Problem]:
    return [problem for source in sources for problem in source.problems]


def _overridden(config: Config, overrides: Sequence[str]) -> tuple[Config, list[Source]]:
    sources = [Source("override", override, strict=True) for override in overrides]
    for override, source in zip(overrides, sources, strict=True):
        if (values := _parse_override(override, source)) is not None:
            if _imports(values):
                del values["general"]["import"]
                (source.root() / "general" / "import").error("only files can import; ignored")
            config = read_table(config, values, source.root())
    return config, sources


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


class _Reader:
    """Lays files over each other."""

    def __init__(self, fallback: Config | None) -> None:
        self.defaults = Config()
        self.problems: list[Problem] = []
        self.files: list[str] = []
        self.sources: list[Source] = []
        self.lost: list[tuple[str, ...]] = []  # tables that couldn't be read
        self._fallback = fallback

    def find(self) -> str | None:
        """The file that there is, in one of the places for it."""
        for path in _places():
            self.files.append(path)
            if os.path.lexists(path):
                return path
        return None

    def lay(self, config: Config, path: str, importers: tuple[str, ...]) -> Config:
        """`config` with a file and its imports laid over it.

        `importers` are the files that led here. Raises OSError when the file can't be read.
        """
        self.files.append(path)
        source = Source(path, "", strict=False)
        values = _moved(self._values(path, source), source)
        for index, name in enumerate(_imports(values)):
            place = source.root() / "general" / "import" / index
            config = self._import(config, name, (*importers, path), place)
        config = read_table(config, values, source.root())
        self.problems += source.problems
        self.sources.append(source)
        return config

    def _values(self, path: str, source: Source) -> dict[str, Any]:
        import tomllib

        otherwise = "is ignored" if self._fallback is None else "stays as it was"
        data = _read(path)
        if len(data) > MAX_FILE_BYTES:
            message = f"longer than {MAX_FILE_BYTES >> 20} MiB; the file {otherwise}"
            source.report((None, None), "", message)
            self.lost.append(())
            return {}
        try:
            source.text = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            before = data[: error.start]
            line = before.count(b"\n") + 1
            column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
            source.report((line, column), "", f"not UTF-8; the file {otherwise}")
            self.lost.append(())
            return {}
        try:
            return tomllib.loads(source.text)
        except (ValueError, RecursionError):
            from gputerm.config.parsing import parse  # what can be used all the same
        parsed = parse(source, otherwise)
        self.lost += parsed.lost
        return parsed.values

    def _import(
        self, config: Config, name: object, importers: tuple[str, ...], place: Place
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
            return self.lay(config, path, importers)
        except OSError as error:
            place.warning(f"{path}: can't be read: {error.strerror}; ignored")
            return config

    def without_losses(self, config: Config) -> Config:
        """`config`, with what couldn't be read as it is in the fallback."""
        if (fallback := self._fallback) is None:
            return config
        for path in self.lost:
            if not path or path[0] == "general":  # Where the imports are; they may have set all.
                return fallback
            config = _grafted(config, fallback, path)
        return config


def _grafted(table: TableT, other: TableT, path: tuple[str, ...]) -> TableT:
    """A table with the part at `path` as it is in the other."""
    setting = table.settings.get(path[0])
    if setting is None:
        return table
    now, then = getattr(table, setting.attribute), getattr(other, setting.attribute)
    if len(path) > 1 and isinstance(now, Table) and isinstance(then, Table):
        then = _grafted(now, then, path[1:])
    return table.replace(**{setting.attribute: then})


def _moved(values: dict[str, Any], source: Source) -> dict[str, Any]:
    """The values with the keys of older versions where they are now, unless those are set too."""
    from gputerm.config.unknown import MOVED

    for old in MOVED.keys() & values.keys():
        (source.root() / old).warning(f"write {MOVED[old]} instead")
        *tables, name = MOVED[old].split(".")
        table: Any = values
        for part in tables:
            table = table.setdefault(part, {}) if isinstance(table, dict) else None
        value = values.pop(old)
        if isinstance(table, dict):
            table.setdefault(name, value)
    return values


def _loop(importers: tuple[str, ...], path: str) -> tuple[str, ...] | None:
    """The files from `path` to `path`, if it is one of its own importers."""
    for index, importer in enumerate(importers):
        if os.path.realpath(importer) == os.path.realpath(path):
            return (*importers[index:], path)
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


def _imports(values: dict[str, Any]) -> list[Any]:
    """What general.import names, if it has the right shape; otherwise reading it will complain."""
    general = values.get("general")
    imports = general.get("import") if isinstance(general, dict) else None
    return imports if isinstance(imports, list) else []
