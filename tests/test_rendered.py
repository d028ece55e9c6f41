"""`gputerm render` as a process: what it reads, when it ends, what it writes."""

import json
import subprocess
import sys

import pytest

from gputerm.export.picture import Newlines


def render(*arguments, text=b"", **options):
    """Its exit code and what it wrote to standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "gputerm", "render", "--size=20x6", "--text=-", *arguments],
        input=text,
        stdout=subprocess.PIPE,
        check=False,
        **options,
    )
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\ntwo\n", "one\ntwo"),
        ("one\r\ntwo", "one\ntwo"),
        ("\x1b[31mone\x1b[K\n\x1b[mtwo", "one\ntwo"),
        ("\x1b[Hone\ntwo", "one\n   two"),
        ("one\n\x1b[?1049htwo\nthree", "\ntwo\n   three"),
    ],
)
def test_lines_of_a_pipe_begin_at_the_left_until_a_program_uses_the_screen(text, shown, tmp_path):
    assert render("--input=-", text=text.encode()) == (0, shown + "\n")
    (tmp_path / "file").write_text(text, newline="")
    assert render(f"--input={tmp_path}/file") == (0, shown + "\n")


@pytest.mark.parametrize(
    ("when", "shown"), [("always", "one\ntwo\nthree"), ("never", "one\n   two\n      three")]
)
def test_the_user_knows_better(when, shown):
    text = b"one\n\x1b[2;1H" + (b"two" if when == "always" else b"\x1b[2;4Htwo") + b"\nthree"
    assert render("--input=-", f"--onlcr={when}", text=text) == (0, shown + "\n")


def test_a_motion_that_is_cut_in_two_is_seen():
    text = b"a\nb\x1b[12;3Hc\nd\n"
    for cut in range(len(text)):
        newlines = Newlines("auto")
        out = newlines.translate(text[:cut]) + newlines.translate(text[cut:])
        assert out == b"a\r\nb\x1b[12;3Hc\nd\n", cut


@pytest.mark.parametrize(
    "program",
    ["echo one; exec cat", "printf 'one\\n'; while :; do printf '\\033[2;1Htwo'; sleep .01; done"],
)
def test_what_comes_to_no_end_is_cut_and_drawn(program):
    code, shown = render("--timeout=1", "-e", "sh", "-c", program)
    assert code == 124
    assert shown.startswith("one\n")


def test_a_pipe_that_nobody_closes_is_cut_and_drawn():
    command = [sys.executable, "-m", "gputerm", "render", "--input=-", "--text=-", "--timeout=1"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(b"one\n")
        process.stdin.flush()
        assert process.stdout.read() == b"one\n"
        assert process.wait() == 124


def test_the_document_says_the_title():
    program = "printf '\\033]2;mine\\007'"
    code, text = render("--json=/dev/stderr", "-e", "sh", "-c", program, stderr=subprocess.STDOUT)
    assert code == 0
    assert json.loads(text.splitlines()[0])["title"] == "mine"


@pytest.mark.parametrize(("clusters", "column"), [("Always", 2), ("Requested", 4), ("Never", 4)])
def test_clusters_are_pictured_as_configured(clusters, column, tmp_path):
    option = f'terminal.clusters="{clusters}"'
    picture = tmp_path / "screen.json"
    text = "👍🏽".encode()
    assert render("--input=-", "-o", option, f"--json={picture}", text=text) == (0, "👍🏽\n")
    assert json.loads(picture.read_text())["cursor"]["column"] == column
