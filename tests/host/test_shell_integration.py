"""Shells that tell of their prompts and commands: real ones, with start-up files people have."""

import os
import re
import select
import shutil

import pytest

from gputerm.host.pty import Pty
from gputerm.host.shell_integration import integrated
from gputerm.testing import Session

SHELLS = [
    pytest.param(shell, marks=pytest.mark.skipif(not shutil.which(shell), reason=f"no {shell}"))
    for shell in ("bash", "zsh", "fish")
]
FILES = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish"}
PROMPTS = {
    "bash": "PS1='> '\n",
    "zsh": "PS1='> '; unsetopt prompt_sp\n",
    "fish": "function fish_prompt; echo -n '> '; end; set -g fish_greeting\n",
}


@pytest.fixture
def start(tmp_path):
    """Starts a shell with a start-up file, marked unless it shall not be."""
    sessions = []

    def start(shell, lines="", *arguments, marked=True, file=None, env=None):
        home = tmp_path / "home"
        place = home / (file or FILES[shell])
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(PROMPTS[shell] + lines)
        # Without this folder fish reads all manuals at its first start.
        (home / "data/fish/generated_completions").mkdir(parents=True, exist_ok=True)
        base = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "HISTFILE": ""}
        base |= {"XDG_DATA_HOME": str(home / "data"), **(env or {})}
        started, its_env = (
            integrated([shell, *arguments], base) if marked else ([shell, *arguments], base)
        )
        session = Session(*started, env=its_env, cwd=home, size=(60, 12), timeout=5)
        sessions.append(session)
        return session

    yield start
    for session in sessions:
        session.close()


def blocks(session):
    return list(session.terminal.blocks)


def told(session, command, *, code=0):
    """What a shell says of a command."""
    result = session.run(command)
    assert result.exit_code == code
    block = [b for b in blocks(session) if b.output_line is not None][-1]
    assert block.exit_code == code
    return block, result.output


@pytest.mark.parametrize("shell", SHELLS)
def test_commands_exit_codes_and_directories_are_told(start, shell):
    session = start(shell)
    block, output = told(session, "sh -c 'echo a; echo b; exit 3'", code=3)
    assert (block.command, output) == ("sh -c 'echo a; echo b; exit 3'", "a\nb")
    block, output = told(session, "printf '%s;%%;%s\\n' 'ä 日本' '?#'")
    assert block.command == "printf '%s;%%;%s\\n' 'ä 日本' '?#'"
    assert output == "ä 日本;%;?#"
    told(session, "mkdir -p 'a b;%41ü#?'; cd 'a b;%41ü#?'")
    block, _ = told(session, "true")
    assert block.cwd == os.path.join(str(session.terminal.cwd))
    assert block.cwd.endswith("/home/a b;%41ü#?")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_screen_is_that_of_a_shell_without_marks(start, shell):
    screens = []
    for marked in (True, False):
        session = start(shell, marked=marked)
        session.rest()
        for line in ("echo one", "", "printf two", "cd /", "false"):
            session.type(line + "\n")
            session.rest()
        screens.append(session.text())
    assert screens[0] == screens[1]
    assert "one" in screens[0]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_command_that_never_ran_is_no_command(start, shell):
    session = start(shell)
    told(session, "true")
    count = session.terminal.blocks.newest
    # Until the shell reads keys by itself, Ctrl+C is a signal to somebody else. It does by the time
    # that its prompt ends.
    session.wait(lambda *_: (b := blocks(session)[-1]).output_line is None and b.command_start)
    session.rest()
    session.type("echo never")
    session.wait("echo never", echo=True)
    session.press("ctrl+c")
    session.rest()
    session.type("\n")
    session.rest()
    told(session, "sh -c 'exit 4'", code=4)
    ran = [b.command for b in blocks(session) if b.number >= count and b.output_line is not None]
    assert ran == ["sh -c 'exit 4'"]


@pytest.mark.parametrize("shell", SHELLS)
def test_several_lines_are_one_command(start, shell):
    session = start(shell)
    told(session, "true")
    lines = (
        ["for i in 1 2", "echo $i", "end"]
        if shell == "fish"
        else ["for i in 1 2", "do echo $i", "done"]
    )
    for line in lines:
        session.type(line + "\n")
        session.rest()
    told(session, "true")
    before = [b for b in blocks(session) if b.output_line is not None][-2]
    assert re.fullmatch(r"for i in 1 2;? (do )?echo \$i;? (done|end)", before.command)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_resize_at_the_prompt_leaves_marks_in_order(start, shell):
    session = start(shell)
    told(session, "true")
    session.resize(40, 10)
    session.rest()
    block, output = told(session, "echo hi")
    assert (block.command, output) == ("echo hi", "hi")


@pytest.mark.parametrize("shell", SHELLS)
def test_variables_are_given_back(start, shell):
    """What is started from the shell sees nothing of how the shell was started."""
    for lines in (False, True):
        own = {"ENV": "/own", "ZDOTDIR": "", "XDG_DATA_DIRS": "/own:/usr/share"} if lines else {}
        own.pop("ZDOTDIR", None)
        session = start(shell, "", env=own)
        _, output = told(
            session,
            "env | grep -E '^(ENV|ZDOTDIR|XDG_DATA_DIRS|GPUTERM_USER|GPUTERM_SHELL)' | sort",
        )
        assert output.splitlines() == [f"{name}={value}" for name, value in sorted(own.items())]


@pytest.mark.parametrize("shell", SHELLS)
def test_shells_within_a_shell_do_no_harm(start, shell):
    session = start(shell)
    told(session, "true")
    session.type("env PS1='in> ' sh\n")
    session.wait(re.compile("^in>", re.M))
    session.type("exit 5\n")
    told(session, "true")
    ran = [b for b in blocks(session) if b.output_line is not None]
    assert (ran[-2].command, ran[-2].exit_code) == ("env PS1='in> ' sh", 5)
    session.type("exec env PS1='in> ' sh\n")
    session.wait(re.compile("^in>", re.M))
    session.type("echo still here\n")
    session.wait("still here")


@pytest.mark.parametrize(
    "lines",
    [
        "set -u\n",
        "set -o vi\n",
        "set -f; IFS=x\n",
        "PROMPT_COMMAND='false'\n",
        "PROMPT_COMMAND=(false 'x=1')\n",
        "rebuild() { PS1='> '; }; PROMPT_COMMAND=rebuild\n",
        "trap 'debugged=1' DEBUG\n",
        "alias printf='echo no' local='echo no' history='echo no'\n",
        "HISTCONTROL=ignoreboth\n",
        "shopt -u promptvars\n",
    ],
)
def test_bash_as_people_set_it_up(start, lines):
    session = start("bash", lines)
    for _ in range(2):
        block, output = told(session, "sh -c 'echo out; exit 6'", code=6)
        assert (block.command, output) == ("sh -c 'echo out; exit 6'", "out")
    assert session.text().splitlines()[0].startswith("> sh -c")
    block, _ = told(session, " echo kept out of the history")
    assert block.command.strip() == "echo kept out of the history"


def test_bashs_debug_trap_and_status_stay(start):
    session = start("bash", "trap 'seen=$BASH_COMMAND' DEBUG\n")
    assert told(session, "trap -p DEBUG")[1] == "trap -- 'seen=$BASH_COMMAND' DEBUG"
    session.run("sh -c 'exit 7'")
    assert told(session, 'echo $? "${PIPESTATUS[@]}"')[1] == "7 7"


@pytest.mark.parametrize("file", [".bash_profile", ".profile"])
def test_a_login_bash_reads_its_own_files(start, file):
    session = start("bash", "profile=read\n", "-l", file=file)
    _, output = told(session, "echo $profile; shopt login_shell; shopt -o posix; true")
    assert output.split() == ["read", "login_shell", "on", "posix", "off"]


def test_without_its_history_bash_still_tells(start):
    session = start("bash", "set +o history\n")
    block, _ = told(session, "echo hi")
    assert block.command == "echo hi"


@pytest.mark.skipif(not shutil.which("zsh"), reason="no zsh")
@pytest.mark.parametrize(
    "lines",
    [
        "setopt no_unset\n",
        "bindkey -v\n",
        "setopt ksh_arrays sh_word_split\n",
        "precmd() { false; }\n",
        "rebuild() { PS1='> '; }; precmd_functions+=(rebuild)\n",
        "setopt prompt_subst; PS1='$(print -n \">\") '\n",
        "alias print='echo no' local='echo no'\n",
        "setopt extended_glob nomatch glob_subst\n",
    ],
)
def test_zsh_as_people_set_it_up(start, lines):
    session = start("zsh", lines)
    session.wait(">")
    session.type("\n")  # The first prompt has marks unless hooks of the user's build it anew.
    session.rest()
    for _ in range(2):
        block, output = told(session, "sh -c 'echo out; exit 6'", code=6)
        assert (block.command, output) == ("sh -c 'echo out; exit 6'", "out")
    assert session.text().splitlines()[1].startswith("> sh -c")


@pytest.mark.skipif(not shutil.which("zsh"), reason="no zsh")
def test_a_zsh_with_another_directory_reads_its_files(start, tmp_path):
    own = str(tmp_path / "home" / "own")
    session = start("zsh", "rc=read\n", "-l", file="own/.zshrc", env={"ZDOTDIR": own})
    assert told(session, "echo $rc $ZDOTDIR")[1].replace("\n", "") == f"read {own}"


def test_other_programs_and_arguments_are_left_alone():
    for argv in (["sh"], ["bash", "-c", "x"], ["bash", "--norc"], ["zsh", "-f"], ["fish", "-N"]):
        assert integrated(argv, {"A": "1"}) == (argv, {"A": "1"})


def test_a_shell_is_known_by_what_was_asked_for(tmp_path):
    env = {**os.environ, "HOME": str(tmp_path)}
    pty = Pty.spawn(["bash"], cwd="/", env=env, lines=5, columns=20, shell_integration=True)
    try:
        select.select([pty.fd], [], [], 20)  # The prompt: bash runs.
        foreground = pty.foreground()
        assert foreground is not None
        assert (pty.argv, pty.env, foreground.command) == (("bash",), env, ("bash",))
    finally:
        pty.close()
        os.waitpid(pty.pid, 0)
