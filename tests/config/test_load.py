"""Files, imports and overrides become a configuration and a list of problems."""

import os
import re
import stat

import pytest

from gputerm.actions import Action
from gputerm.config import Config, find_file, load, with_overrides
from gputerm.errors import ConfigError


def read(*arguments, **named):
    loaded = load(*arguments, **named)
    return loaded.config, loaded.problems


def lines(problems):
    """Without directories and columns, which tests of their own look at."""
    texts = (str(problem).rpartition("/")[2] for problem in problems)
    return [re.sub(r"(\.toml:\d+):\d+: ", r"\1: ", text) for text in texts]


# Which file


def test_without_a_file_all_keys_have_their_defaults():
    assert read() == (Config(), [])


@pytest.mark.parametrize(
    "name",
    [
        "xdg/gputerm/gputerm.toml",
        "xdg/gputerm.toml",
        ".config/gputerm/gputerm.toml",
        ".gputerm.toml",
    ],
)
def test_each_place_is_searched_before_those_below_it(name, home, write, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "xdg"))
    write(".gputerm.toml", "")
    path = write(name, "[font]\nsize = 20")
    assert find_file() == path
    assert read()[0].font.size == 20


def test_a_relative_xdg_config_home_counts_as_unset(home, write, monkeypatch):
    monkeypatch.chdir(home)
    monkeypatch.setenv("XDG_CONFIG_HOME", "xdg")
    write("xdg/gputerm.toml", "")
    path = write(".config/gputerm.toml", "")
    assert find_file() == path


def test_a_named_file_that_cannot_be_read_is_an_error(home):
    with pytest.raises(ConfigError, match=r"missing\.toml: can't be read: No such file"):
        read(str(home / "missing.toml"))


@pytest.fixture(params=["a directory", "a pipe", "a socket", "a device"])
def no_file(request, home):
    """What it is and a path where it stands."""
    path = home / "no-file"
    match request.param:
        case "a directory":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case "a socket":
            os.mknod(path, stat.S_IFSOCK | 0o600)
        case _:
            path.symlink_to("/dev/zero")
    return request.param, path


def test_what_is_no_file_is_said_to_be_none(no_file, home, write):
    what, path = no_file
    reason = f"can't be read: it is {what}, not a file"
    with pytest.raises(ConfigError, match=f"no-file: {reason}$"):
        read(str(path))
    config, problems = read(write("a.toml", 'general.import = ["no-file"]\nfont.size = 5'))
    assert config.font.size == 5
    [problem] = problems
    assert str(problem) == f"{home}/a.toml:1:19: general.import[0]: {path}: {reason}; ignored"
    path.rename(home / ".gputerm.toml")
    assert [str(problem) for problem in read()[1]] == [f"{home}/.gputerm.toml: {reason}"]


def test_a_reload_of_what_is_no_file_any_more_keeps_the_configuration_in_use(home):
    in_use = Config().replace(bell=Config().bell.replace(duration=5))
    (home / ".gputerm.toml").mkdir()
    assert read(fallback=in_use)[0] == in_use


def test_a_link_that_leads_to_itself_is_a_problem(home):
    (home / ".gputerm.toml").symlink_to(".gputerm.toml")
    [problem] = read()[1]
    assert problem.message == "can't be read: Too many levels of symbolic links"


def test_an_unreadable_file_that_was_not_named_is_a_problem(home):
    os.symlink("/proc/self/mem", home / ".gputerm.toml")  # Not even root can read address 0.
    config, problems = read()
    assert config == Config()
    assert [problem.message for problem in problems] == ["can't be read: Input/output error"]


def test_a_byte_order_mark_and_crlf_are_accepted(write):
    config, problems = read(write("a.toml", b"\xef\xbb\xbf[font]\r\nsize = 9\r\n"))
    assert (config.font.size, problems) == (9, [])


# What is wrong with it


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"a = 1\nb = '\xff'", "a.toml:2:6: not UTF-8"),
        ("x = " + "[" * 5000, "a.toml: nested too deep"),
        ("[x]\n" * 3000, "a.toml:2:3: a table is there twice: [x]"),
    ],
)
def test_a_file_that_cannot_be_parsed_at_all_changes_nothing(text, problem, write):
    path = write("a.toml", text)
    config, problems = read(path, ["font.size=7"])
    assert [str(each).rpartition("/")[2] for each in problems] == [
        f"{problem}; the file is ignored"
    ]
    assert config == with_overrides(Config(), ["font.size=7"])[0]


BROKEN = """\
[window]
title = "good"
[font]
size = 20
normal.family = Hack
[colors.primary]
background = "#102030"
[[keyboard.bindings]]
key = "A"
action = "Copy"
[[keyboard.bindings]]
key = "B
action = "Paste"
[keyboard.bindings.command]
program = "x"
[[keyboard.bindings]]
key = "C"
action = "Paste"
[bell]
duration = 7
"""


def test_a_mistake_costs_its_table_and_not_the_file(write):
    config, problems = read(write("a.toml", BROKEN))
    assert [str(problem).rpartition("/")[2] for problem in problems] == [
        'a.toml:5:17: text needs quotation marks: "Hack": normal.family = Hack; [font] is ignored',
        "a.toml:12:9: text isn't closed: a quotation mark is missing: key = \"B; "
        "[keyboard.bindings] is ignored",
    ]
    assert (config.window.title, config.bell.duration) == ("good", 7)
    assert config.colors.primary.background == 0x102030
    assert config.font == Config().font
    assert [binding.key for binding in config.keyboard.bindings] == ["A", "C"]


def test_on_a_reload_a_broken_table_stays_as_it_was(write):
    good = BROKEN.replace("= Hack", '= "Hack"').replace('"B\n', '"B"\n')
    good = good.replace('[keyboard.bindings.command]\nprogram = "x"\n', "")
    before, problems = read(write("a.toml", good))
    assert problems == []
    changed = BROKEN.replace("duration = 7", "duration = 9").replace("size = 20", "size = 30")
    after, problems = read(write("a.toml", changed), fallback=before)
    assert after == before.replace(bell=before.bell.replace(duration=9))
    assert [problem.message.rpartition("; ")[2] for problem in problems] == [
        "[font] stays as it was",
        "[keyboard.bindings] stays as it was",
    ]


def test_a_reload_that_may_have_lost_its_imports_changes_nothing(write):
    write("theme.toml", 'colors.primary.background = "#102030"')
    path = write("a.toml", '[general]\nimport = ["theme.toml"]\n')
    before = read(path)[0]
    write("a.toml", '[general]\nimport = ["theme.toml\n[bell]\nduration = 3\n')
    assert read(path, fallback=before)[0] == before


@pytest.mark.parametrize("text", ["a = [\n[1],\n['x']\n]\n[bell]\nduration = 3\nx = '\n"])
def test_brackets_within_a_value_are_no_tables(text, write):
    """The file is cut where a line looks like a table's name."""
    config, problems = read(write("a.toml", text + "[font]\nsize = 9"))
    assert config.font.size == 9
    assert lines(problems)[0].startswith(
        "a.toml:7: text isn't closed: a ' is missing: x = '; [bell]"
    )


def test_a_table_that_is_there_twice_costs_its_second_half(write):
    config, problems = read(write("a.toml", "[bell]\nduration = 3\n[font]\n[bell]\nduration = 4\n"))
    assert config.bell.duration == 3
    assert lines(problems) == ["a.toml:4: bell.duration is set twice; [bell] is ignored"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("size: 12", "this is YAML; TOML has size = 12, and [table] above"),
        ('{ "size": 12 }', 'this is JSON; TOML has [table] and KEY = "VALUE"'),
        ("size = True", "write true"),
        ("blink = no", "write false"),
        ("size = 12,", "no comma after a value"),
        ("family = Fira Code", 'text needs quotation marks: "Fira Code"'),
        ("family = “Hack”", 'quotation marks must be straight: "…"'),
        ('path = "C:\\Users"', "a backslash in \"…\" begins an escape: write it in '…'"),
        ("size 12", 'expected KEY = VALUE, with a "="'),
        ("size =", "a value is missing or isn't one"),
        ("size = 012", "expected the end of the line after a value"),
        ('family = "Hack', "text isn't closed: a quotation mark is missing"),
        ("x = [1, 2", "an array isn't closed: a ] is missing"),
        ("x = {a = 1", "a table isn't closed: a } is missing"),
        ("[font", "a table's name isn't closed: a ] is missing"),
        ("size = 1\nsize = 2", "a key is set twice"),
    ],
)
def test_a_mistake_is_explained(line, message, write):
    [problem] = read(write("a.toml", line))[1]
    assert problem.message.startswith(message), problem
    assert problem.line == line.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    [
        "[[key\x1e.bindings'\nkey = 3",
        "[a\x1b\nkey = 3",
        "size: \x1b[31m12",
        '["a\\u009bb"]\nx = 1',
        '"a\\u001b" = 1',
        'x = 1\n["a\\u001b"]\n"b\\n" = 1\n["a\\u001b"]\n"b\\n" = 1',
    ],
)
def test_a_problem_is_one_line_without_control_characters(text, write):
    problems = read(write("a.toml", text))[1]
    assert problems
    assert all(f"{each.key}{each.message}".isprintable() for each in problems), problems


def test_a_wrong_key_beside_a_table_that_is_cut_short(write):
    problems = read(write("a.toml", "[font]\nsizcue = 12\n[colr"))[1]
    assert lines(problems) == [
        "a.toml:3: a table's name isn't closed: a ] is missing: [colr; [colr] is ignored",
        "a.toml:2: font.sizcue: unknown key, did you mean size?; ignored",
    ]


def test_a_problem_says_where_its_key_is(write):
    path = write("a.toml", "[font]\nsize = 20\nnormal = { family = 3 }\n")
    [problem] = read(path)[1]
    assert (problem.line, problem.column, problem.key) == (3, 12, "font.normal.family")
    assert str(problem).startswith(f"{path}:3:12: font.normal.family: expected text")


def test_all_files_that_matter_are_named(home, write):
    write("theme.toml", "[general]\nimport = ['missing.toml']")
    path = write(".config/gputerm.toml", "[general]\nimport = ['../theme.toml']")
    directory = f"{home}/.config/gputerm"
    assert load().files == (
        f"{directory}/gputerm.toml",
        path,
        path,
        f"{home}/.config/../theme.toml",
        f"{home}/.config/../missing.toml",
    )


def test_a_reload_of_a_broken_file_keeps_the_configuration_in_use(write):
    in_use = Config().replace(bell=Config().bell.replace(duration=5))
    assert read(write("a.toml", "="), fallback=in_use)[0] == in_use


def test_a_file_that_is_too_long_is_not_read_to_its_end(write):
    path = write("a.toml", "")
    os.truncate(path, 1 << 40)
    assert lines(read(path)[1]) == ["a.toml: longer than 16 MiB; the file is ignored"]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("1" * 5000, "a.toml:2: a number of more than 4300 digits; what is in no table is ignored"),
        (
            "-1_" + "1" * 5000,
            "a.toml:2: a number of more than 4300 digits; what is in no table is ignored",
        ),
        (
            "0x" + "f" * 5000,
            "a.toml:2: scrolling.multiplier: expected lines from 0 to 255, got a number far too "
            "large; using 3",
        ),
    ],
)
def test_a_number_that_python_refuses_is_a_problem(value, message, write):
    assert lines(read(write("a.toml", f"#\nscrolling.multiplier = {value}"))[1]) == [message]
    assert len(read(None, [f"scrolling.multiplier={value}"])[1]) == 1


def test_a_key_that_is_nested_deep_is_a_problem(write):
    key = ".".join("a" * 5000)
    assert read(None, [f"{key}=x"])[1]
    assert read(write("a.toml", f"{key} = 1"))[1]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '[font]\nsize = "big"',
            'a.toml:2: font.size: expected points from 1 to 3999, got "big"; using 11.25',
        ),
        (
            "scrolling.history = 1_000_001",
            "a.toml:1: scrolling.history: expected lines from 0 to 1000000, got 1000001; "
            "using 10000",
        ),
        (
            "scrolling.history = true",
            "a.toml:1: scrolling.history: expected lines from 0 to 1000000, got true; using 10000",
        ),
        (
            "font.size = nan",
            "a.toml:1: font.size: expected points from 1 to 3999, got nan; using 11.25",
        ),
        (
            'selection.save_to_clipboard = "yes"',
            'a.toml:1: selection.save_to_clipboard: expected true or false, got "yes"; using false',
        ),
        (
            '\n[colors.primary]\nbackground = "#12345"',
            'a.toml:3: colors.primary.background: expected a colour "#rrggbb", got "#12345"; '
            'using "#181818"',
        ),
        (
            'terminal.osc52 = "Both"',
            "a.toml:1: terminal.osc52: expected Disabled, OnlyCopy, OnlyPaste or CopyPaste, "
            'got "Both"; using "OnlyCopy"',
        ),
        ("window = 3", "a.toml:1: window: expected a table {"),
        ("font.normal.family = 3", "a.toml:1: font.normal.family: expected text, or None, got 3"),
        ('window.title = "a\\u0000b"', "a.toml:1: window.title: expected text without NUL; using"),
        ("[fonts]", "a.toml:1: fonts: unknown key, did you mean font?; ignored"),
        ("[font]\nheight = 3", "a.toml:2: font.height: unknown key; ignored"),
        ("[font]\nSize = 3", "a.toml:2: font.Size: unknown key, did you mean size?; ignored"),
        ("[debug.more]", "a.toml:1: debug.more: unknown key; ignored"),
        ("env.PORT = 80", "a.toml:1: env.PORT: expected text, got int; ignored"),
        ('env."A=B" = ""', 'a.toml:1: env.A=B: expected a name without "="; ignored'),
        (
            'terminal.shell = { args = ["-l"] }',
            "a.toml:1: terminal.shell: expected a program; left unset",
        ),
        ("general.import = 3", "a.toml:1: general.import: expected an array of paths, got 3"),
        ("general.import = [3]", "a.toml:1: general.import[0]: expected text, got 3; ignored"),
        (
            'general.import = ["no"]',
            "no: can't be read: No such file or directory; ignored",
        ),
    ],
)
def test_a_mistake_costs_one_key_and_is_named(text, problem, write):
    config, problems = read(write("a.toml", text))
    assert len(problems) == 1
    assert lines(problems)[0].startswith(problem)
    plain = config.replace(general=Config().general)
    assert plain == Config()


def test_unknown_keys_are_warnings_and_bad_values_errors(write):
    _, problems = read(write("a.toml", "nonsense = 1\nbell.duration = -1\nshell = 'sh'"))
    assert [problem.severity for problem in problems] == [
        "warning",
        "warning",
        "error",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "env.TOKEN = 123456",
        "env.TOKEN = ['123456']",
        "env = 'TOKEN=123456'",
        "keyboard.bindings = [{ key = 'a', chars = 123456 }]",
        "env.TOKEN = '123456'\nkeyboard.bindings = [{ key = 'a', chars = '123456' }]",
    ],
)
def test_what_may_be_a_secret_is_never_shown(text, write):
    config, problems = read(write("a.toml", text))
    assert "123456" not in f"{config} {problems}"


def test_a_long_value_is_shown_in_part_and_on_one_line(write):
    _, (problem,) = read(write("a.toml", 'cursor.style = """' + "x\x7f\n"[0::2] * 99 + '"""'))
    assert "\n" not in str(problem)
    assert len(str(problem)) < 250


def test_the_rest_of_a_table_is_used(write):
    config, problems = read(write("a.toml", "[scrolling]\nhistory = -1\nmultiplier = 5"))
    assert (config.scrolling.history, config.scrolling.multiplier) == (10_000, 5)
    assert len(problems) == 1


# Imports


def test_imports_come_in_order_and_below_the_file(write):
    write("a.toml", "[font]\nsize = 1\noffset.x = 1\n[env]\nA = 'a'")
    write("sub/b.toml", "[font]\nsize = 2\noffset.x = 2\noffset.y = 2\n[env]\nB = 'b'")
    path = write("c.toml", "general.import = ['a.toml', '~/sub/b.toml']\nfont.size = 3")
    config, problems = read(path)
    assert problems == []
    assert (config.font.size, config.font.offset.x, config.font.offset.y) == (3, 2, 2)
    assert config.env == {"A": "a", "B": "b"}


def test_an_import_is_relative_to_the_file_that_names_it(write):
    write("themes/colours.toml", "bell.duration = 9")
    write("themes/dusk.toml", "general.import = ['colours.toml']")
    assert read(write("a.toml", "general.import = ['themes/dusk.toml']"))[0].bell.duration == 9


def test_arrays_of_imports_are_joined(write):
    write("a.toml", 'colors.indexed_colors = [{ index = 16, color = "#000001" }]')
    text = 'general.import = ["a.toml"]\ncolors.indexed_colors = [{ index = 17, color = "0x2" }]\n'
    config, problems = read(write("b.toml", text.replace("0x2", "0x000002")))
    assert [(c.index, c.color) for c in config.colors.indexed_colors] == [(16, 1), (17, 2)]
    assert problems == []


def test_files_that_import_each_other_end(write):
    path = write("a.toml", "general.import = ['a.toml']\nfont.size = 5")
    config, problems = read(path)
    assert config.font.size == 5
    assert [str(problem) for problem in problems] == [
        f"{path}:1:19: general.import[0]: a file imports itself: {path} → {path}; ignored"
    ]


def test_a_bad_value_keeps_what_the_import_gave(write):
    write("a.toml", "bell.duration = 8")
    config, problems = read(write("b.toml", "general.import = ['a.toml']\nbell.duration = -1"))
    assert config.bell.duration == 8
    assert lines(problems)[0].endswith("got -1; using 8")


def test_a_broken_import_costs_only_itself(write):
    write("a.toml", "=")
    config, problems = read(write("b.toml", "general.import = ['a.toml']\nfont.size = 8"))
    assert config.font.size == 8
    assert lines(problems) == [
        "a.toml:1: expected KEY = VALUE or [table]: =; what is in no table is ignored"
    ]


# Overrides


@pytest.mark.parametrize(
    ("override", "value"),
    [
        ("font.size=14", lambda c: c.font.size == 14),
        ("font = {size = 14}", lambda c: c.font.size == 14),
        ('cursor.style="Beam"', lambda c: c.cursor.style.shape == "Beam"),
        ("cursor.style=beam", lambda c: c.cursor.style.shape == "Beam"),
        ("font.normal.family=Hack Nerd Font", lambda c: c.font.normal.family == "Hack Nerd Font"),
        ("colors.primary.background=#102030", lambda c: c.colors.primary.background == 0x102030),
        ("terminal.shell=/bin/sh", lambda c: c.terminal.shell.program == "/bin/sh"),
        ("window.title=", lambda c: c.window.title == ""),
        ("env.A=b=c", lambda c: c.env == {"A": "b=c"}),
        ("[font]\nsize = 14", lambda c: c.font.size == 14),
    ],
)
def test_an_override_is_toml_or_key_and_text(override, value):
    config, problems = with_overrides(Config(), [override])
    assert problems == []
    assert value(config)


@pytest.mark.parametrize(
    ("override", "problem"),
    [
        ("font.size", 'override: expected KEY=VALUE, got "font.size"; ignored'),
        ("=3", 'override: expected KEY=VALUE, got "=3"; ignored'),
        (
            "font.size=big",
            'override: font.size: expected points from 1 to 3999, got "big"; using 11.25',
        ),
        ("font.sise=1", "override: font.sise: unknown key, did you mean size?; ignored"),
        (
            "general.import=['a']",
            "override: general.import: only files can import; ignored",
        ),
        ("a=" + "[" * 5000, "override: a: unknown key; ignored"),
    ],
)
def test_an_override_that_means_nothing_is_an_error(override, problem):
    config, problems = with_overrides(Config(), [override])
    assert config == Config()
    assert [(str(p), p.severity) for p in problems] == [(problem, "error")]


def test_overrides_win_over_the_file_and_later_ones_over_earlier(write):
    path = write("a.toml", "font.size = 1\nbell.duration = 2")
    config, _ = read(path, ["font.size = 3", "font.size = 4"])
    assert (config.font.size, config.bell.duration) == (4, 2)
    window, _ = with_overrides(config, ["font.size = 5"])
    assert (window.font.size, config.font.size) == (5, 4)


def test_an_override_replaces_an_array(write):
    path = write("a.toml", '[[keyboard.bindings]]\nkey = "a"\naction = "Copy"')
    config, _ = read(path, ["keyboard.bindings=[{key='b', action='paste'}]"])
    assert [(b.key, b.action) for b in config.keyboard.bindings] == [("b", Action.PASTE)]


def test_the_null_device_is_an_empty_file():
    assert read(os.devnull) == (Config(), [])


# As Alacritty reads it


def test_keys_where_older_versions_had_them_are_used_and_named(write):
    write("b.toml", "bell.duration = 7")
    text = """\
import = ["b.toml"]
shell = "zsh"
working_directory = "/"
live_config_reload = false
ipc_socket = false
draw_bold_text_with_bright_colors = true
key_bindings = [{ key = "A", action = "Copy" }]
mouse_bindings = [{ mouse = "Middle", action = "PasteSelection" }]
"""
    config, problems = read(write("a.toml", text))
    assert config.bell.duration == 7
    assert config.terminal.shell.program == "zsh"
    assert config.general.working_directory == "/"
    assert not config.general.live_config_reload
    assert not config.general.ipc_socket
    assert config.colors.draw_bold_text_with_bright_colors
    assert config.keyboard.bindings[0].key == "A"
    assert config.mouse.bindings[0].mouse == "Middle"
    assert {problem.severity for problem in problems} == {"warning"}
    assert sorted(lines(problems))[0] == "a.toml:1: import: write general.import instead"
    assert len(problems) == 8


def test_a_key_that_has_moved_yields_to_the_one_in_its_new_place(write):
    config, _ = read(write("a.toml", "shell = 'zsh'\n[terminal]\nshell = 'fish'"))
    assert config.terminal.shell.program == "fish"
    config, problems = read(write("b.toml", "shell = 'zsh'\nterminal = 3"))
    assert config == Config()
    assert len(problems) == 2


def test_colours_have_more_than_one_name(write):
    text = """\
[colors.cursor]
foreground = "#010203"
background = "#040506"
[colors.selection]
foreground = "#070809"
"""
    config, problems = read(write("a.toml", text))
    assert problems == []
    assert (config.colors.cursor.text, config.colors.cursor.cursor) == (0x010203, 0x040506)
    assert config.colors.selection.text == 0x070809


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("font.size = 0", lambda config: config.font.size == 1),
        ("font.size = 1e9", lambda config: config.font.size == 3999),
        ("window.opacity = 1.5", lambda config: config.window.opacity == 1),
        ("window.opacity = -1", lambda config: config.window.opacity == 0),
        ("window.decorations = 'Buttonless'", lambda config: config.window.decorations == "Full"),
        (
            "window.startup_mode = 'SimpleFullscreen'",
            lambda config: config.window.startup_mode == "Fullscreen",
        ),
    ],
)
def test_what_alacritty_takes_is_taken_in_silence(text, value, write):
    config, problems = read(write("a.toml", text))
    assert problems == []
    assert value(config)
