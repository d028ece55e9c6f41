"""The modules of a start in one file: what is found there, and when it isn't believed."""

import importlib
import os
import sys

import numpy  # noqa: F401  # a package with compiled modules
import pytest

from gputerm.import_cache import ImportCache


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of two modules, imported once so that Python has compiled them."""
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "__init__.py").write_text("where = 'package'\n")
    (folder / "inner.py").write_text("where = 'inner'\n")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    importlib.import_module("kept.inner")
    yield folder
    _forget()


@pytest.fixture
def cache(tmp_path, package):
    cache = ImportCache.of_user({"XDG_CACHE_HOME": str(tmp_path / "cache")})
    cache.save()
    _forget()
    return cache


def _forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "kept"]:
        del sys.modules[name]


def imported(cache: ImportCache, name: str):
    """A module, with the cache installed meanwhile; and whether it came from there."""
    cache.install()
    try:
        module = importlib.import_module(name)
    finally:
        cache.uninstall()
    return module, type(module.__spec__.loader).__module__ == "gputerm.import_cache"


def test_modules_are_what_they_were(cache, package):
    module, from_cache = imported(cache, "kept.inner")
    assert from_cache
    assert not cache.missed
    assert module.where == "inner"
    assert module.__file__ == str(package / "inner.py")
    assert module.__spec__.loader.get_source("kept.inner") == "where = 'inner'\n"
    assert sys.modules["kept"].__path__ == [str(package)]
    assert os.path.exists(module.__cached__)


def test_a_changed_source_is_read_again(cache, package):
    (package / "inner.py").write_text("where = 'somewhere else'\n")
    module, from_cache = imported(cache, "kept.inner")
    assert not from_cache
    assert cache.missed
    assert module.where == "somewhere else"


def test_compiled_modules_are_found_too(cache):
    spec = None
    cache.install()
    try:
        spec = cache.find_spec("numpy._core._multiarray_umath")
    finally:
        cache.uninstall()
    assert spec is not None
    assert spec.origin == sys.modules["numpy._core._multiarray_umath"].__file__


def test_another_search_path_has_another_cache(cache, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, "/elsewhere"])
    _, from_cache = imported(cache, "kept")
    assert not from_cache
    assert cache.missed


@pytest.mark.parametrize("mode", [0o620, 0o602], ids=oct)
def test_a_file_that_others_can_write_is_not_believed(cache, mode):
    os.chmod(cache.path, mode)
    _, from_cache = imported(cache, "kept")
    assert not from_cache


@pytest.mark.parametrize("keep", [0, 10, 300, 5_000, 100_000])
def test_a_file_cut_short_is_not_believed(cache, keep):
    os.truncate(cache.path, keep)
    module, _ = imported(cache, "kept.inner")
    assert module.where == "inner"


def test_the_file_is_the_users_alone(cache):
    assert os.stat(cache.path).st_mode & 0o777 == 0o600
    assert os.stat(os.path.dirname(cache.path)).st_mode & 0o777 == 0o700


def test_nothing_is_kept_where_python_keeps_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert ImportCache.of_user({"XDG_CACHE_HOME": str(tmp_path)}) is None
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert ImportCache.of_user({"GPUTERM_INTERPRETED": "1"}) is None


def test_a_folder_that_cannot_be_written_is_no_error(package, tmp_path):
    (tmp_path / "file").write_text("")
    ImportCache(str(tmp_path / "file" / "modules")).save()
