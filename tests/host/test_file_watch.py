"""A change of a watched file is noticed however it is made, and nothing else is."""

import os
import shutil
import subprocess
import time

import pytest
from conftest import open_fds

from gputerm.host.file_watch import FilesChanged, FileWatch


@pytest.fixture
def watch(host):
    """watch(path, …) watches files; each change of theirs posts a FilesChanged."""
    files = FileWatch(host.loop)

    def watch(*paths, since=float("inf")):
        files.follow([str(path) for path in paths], since)
        host.in_loop(lambda: None)  # It is watched now.

    watch.files = files
    return watch


def rest_of(host):
    """What has been said since, when nothing more is under way."""
    done = time.monotonic() + 0.25  # longer than a watch waits
    host.in_loop(lambda: host.loop.call_later(0.25, lambda: host.loop.post(0)))
    host.next(int)
    assert time.monotonic() >= done
    return host.messages


WAYS = {
    "written": "echo new > file",
    "appended to": "echo new >> file",
    "replaced": "echo new > other; mv other file",
    "replaced by sed -i": "sed -i s/old/new/ file",
    "replaced with a backup": "mv file file~; echo new > file",
    "removed": "rm file",
    "touched": "touch file",
    "made readable": "chmod 600 file",
    "made a link": "ln -sf elsewhere/file file",
    "hard-linked": "echo new > other; ln -f other file",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_change_is_noticed(way, host, watch, tmp_path):
    (tmp_path / "file").write_text("old")
    watch(tmp_path / "file")
    subprocess.run(way, shell=True, check=True, cwd=tmp_path)
    host.next(FilesChanged)


@pytest.mark.parametrize(
    "command", ["vim -Nu NONE -es -c %s/old/new/ -c wq", "vim -Nu NONE -es -c 'set bkc=no' -c wq"]
)
def test_an_editor_s_save_is_noticed(command, host, watch, tmp_path):
    if shutil.which("vim") is None:
        pytest.skip("no vim here")
    (tmp_path / "file").write_text("old\n")
    watch(tmp_path / "file")
    subprocess.run(f"{command} file", shell=True, check=True, cwd=tmp_path)
    host.next(FilesChanged)


def test_a_file_that_is_not_there_yet_is_noticed_when_it_comes(host, watch, tmp_path):
    file = tmp_path / "some" / "where" / "file"
    watch(file)
    file.parent.parent.mkdir()
    host.next(FilesChanged)
    watch(file)  # as who is told does
    file.parent.mkdir()
    host.next(FilesChanged)
    watch(file)
    file.write_text("new")
    host.next(FilesChanged)


def test_what_a_link_leads_to_counts_and_where_it_leads(host, watch, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    (tmp_path / "current").symlink_to("one")
    (tmp_path / "link").symlink_to("current/file")
    watch(tmp_path / "link")
    (tmp_path / "one" / "file").write_text("new")
    host.next(FilesChanged)
    (tmp_path / "new").symlink_to("two")
    (tmp_path / "new").rename(tmp_path / "current")
    host.next(FilesChanged)
    watch(tmp_path / "link")
    (tmp_path / "two" / "file").write_text("newer")
    host.next(FilesChanged)


def test_a_directory_that_is_moved_away_is_noticed(host, watch, tmp_path):
    (tmp_path / "directory").mkdir()
    (tmp_path / "directory" / "file").write_text("")
    watch(tmp_path / "directory" / "file")
    (tmp_path / "directory").rename(tmp_path / "elsewhere")
    host.next(FilesChanged)


def test_a_link_that_leads_to_itself_ends(host, watch, tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    watch(tmp_path / "loop", "/dev/null/x", "/")
    (tmp_path / "loop").unlink()
    host.next(FilesChanged)


def test_neighbours_and_reading_are_no_changes(host, watch, tmp_path):
    (tmp_path / "file").write_text("old")
    watch(tmp_path / "file")
    (tmp_path / "other").write_text("x")
    (tmp_path / "file").read_text()
    assert rest_of(host) == []


def test_an_empty_file_is_not_taken_for_the_new_one(host, watch, tmp_path):
    """Between its making and its closing a file is half written."""
    watch(tmp_path / "file")
    with open(tmp_path / "file", "w") as file:
        assert rest_of(host) == []
        file.write("whole")
    host.next(FilesChanged)


def test_a_change_just_before_the_watch_counts(host, watch, tmp_path):
    since = time.time() - 1
    (tmp_path / "file").write_text("new")
    watch(tmp_path / "file", since=since)
    host.next(FilesChanged)
    watch(tmp_path / "file", since=time.time() + 1)
    assert rest_of(host) == []


def test_many_saves_leave_nothing_behind_and_are_told_together(host, watch, tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    watch(file)
    before = open_fds()
    for number in range(1000):
        file.write_text(str(number))
    host.next(FilesChanged)
    watch(file, tmp_path / "other")
    watch(file)
    assert len(rest_of(host)) < 500
    assert open_fds() == before


def test_files_that_are_not_followed_any_more_are_not_watched(host, watch, tmp_path):
    (tmp_path / "file").write_text("")
    watch(tmp_path / "file")
    watch()
    (tmp_path / "file").write_text("new")
    assert rest_of(host) == []


def test_nothing_stays_open(host, watch, tmp_path):
    before = open_fds()
    watch(tmp_path / "file")
    assert open_fds() != before
    host.in_loop(watch.files.give_up)
    assert open_fds() == before
    watch(tmp_path / "file")
    host.loop.stop()


def test_without_descriptors_nothing_is_watched_and_all_goes_on(host, watch, tmp_path, monkeypatch):
    monkeypatch.setattr("gputerm.host.file_watch._libc.inotify_init1", lambda flags: -1)
    watch(tmp_path / "file")
    (tmp_path / "file").write_text("new")
    assert rest_of(host) == []


def test_names_that_are_not_utf_8_are_watched_too(host, watch, tmp_path):
    file = os.path.join(os.fsencode(tmp_path), b"\xff")
    watch(os.fsdecode(file))
    with open(file, "w"):
        pass
    host.next(FilesChanged)
