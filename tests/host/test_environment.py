"""What a program learns about its terminal from the environment."""

import pytest

from gputerm.host import child_environment
from gputerm.host.environment import ACTIVATION, FOREIGN, has_terminfo


def make(base=None, **options):
    options = {"version": "1.2", "window_id": "7", "pane_id": "9", "cwd": "/here", **options}
    return child_environment(base or {}, **options)


def test_program_learns_which_terminal_it_is_in(tmp_path):
    env = make({"HOME": str(tmp_path), "LANG": "C"}, socket="/run/s.sock", x11_window=99)
    assert env == {
        "HOME": str(tmp_path),
        "LANG": "C",
        "TERM": env["TERM"],
        "COLORTERM": "truecolor",
        "TERM_PROGRAM": "gputerm",
        "TERM_PROGRAM_VERSION": "1.2",
        "GPUTERM_SOCKET": "/run/s.sock",
        "GPUTERM_WINDOW_ID": "7",
        "GPUTERM_PANE_ID": "9",
        "WINDOWID": "99",
        "PWD": "/here",
    }


def test_traces_of_other_terminals_are_removed():
    env = make(dict.fromkeys(FOREIGN | ACTIVATION, "theirs"))
    assert "theirs" not in env.values()


def test_socket_of_an_outer_gputerm_is_not_ours():
    assert "GPUTERM_SOCKET" not in make({"GPUTERM_SOCKET": "/outer"})


def test_configured_variables_win():
    env = make(extra={"TERM": "xterm", "COLORTERM": "", "PWD": "/lie"})
    assert (env["TERM"], env["COLORTERM"], env["PWD"]) == ("xterm", "", "/here")


@pytest.mark.parametrize("directory", ["g", "67"])
@pytest.mark.parametrize("variable", ["TERMINFO", "TERMINFO_DIRS", "HOME"])
def test_term_is_ours_only_where_programs_find_the_entry(tmp_path, directory, variable):
    base = {"HOME": "/nonexistent"}
    absent = make(base)["TERM"]
    place = tmp_path / ".terminfo" if variable == "HOME" else tmp_path
    (place / directory).mkdir(parents=True)
    (place / directory / "gputerm").write_bytes(b"")
    value = f"/other::{tmp_path}" if variable == "TERMINFO_DIRS" else str(tmp_path)
    assert make({**base, variable: value})["TERM"] == "gputerm"
    assert absent == ("gputerm" if has_terminfo("gputerm", base) else "xterm-256color")
