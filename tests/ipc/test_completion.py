"""Completion: what could come next, and that the shells understand the scripts."""

import shutil
import subprocess

import pytest

from gputerm.ipc.client import msg
from gputerm.ipc.client.completion import DIRECTORIES, FILES, SHELLS, candidates
from gputerm.ipc.commands import COMMANDS


def words(*typed):
    return [candidate.partition("\t")[0] for candidate in candidates(typed)]


def test_commands_and_leading_options():
    assert {command.name for command in COMMANDS} < set(words(""))
    assert words("get-") == ["get-config", "get-text"]
    assert words("--js") == ["--json"]
    assert words("-s", "") == [FILES]
    assert words("-s", "/x", "get-t") == ["get-text"]
    assert words("completion", "") == ["bash", "zsh", "fish"]
    assert words("nonsense", "") == []


def test_options_of_a_command_and_their_values():
    assert "--format" in words("get-text", "--")
    assert words("get-text", "--format", "") == ["plain", "ansi", "html", "json"]
    assert words("get-text", "--format", "ansi", "--fo") == []
    assert words("get-text", "s") == ["screen", "scrollback", "selection"]
    assert words("action", "ScrollTo")[:2] == ["ScrollToTop", "ScrollToBottom"]
    assert words("subscribe", "command-") == ["command-started", "command-finished"]
    assert words("create-window", "--working-directory", "") == [DIRECTORIES]
    assert words("create-window", "-e", "") == [FILES]
    assert words("create-window", "-e", "ls", "--") == [FILES]
    assert words("screenshot", "") == [FILES]


def test_window_ids_come_from_the_running_terminal(terminal, monkeypatch):
    windows = [{"id": 1, "title": "a\x1b[2Jb"}, {"id": 12, "title": ""}]
    terminal.answer = lambda request: request.reply({"windows": windows})
    monkeypatch.setenv("GPUTERM_SOCKET", terminal.path)
    assert list(candidates(["close", "-w", "1"])) == ["1\ta[2Jb", "12"]
    assert words("close", "--window", "") == ["focused", "self", "1", "12"]
    monkeypatch.setenv("GPUTERM_SOCKET", "/nope")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nope")
    assert words("-s", terminal.path, "config", "-w", "") == ["1", "12"]
    assert words("-s", "/nope", "close", "-w", "") == ["focused", "self"]


def test_keys_come_from_its_configuration(terminal, monkeypatch):
    config = {"font": {"size": 9, "normal": {"family": "x"}}, "env": {}}
    terminal.answer = lambda request: request.reply(config)
    monkeypatch.setenv("GPUTERM_SOCKET", terminal.path)
    assert words("get-config", "font.n") == ["font.normal", "font.normal.family"]
    assert words("config", "--unset", "e") == ["env"]
    monkeypatch.setenv("GPUTERM_SOCKET", "/nope")
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nope")
    assert words("get-config", "") == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_shell_reads_its_script(shell, capfd):
    assert msg.main(["completion", shell]) == 0
    script = capfd.readouterr().out
    if (program := shutil.which(shell)) is None:
        pytest.skip(f"needs {shell}")
    subprocess.run([program, "-n"], input=script, text=True, check=True)


def test_an_unknown_shell_is_a_usage_error(capfd):
    assert msg.main(["completion", "csh"]) == 2
    assert "expected bash, zsh, fish" in capfd.readouterr().err


def test_bash_completes(capfd, tmp_path):
    import sys

    msg.main(["completion", "bash"])
    script = capfd.readouterr().out
    (tmp_path / "gputerm").write_text(f'#!/bin/sh\nexec {sys.executable} -m gputerm "$@"\n')
    (tmp_path / "gputerm").chmod(0o755)
    typed = (
        'COMP_WORDS=(gputerm msg get-text --format ""); COMP_CWORD=4; _gputerm; '
        'echo "${COMPREPLY[@]}"; COMP_WORDS=(gputerm msg get-t); COMP_CWORD=2; _gputerm; '
        'echo "${COMPREPLY[@]}"; COMP_WORDS=(gputerm m); COMP_CWORD=1; _gputerm; '
        'echo "${COMPREPLY[@]}"'
    )
    answer = subprocess.run(
        ["bash", "-c", f'PATH="{tmp_path}:$PATH"\n{script}\n{typed}'],
        capture_output=True,
        text=True,
    )
    assert answer.stdout.splitlines() == ["plain ansi html json", "get-text", "msg"], answer.stderr
