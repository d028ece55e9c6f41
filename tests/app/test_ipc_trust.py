"""What programs may do beyond their cells: each cell of the table in real windows; and audit."""

import json
import os
import struct

import pytest

from gputerm.ipc import Remote
from gputerm.policy.privileges import GRANTS, Grant, Privilege, Trust

URGENT = 1 << 8  # ICCCM 4.1.2.4, XUrgencyHint

#: What a program sends to make use of a privilege.
SENT = {
    Privilege.TITLE: r"\033]2;theirs\a",
    Privilege.CLIPBOARD_WRITE: r"\033]52;c;c3RvbGVu\a",
    Privilege.CLIPBOARD_READ: r"\033]52;c;?\a",
    Privilege.NOTIFICATION: r"\033]9;hello\a",
    Privilege.ATTENTION: r"\033[?1042h\a",
    Privilege.RESIZE: r"\033[8;10;40t",
    Privilege.LINK: r"\033]8;;https://example.org/x\033\\link\033]8;;\033\\",
    Privilege.CWD: r"\033]7;file:///usr\a\033]133;A\a\033]133;C;cmdline=x\a",
    Privilege.WINDOW_REPORT: r"\033[19t",
}
UNFOCUSED = {Privilege.ATTENTION}  # only then is there something to be seen


class Scene:
    """Window 1, which is trusted and has put "mine" on the clipboard, and window 2, the actor."""

    def __init__(self, gputerm, tmp_path, level, privilege, *, focused):
        self.opened = tmp_path / "opened"
        programs = tmp_path / "bin"
        programs.mkdir()
        browser = programs / "xdg-open"
        browser.write_text(f'#!/bin/sh\necho "$@" >> {self.opened}\n')
        browser.chmod(0o755)
        self.terminal = gputerm(
            *("-o", "terminal.trust=Trusted", "-o", "terminal.osc52=CopyPaste"),
            *("-e", "sh", "-c", r"printf '\033]52;c;bWluZQ==\aready\n'; cat"),
            environment={"PATH": f"{programs}:{os.environ['PATH']}"},
        )
        self.terminal.wait_text("ready")
        self.remote = Remote.find(str(self.terminal.socket))
        self._listening = Remote.find(str(self.terminal.socket))
        script = (
            r"stty raw -echo; printf '> '; dd bs=1 count=1 2>/dev/null;"
            rf" printf '{SENT[privilege]}'; printf 'done '; cat -v"
        )
        self.remote.create_window(
            command=["sh", "-c", script], trust=level.value, working_directory="/usr"
        )
        self.terminal.wait_text("^>", 2)
        self.terminal.focus(1 if focused else 0)
        self.terminal.wait_for(lambda: self.window()["focused"] is focused, "the focus")
        self._told = []
        self._events = self._listening.events("cwd", "notification", "bell", timeout=20)

    def window(self):
        return self.remote.list()["windows"][1]

    def act(self):
        """Let the program use the privilege; what it wrote before "done" has been parsed then."""
        self.remote.send_text("x", window=2)
        self.terminal.wait_text("done", 2)

    def events(self):
        """The names of window 2's events so far; a bell of window 1 marks their end."""
        self.remote.send_text("\x07\n", window=1)
        while (event := next(self._events))["window"] != 1 or event["event"] != "bell":
            if event["window"] == 2:
                self._told.append(event["event"])
        return self._told

    def pasted(self):
        """What is on the clipboard, as window 1 pastes it."""
        self.remote.send_text("<", window=1)
        self.remote.action(["Paste"], window=1)
        self.remote.send_text(">\n", window=1)
        found = self.remote.wait(text="^<.*>\n<.*>$", window=1, timeout=20)["value"]
        return found.split("\n")[0][1:-1]

    def close(self):
        self.remote.close()
        self._listening.close()


def title(scene):
    return scene.window()["title"] == "theirs"


def clipboard_write(scene):
    return {"stolen": True, "mine": False}[scene.pasted()]


def clipboard_read(scene):
    scene.remote.send_text("|", window=2)  # behind the reply, if there is one
    screen = scene.terminal.wait_text(r"\|", 2)
    return "^[]52;c;bWluZQ==" in screen


def notification(scene):
    return "notification" in scene.events()


def attention(scene):
    scene.events()
    with scene.terminal.x11() as x11:
        hints = x11.text_property(scene.window()["x11_id"], "WM_HINTS")
    return bool(struct.unpack_from("<I", hints)[0] & URGENT)


def resize(scene):
    scene.remote.ping()
    size = scene.terminal.wait_for(
        lambda: (w := scene.window())["columns"] in (40, 80) and (w["columns"], w["lines"]),
        "a size",
    )
    return {(40, 10): True, (80, 24): False}[size]


def link(scene):
    terminal = scene.terminal
    row = scene.remote.search("link", window=2)["matches"][0]
    terminal.pointer_to(row["line"] + 0.5, row["column"] + 1.5, index=1)
    terminal.xdotool("keydown", "ctrl", "click", "1", "keyup", "ctrl")
    terminal.wait_for(lambda: scene.remote.audit(window=2)["records"], "the click")
    if not scene.remote.audit(window=2)["records"][-1]["allowed"]:
        return scene.opened.exists()
    terminal.wait_for(scene.opened.exists, "the browser")
    terminal.wait_for(scene.opened.read_text, "an address")
    return True


def cwd(scene):
    scene.remote.action(["CreateNewWindow"], window=2)
    third = scene.remote.list()["windows"][2]
    home = scene.terminal.environment["HOME"]
    started = {"/usr": True, home: False}[third["cwd"]]
    (block,) = scene.remote.blocks(window=2)["blocks"]
    assert (block["cwd"] == "/usr") is started
    assert ("cwd" in scene.events()) is started
    return started


def window_report(scene):
    scene.remote.send_text("|", window=2)
    screen = scene.terminal.wait_text(r"\|", 2)
    assert "^[[9;" in screen
    return "^[[9;24;80t" not in screen


SEEN = {
    privilege: globals()[privilege.value.replace("-", "_")] for privilege in Privilege
}  #: whether it was of use


@pytest.fixture
def scene(gputerm, tmp_path):
    """Makes a Scene; one for each test."""
    made = []

    def make(level, privilege, *, focused):
        made.append(Scene(gputerm, tmp_path, level, privilege, focused=focused))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.mark.window
@pytest.mark.parametrize("level", Trust, ids=lambda level: level.value)
@pytest.mark.parametrize("privilege", Privilege, ids=lambda privilege: privilege.value)
def test_each_cell_of_the_table(scene, privilege, level):
    grant = GRANTS[privilege][level]
    here = scene(level, privilege, focused=privilege not in UNFOCUSED)
    expected = grant is not Grant.NO
    here.act()
    assert SEEN[privilege](here) is expected
    if privilege is not Privilege.WINDOW_REPORT:
        record = here.remote.audit(window=2)["records"][-1]
        assert (record["what"], record["allowed"]) == (privilege.value, expected)
        answer = "allowed" if expected else "refused"
        assert answer in here.terminal.msg("audit", "-w", "2")


@pytest.mark.window
@pytest.mark.parametrize("level", [Trust.TRUSTED, Trust.DEFAULT], ids=lambda level: level.value)
@pytest.mark.parametrize("privilege", [Privilege.CLIPBOARD_READ, Privilege.CLIPBOARD_WRITE])
def test_the_clipboard_without_the_focus(scene, privilege, level):
    here = scene(level, privilege, focused=False)
    here.act()
    assert SEEN[privilege](here) is (GRANTS[privilege][level] is Grant.OSC52)


def audited(terminal):
    return json.loads(terminal.msg("--json", "audit", "-w", "2"))["records"]


@pytest.mark.parametrize(
    ("osc52", "what", "sequence", "expected"),
    [
        ("OnlyCopy", "clipboard-write", SENT[Privilege.CLIPBOARD_WRITE], True),
        ("OnlyCopy", "clipboard-read", SENT[Privilege.CLIPBOARD_READ], False),
        ("OnlyPaste", "clipboard-write", SENT[Privilege.CLIPBOARD_WRITE], False),
        ("OnlyPaste", "clipboard-read", SENT[Privilege.CLIPBOARD_READ], True),
        ("Disabled", "clipboard-write", SENT[Privilege.CLIPBOARD_WRITE], False),
        ("Disabled", "clipboard-read", SENT[Privilege.CLIPBOARD_READ], False),
    ],
)
def test_the_clipboard_as_configured(gputerm, osc52, what, sequence, expected):
    terminal = gputerm("-e", "cat")
    script = f"stty raw -echo; printf '{sequence}'; cat -v"
    option = f"terminal.osc52={osc52}"
    terminal.msg("create-window", "--trust", "trusted", "-o", option, "-e", "sh", "-c", script)
    (record,) = terminal.wait_for(lambda: audited(terminal), "the attempt")
    assert (record["what"], record["allowed"]) == (what, expected)


def test_titles_that_an_untrusted_program_set_do_not_come_back(gputerm):
    terminal = gputerm("-e", "sh", "-c", r"read x; printf '\033]2;theirs\a'; echo done; cat")
    terminal.msg("set-trust", "untrusted")
    terminal.msg("send-keys", "Enter")
    terminal.wait_text("done")
    terminal.msg("set-trust", "default")
    terminal.msg("set-title", "x")
    terminal.msg("set-title")
    assert terminal.windows()[0]["title"] == "gputerm"


def test_trust_by_configuration_and_by_action(gputerm):
    terminal = gputerm("-o", 'terminal.trust="Untrusted"', "-e", "cat")

    def levels():
        return [window["trust"] for window in terminal.windows()]

    terminal.msg("create-window", "--trust", "default", "-e", "cat")
    terminal.msg("create-window", "-o", "terminal.trust=Trusted", "-e", "cat")
    assert levels() == ["untrusted", "default", "trusted"]
    terminal.msg("config", "-w", "1", "terminal.trust=Default")
    assert levels() == ["default", "default", "trusted"]
    terminal.msg("action", "-w", "3", "Distrust")
    assert levels() == ["default", "default", "untrusted"]


def test_rules_decide_by_what_a_window_is_opened_with(gputerm, tmp_path):
    config = tmp_path / "config" / "gputerm" / "gputerm.toml"
    config.parent.mkdir(parents=True)
    config.write_text("""
        [terminal]
        trust = "Trusted"

        [[terminal.trust_rules]]
        match = 'cmd:"^sleep 9" and not env:SURE=1'
        trust = "Untrusted"

        [[terminal.trust_rules]]
        match = "title:^strange or cwd:^/usr$ or cmd:sleep"
        trust = "Default"

        [[terminal.trust_rules]]
        match = "title:["
        trust = "Untrusted"
    """)
    terminal = gputerm("-e", "cat")
    assert "a ] is missing" in terminal.stderr()
    for arguments in (
        ("-e", "sleep", "99"),
        ("--env", "SURE=1", "-e", "sleep", "99"),
        ("-T", "strange", "-e", "cat"),
        ("--working-directory", "/usr", "-e", "cat"),
        ("--trust", "trusted", "-e", "sleep", "99"),
    ):
        terminal.msg("create-window", *arguments)

    def levels():
        return [window["trust"] for window in terminal.windows()]

    assert levels() == ["trusted", "untrusted", "default", "default", "default", "trusted"]
    # What a program does to its title later doesn't matter.
    terminal.msg("set-title", "-w", "1", "strange")
    assert levels()[0] == "trusted"
    config.write_text("")
    terminal.msg("reload-config")
    assert levels() == [*["default"] * 5, "trusted"]


def test_an_untrusted_window_can_be_told_from_others(gputerm):
    terminal = gputerm("-T", "theirs", "-e", "cat")

    def shown():
        with terminal.x11() as x11:
            return x11.text_property(terminal.xid(), "_NET_WM_NAME").decode()

    assert shown() == "theirs"
    terminal.msg("set-trust", "untrusted")
    terminal.wait_for(lambda: shown() == "[untrusted] theirs", "the mark")
    assert terminal.windows()[0]["title"] == "theirs"
    assert "  untrusted  " in terminal.msg("list")
    terminal.msg("set-title", "other")
    terminal.wait_for(lambda: shown() == "[untrusted] other", "the mark before another title")
    terminal.msg("set-trust", "default")
    terminal.wait_for(lambda: shown() == "other", "the bare title")


def test_a_title_set_before_is_not_shown_while_the_window_is_untrusted(gputerm):
    terminal = gputerm("-e", "sh", "-c", r"printf '\033]2;theirs\a'; cat")
    terminal.wait_for(lambda: terminal.windows()[0]["title"] == "theirs", "the title")
    terminal.msg("set-trust", "untrusted")
    assert terminal.windows()[0]["title"] == "gputerm"
