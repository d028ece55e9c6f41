"""Operating system commands: what they change, what they tell the world, what they refuse."""

import base64

import pytest
from talk import Talk

from gputerm.vt.events import (
    ClipboardQuery,
    ClipboardSet,
    ContextChanged,
    CursorStyleChanged,
    CwdChanged,
    IconTitleChanged,
    Mark,
    Notify,
    NotifyClosed,
    PointerShape,
    Progress,
    ProgressState,
    PromptKind,
    PromptMark,
    TitleChanged,
    Urgency,
    UserVar,
)
from gputerm.vt.functions import osc


def test_titles():
    t = Talk()
    assert t.feed("\x1b]0;a;b\a") == [IconTitleChanged("a;b"), TitleChanged("a;b")]
    assert t.feed("\x1b]1;i\a") == [IconTitleChanged("i")]
    assert t.feed("\x1b]2;  Grüße \x1b\\") == [TitleChanged("Grüße")]
    assert t.feed("\x1b]2;Grüße\a") == []  # As before.
    assert t.feed("\x1b]2\a") == [TitleChanged("")]


def test_a_title_has_no_controls_and_an_end():
    t = Talk()
    t.feed(b"\x1b]2;a\xc2\x9bb\xffc" + b"x" * 5000 + b"\a")
    assert t.terminal.title.startswith("ab\ufffdcxxx")
    assert len(t.terminal.title) == 1024


@pytest.mark.parametrize(
    ("uri", "event"),
    [
        ("file://host/a%20b/%C3%BC", CwdChanged("host", "/a b/ü")),
        ("file:///tmp", CwdChanged("", "/tmp")),
        ("kitty-shell-cwd://h/a%20b", CwdChanged("h", "/a%20b")),
        ("file://h/a%0Ab%1B", CwdChanged("h", "/ab")),
    ],
)
def test_working_directory(uri, event):
    t = Talk()
    assert t.feed(f"\x1b]7;{uri}\a") == [event]
    assert t.terminal.cwd == event.path


@pytest.mark.parametrize(
    "uri", ["", "file://host", "http://x/y", "/tmp", "file://h/" + "a" * 20000]
)
def test_what_is_no_working_directory(uri):
    assert Talk().feed(f"\x1b]7;{uri}\a") == []


def test_hyperlinks():
    t = Talk()
    t.feed("\x1b]8;id=7:x=y;https://e.example/;a\x1b\\A\x1b]8;;\x1b\\B")
    row = t.terminal.cells(0)
    link = t.terminal.hyperlink(int(row[0, 3]) >> 16)
    assert (link.uri, link.id) == ("https://e.example/;a", "7")
    assert int(row[1, 3]) >> 16 == 0


@pytest.mark.parametrize("payload", ["", ";", "x", ";" + "u" * 3000, "id=" + "i" * 300 + ";"])
def test_a_malformed_or_long_link_is_none(payload):
    t = Talk()
    t.feed(f"\x1b]8;{payload}\aA")
    assert int(t.terminal.cells(0)[0, 3]) >> 16 == 0


def test_clipboard():
    t = Talk()
    assert t.feed("\x1b]52;c;aGVsbG8=\a") == [ClipboardSet("c", b"hello")]
    assert t.feed("\x1b]52;cpc;aGVsbG8\a") == [ClipboardSet("cp", b"hello")]
    assert t.feed("\x1b]52;;aGk=\a") == [ClipboardSet("s0", b"hi")]
    assert t.feed("\x1b]52;p;!\a") == [ClipboardSet("p", b"")]
    assert t.feed("\x1b]52;x;aGk=\a\x1b]52;c\a\x1b]52\a") == []
    query = t.only("\x1b]52;p;?\x1b\\", ClipboardQuery)
    assert t.terminal.clipboard_reply(query, b"hi") == b"\x1b]52;p;aGk=\x1b\\"
    query = t.only("\x1b]52;c;?\a", ClipboardQuery)
    assert t.terminal.clipboard_reply(query, b"") == b"\x1b]52;c;\a"


def test_clipboard_contents_are_bounded_and_not_in_the_repr():
    t = Talk()
    secret = ClipboardSet("c", b"secret")
    assert "secret" not in repr(secret)
    most = base64.b64encode(b"x" * 700_000).decode()
    assert len(t.only(f"\x1b]52;c;{most}\a", ClipboardSet).data) == 700_000
    t.feed(f"\x1b]52;c;{'A' * (3 << 20)}\a")
    assert all(len(e.data) <= 1 << 20 for e in t.events if isinstance(e, ClipboardSet))


def test_simple_notifications():
    t = Talk()
    assert t.feed("\x1b]9;done\a") == [Notify("", "done")]
    assert t.feed("\x1b]777;notify;make;it is; done\a") == [Notify("make", "it is; done")]
    assert t.feed("\x1b]777;other;x\a\x1b]777;notify\a\x1b]777\a\x1b]9;\a\x1b]9\a") == []


@pytest.mark.parametrize("number", [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12])
def test_conemu_commands_are_refused(number):
    assert Talk().feed(f"\x1b]9;{number};calc.exe\a\x1b]9;{number}\a") == []


@pytest.mark.parametrize(
    ("payload", "event"),
    [
        ("4;1;30", Progress(ProgressState.NORMAL, 30)),
        ("4;2;999", Progress(ProgressState.ERROR, 100)),
        ("4;3", Progress(ProgressState.INDETERMINATE, 0)),
        ("4;4;5;", Progress(ProgressState.PAUSED, 5)),
        ("4;0;50", Progress(ProgressState.NONE, 0)),
        ("4", Progress(ProgressState.NONE, 0)),
        ("4;0001;0000050", Progress(ProgressState.NORMAL, 50)),
        ("4;1;1234", Progress(ProgressState.NORMAL, 100)),
    ],
)
def test_progress(payload, event):
    assert Talk().feed(f"\x1b]9;{payload}\a") == [event]


@pytest.mark.parametrize("payload", ["4;9;1", "4;x", "4;1;-5", "4;1;5x"])
def test_malformed_progress_is_nothing(payload):
    assert Talk().feed(f"\x1b]9;{payload}\a") == []


def test_kitty_notifications_come_in_pieces():
    t = Talk()
    assert t.feed("\x1b]99;;hello\a") == [Notify("hello", "")]
    assert t.feed("\x1b]99;i=a:d=0:u=2;Hel\a\x1b]99;i=a:d=0;lo\a") == []
    body = base64.b64encode(b"wor\x1bld").decode()
    assert t.feed(f"\x1b]99;i=a:p=body:e=1:o=unfocused;{body}\a") == [
        Notify("Hello", "world", "a", Urgency.CRITICAL, "unfocused")
    ]
    assert t.feed("\x1b]99;i=a:p=close;\a") == [NotifyClosed("a")]
    assert t.ask("\x1b]99;i=q:p=?;\a").startswith("\x1b]99;i=q:p=?;p=title,body")


@pytest.mark.parametrize(
    "payload", ["", "i=1", ";", "i=1;", "e=1;!!", "p=x;y", ":=:;", "p=close;x"]
)
def test_malformed_kitty_notifications_are_nothing(payload):
    assert Talk().feed(f"\x1b]99;{payload}\a") == []


def test_an_id_that_is_too_long_is_none():
    t = Talk()
    longest, longer = "i" * 64, "i" * 65
    assert t.only(f"\x1b]99;i={longest};hi\a", Notify).id == longest
    assert t.only(f"\x1b]99;i={longer};hi\a", Notify).id == ""
    assert t.ask(f"\x1b]99;i={longer}:p=?;\a").startswith("\x1b]99;i=0:p=?;")
    assert t.feed(f"\x1b]99;i={longer}:p=close;\a") == []


def test_an_id_that_could_be_a_command_is_dropped():
    t = Talk()
    assert t.only("\x1b]99;i=$(x);hi\a", Notify).id == ""
    assert "$" not in t.ask("\x1b]99;i=$(x):p=?;\a")


def test_unfinished_notifications_are_bounded():
    t = Talk()
    for i in range(1000):
        t.feed(f"\x1b]99;i={i}:d=0;{'x' * 500}\a")
    assert len(t.terminal.notifications) == 8
    for _ in range(100):
        t.feed(f"\x1b]99;i=999:d=0;{'x' * 500}\a")
    assert len(t.terminal.notifications["999"].title) == 1024


def test_pointer_shapes():
    t = Talk()
    assert t.feed("\x1b]22;crosshair\a") == [PointerShape("crosshair")]
    assert t.feed("\x1b]22;>wait\a") == [PointerShape("wait")]
    assert t.feed("\x1b]22;<\a") == [PointerShape("crosshair")]
    assert t.ask("\x1b]22;?text,nonsense,__current__\a") == "\x1b]22;1,0,crosshair\a"
    assert t.feed("\x1b]22;nonsense\a") == [PointerShape("")]
    t.feed("\x1b]22;>help\a" * 1000)
    assert len(t.terminal.pointers) == osc.MAX_POINTERS


def test_iterm():
    t = Talk()
    assert t.feed("\x1b]1337;CurrentDir=/tmp\a") == [CwdChanged("", "/tmp")]
    assert t.feed("\x1b]1337;SetMark\a") == [Mark(0)]
    assert t.feed("\x1b]1337;SetUserVar=k=dmFs\a") == [UserVar("k", "val")]
    assert t.feed("\x1b]1337;SetUserVar=k=!\a\x1b]1337;File=name=x:AAAA\a\x1b]1337;\a") == []
    assert t.feed("\x1b]1337;Copy=:aGk=\a\x1b]1337;StealFocus\a\x1b]1337;ReportCellSize\a") == []


def test_osc_50_is_only_the_cursor_shape():
    t = Talk()
    assert t.feed("\x1b]50;CursorShape=1\a") == [CursorStyleChanged("beam", blinking=False)]
    assert t.feed("\x1b]50;?\a\x1b]50;fixed\a\x1b]50;CursorShape=9\a") == []


def test_contexts():
    t = Talk()
    assert t.feed("\x1b]3008;start=abc;type=container;machineid=x=y\a") == [
        ContextChanged("start", "abc", (("type", "container"), ("machineid", "x=y")))
    ]
    assert t.feed("\x1b]3008;end=abc;exit=success\a") == [
        ContextChanged("end", "abc", (("exit", "success"),))
    ]
    assert (
        t.feed("\x1b]3008;\a\x1b]3008;start=\a\x1b]3008;go=1\a\x1b]3008;start=" + "x" * 99 + "\a")
        == []
    )


def test_commands_of_contexts_are_blocks_unless_marks_tell_more():
    t = Talk()
    t.feed("$ ls\r\n\x1b]3008;start=a;type=command;cwd=/usr;cmdline=ls -l\aone\r\n")
    t.feed("\x1b]3008;end=b;exit=failure;status=9\a\x1b]3008;end=a;exit=failure;status=3\a")
    t.feed("\x1b]3008;start=c;type=command\a\x1b]3008;start=d;type=shell\a")
    t.feed("\x1b]3008;end=c;exit=success\a")
    blocks = list(t.terminal.blocks)
    assert [(b.command, b.cwd, b.exit_code) for b in blocks] == [
        ("ls -l", "/usr", 3),
        ("", "/usr", 0),
    ]
    assert (blocks[0].output_line, blocks[0].end_line) == (1, 2)
    t.feed("\x1b]133;A\a$ \x1b]133;C\a\x1b]3008;start=e;type=command\a")
    t.feed("\x1b]3008;end=e;exit=failure;status=1\a\x1b]133;D;0\a")
    assert [b.exit_code for b in t.terminal.blocks] == [3, 0, 0]


# Shell integration


def test_a_command_from_prompt_to_exit():
    t = Talk()
    t.feed("\x1b]7;file:///home\a\x1b]133;A\a$ \x1b]133;B\a")
    events = t.feed("ls\r\n\x1b]133;C;cmdline_url=ls%20-l\aone\r\ntwo\r\n\x1b]133;D;3\a")
    assert events == [
        PromptMark(PromptKind.OUTPUT, 1, 1, None, "ls -l"),
        PromptMark(PromptKind.FINISHED, 3, 1, 3, "ls -l"),
    ]
    (block,) = t.terminal.blocks
    assert (block.prompt_line, block.command_start) == (0, (0, 2))
    assert (block.output_line, block.end_line) == (1, 3)
    assert (block.command, block.cwd, block.exit_code) == ("ls -l", "/home", 3)
    assert not block.aborted


def test_prompt_and_output_rows_are_flagged():
    t = Talk()
    t.feed("\x1b]133;A\a$ \r\n\x1b]133;C\a")
    assert [t.terminal.row_flags(line) >> 3 & 3 for line in (0, 1)] == [1, 2]


def test_output_without_a_last_newline_includes_its_line():
    t = Talk()
    t.feed("\x1b]133;A\a$ \r\n\x1b]133;C\aabc\x1b]133;D;0\a")
    (block,) = t.terminal.blocks
    assert (block.output_line, block.end_line) == (1, 2)


def test_a_prompt_drawn_again_is_the_same_block():
    t = Talk()
    t.feed("\x1b]133;A\a$ \x1b]133;B\a\r\x1b[K\x1b]133;A\a$ \x1b]133;B\a")
    assert len(t.terminal.blocks) == 1
    t.feed("\x1b]133;D\a\r\n\x1b]133;A\a")
    first, second = t.terminal.blocks
    assert first.aborted
    assert second.number == 2


def test_a_command_whose_end_was_never_told_ends_with_the_next_prompt():
    t = Talk()
    t.feed("\x1b]133;A\a\r\n\x1b]133;C\ax\r\n\x1b]133;A\a")
    first, _ = t.terminal.blocks
    assert (first.end_line, first.exit_code) == (2, None)


def test_secondary_prompts_start_nothing():
    t = Talk()
    t.feed("\x1b]133;A\a\x1b]133;A;k=s\a\x1b]133;P;k=r\a")
    assert len(t.events) == 1


def test_fresh_line():
    t = Talk()
    t.feed("abc\x1b]133;L\ax\r\x1b]133;L\ay")
    assert t.screen()[:2] == ["abc", "y"]


@pytest.mark.parametrize(
    "payload", ["", ";", "Z", "D", "D;x", "D;99999999999", "C;cmdline_url=%zz"]
)
def test_odd_marks_do_no_harm(payload):
    t = Talk()
    t.feed(f"\x1b]133;{payload}\a\x1b]633;{payload}\a\x1b]133;A\a\x1b]133;{payload}\a")


def test_vscode_marks():
    t = Talk()
    t.feed("\x1b]633;A\a$ \x1b]633;B\aecho\r\n")
    t.feed("\x1b]633;E;echo a\\x3bb\\\\;nonce\a\x1b]633;C\a\x1b]633;D;0\a")
    (block,) = t.terminal.blocks
    assert (block.command, block.exit_code) == ("echo a;b\\", 0)
    assert t.feed("\x1b]633;P;Cwd=/a\\x20b\a") == [CwdChanged("", "/a b")]


def test_blocks_are_bounded_and_numbered_on():
    t = Talk(history=10)
    for _ in range(1500):
        t.terminal.feed(b"\x1b]133;A\a\x1b]133;C\a\x1b]133;D;0\a")
    numbers = [block.number for block in t.terminal.blocks]
    assert len(numbers) == 1000
    assert numbers[-1] == 1500


def test_blocks_move_with_their_lines():
    t = Talk(columns=10)
    t.feed("0123456789abcde\r\n\x1b]133;A\a$ \x1b]133;B\acmd\r\n\x1b]133;C\aout\r\n\x1b]133;D;0\a")
    t.terminal.resize(6, 5)
    t.terminal.check()
    (block,) = t.terminal.blocks
    assert t.terminal.line_text(block.prompt_line) == "$ cmd"
    assert t.terminal.line_text(block.output_line) == "out"
    assert block.command_start == (block.prompt_line, 2)


def test_clearing_the_history_forgets_its_blocks():
    t = Talk(lines=3)
    t.feed("\x1b]133;A\a\r\n\x1b]133;C\ax\r\n\x1b]133;D\a\n\n\n\n\n\n")
    t.terminal.clear_history()
    assert len(t.terminal.blocks) == 0
