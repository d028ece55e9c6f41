"""`gputerm config` says what the configuration is, could be, and who says so."""

import tomllib

import pytest

from gputerm import cli
from gputerm.config import Config, load
from gputerm.config.writing import flat, to_toml


@pytest.fixture
def config(capfd):
    """config("show", …) → the lines that it prints."""

    def config(*arguments):
        assert cli.main(["config", *arguments]) == 0
        return capfd.readouterr().out.splitlines()

    return config


def test_every_value_is_shown_as_a_file_would_say_it(config, write):
    path = write(".gputerm.toml", "font.size = 20\nenv.A = 'x'\nkeyboard.bindings = []")
    shown = "\n".join(config("show"))
    assert tomllib.loads(shown)["font"]["size"] == 20
    again = load(write("again.toml", shown))
    assert again.problems == []
    assert again.config == load(path).config


def test_a_key_or_a_table_is_shown_alone(config):
    assert config("show", "font.size", "-o", "font.size=9") == ["font.size = 9.0"]
    assert config("show", "cursor.style.shape") == [
        'cursor.style = { shape = "Block", blinking = "Off" }'
    ]
    assert [line.partition(" ")[0] for line in config("show", "window.padding")] == [
        "window.padding.x",
        "window.padding.y",
    ]


def test_what_differs_from_the_defaults_says_where_it_is_set(config, write):
    theme = write("theme.toml", "[colors]\nprimary = { background = '#102030' }")
    path = write(
        ".gputerm.toml",
        "general.import = ['theme.toml']\n[bell]\nduration = -1\n[font]\nsize = 11.25",
    )
    assert config("diff", "-o", "scrolling.history=5") == [
        f'general.import = ["theme.toml"]  # {path}:1:1',
        "scrolling.history = 5  # -o scrolling.history=5",
        f'colors.primary.background = "#102030"  # {theme}:2:13',
    ]


def test_a_key_is_explained(config, write):
    path = write(".gputerm.toml", "[scrolling]\nhistory = 7\n")
    assert config("explain", "scrolling.history") == [
        "scrolling.history = 7",
        "    Lines kept after they have left the screen; 0 = none.",
        "    may be   lines from 0 to 1000000",
        "    default  10000",
        f"    set by   {path}:2:1",
    ]
    assert "    It has no effect yet." in config("explain", "window.blur")


def test_the_defaults_are_a_file_to_begin_with(config, write):
    """Each line of a key can be uncommented: then they say what is the case anyway."""
    lines = config("defaults")
    names = {name.rpartition(".")[2] for name, _, _ in flat(Config())} - {"env"}
    keys = [line[2:] if line[2:].partition(" =")[0] in names else line for line in lines]
    loaded = load(write("a.toml", "\n".join(keys)))
    assert loaded.problems == []
    assert loaded.config == Config()
    assert load(write("b.toml", "\n".join(lines))).config == Config()


def test_the_files_are_named(config, home, write):
    assert config("path") == [f"none; {home}/.config/gputerm/gputerm.toml would be read"]
    theme = write("theme.toml", "")
    path = write(".gputerm.toml", "general.import = ['theme.toml']")
    assert config("path") == [theme, path]


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["shw"], "unknown command shw, did you mean show?"),
        (["show", "fnt.size"], "there is no key fnt.size, did you mean font.size?"),
        (["explain"], "expected one KEY"),
        (["path", "x"], "unexpected x"),
    ],
)
def test_a_mistake_gets_advice(arguments, advice, capfd):
    assert cli.main(["config", *arguments]) == 2
    assert advice in capfd.readouterr().err


def test_values_are_written_so_that_they_can_be_read():
    value = {"a b": ['\x00\x7f\t\n"\\é', 1.5, True, {"x": []}], "c-d_1": "”"}
    assert tomllib.loads(f"key = {to_toml(value)}")["key"] == value
