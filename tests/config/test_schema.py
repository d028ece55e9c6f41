"""Tables, the kinds of values in them, and what the program may rely on."""

import subprocess
import sys

import pytest

from gputerm import config
from gputerm.actions import Action
from gputerm.config import Config, load
from gputerm.config.binding_tables import BINDING_MODES, MODS, BindingTable, ProgramTable
from gputerm.config.schema import CursorStyleTable, CursorTable
from gputerm.config.unknown import ACTIONS_NOT_SUPPORTED_YET, MOVED


def _config_and_problems(path):
    loaded = load(path)
    return loaded.config, loaded.problems


def read(text, write):
    loaded, problems = _config_and_problems(write("a.toml", text))
    assert problems == []
    return loaded


def test_the_public_names_exist():
    assert sorted(config.__all__) == [
        "Config",
        "Loaded",
        "Problem",
        "find_file",
        "load",
        "with_overrides",
    ]
    assert all(hasattr(config, name) for name in config.__all__)


def test_a_configuration_cannot_be_changed():
    with pytest.raises(AttributeError):
        Config().font.size = 3
    with pytest.raises(AttributeError):
        del Config().font


def test_replace_gives_a_changed_copy():
    cursor = CursorTable().replace(blink_interval=100)
    assert (cursor.blink_interval, CursorTable().blink_interval) == (100, 750)
    assert cursor != CursorTable()
    assert repr(cursor) == "CursorTable(blink_interval=100)"


def test_equal_fonts_are_one_key_of_a_dict():
    assert len({Config().font, Config().font.replace()}) == 1


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("cursor.style = 'bEAM'", ("Beam", "Off")),
        ("cursor.style = { blinking = 'always' }", ("Block", "Always")),
        ("[cursor.style]\nshape = 'Underline'\nblinking = 'On'", ("Underline", "On")),
    ],
)
def test_a_cursor_style_is_a_shape_or_a_table(text, style, write):
    got = read(text, write).cursor.style
    assert (got.shape, got.blinking) == style


def test_a_bare_shape_takes_back_the_blinking_below_it(write):
    write("b.toml", "cursor.style = { shape = 'Block', blinking = 'On' }")
    text = "general.import = ['b.toml']\ncursor.style = 'Beam'"
    assert read(text, write).cursor.style == CursorStyleTable(shape="Beam")


def test_none_unsets_in_any_case(write):
    write("b.toml", "[window.position]\nx = 3\n[colors.dim]\nred = '#ff0000'")
    below = read("general.import = ['b.toml']", write)
    assert (below.window.position.x, below.window.position.y) == (3, 0)
    assert (below.colors.dim.red, below.colors.dim.black) == (0xFF0000, 0x0F0F0F)
    text = "general.import = ['b.toml']\nwindow.position = 'none'\ncolors.dim = 'NONE'"
    above = read(text, write)
    assert (above.window.position, above.colors.dim) == (None, None)


def test_decorations_none_is_a_choice_not_an_absence(write):
    assert read("window.decorations = 'none'", write).window.decorations == "None"


def test_cell_colours(write):
    cursor = read("colors.cursor = { text = 'cellforeground', cursor = '0xAbCdEf' }", write).colors
    assert (cursor.cursor.text, cursor.cursor.cursor) == ("CellForeground", 0xABCDEF)


def test_a_path_may_begin_with_the_home(home, write):
    text = "general.working_directory = '~/src'"
    assert read(text, write).general.working_directory == str(home / "src")


def test_the_blink_timeout_lasts_two_blinks_at_least():
    assert CursorTable().blink_timeout_ms == 5000
    assert CursorTable(blink_timeout=1, blink_interval=800).blink_timeout_ms == 1600
    assert CursorTable(blink_timeout=0).blink_timeout_ms == 0


# Bindings


def test_bindings_are_records_in_words_that_input_understands(write):
    text = """
    [[keyboard.bindings]]
    key = "Return"
    mods = "control | Shift"
    mode = "~alt|AppCursor"
    action = "createnewwindow"
    [[keyboard.bindings]]
    key = 36
    chars = "\\u001b[A"
    [[keyboard.bindings]]
    key = "F1"
    mods = "None"
    command = { program = "xdg-open", args = ["."] }
    """
    first, second, third = read(text, write).keyboard.bindings
    assert (first.key, first.mods) == ("Return", ("Control", "Shift"))
    assert (first.mode, first.action) == (("~Alt", "AppCursor"), Action.CREATE_NEW_WINDOW)
    assert second == BindingTable(key=36, chars="\x1b[A")
    assert third == BindingTable(key="F1", command=ProgramTable(program="xdg-open", args=(".",)))


def test_a_binding_can_be_looked_up_by_input(write):
    from gputerm.input.bindings import RunCommand, SendChars, parse_binding, parse_key

    rows = {
        "key = 'Return', mods = 'Control', action = 'Quit'": Action.QUIT,
        "key = 'Return', mods = 'Control', chars = 'x'": SendChars("x"),
        "key = 'Return', mods = 'Control', command = 'x'": RunCommand("x"),
    }
    for text, action in rows.items():
        (binding,) = read(f"keyboard.bindings = [{{ {text} }}]", write).keyboard.bindings
        assert binding.parsed() == parse_binding(parse_key("Return"), ["Control"], [], action)


@pytest.mark.parametrize(
    ("binding", "problem"),
    [
        ("action = 'Copy'", "[0]: expected a key; ignored"),
        ("key = 'a'", "[0]: expected exactly one of action, chars, command; ignored"),
        (
            "key = 'a', chars = 'x', action = 'Copy'",
            "[0]: expected exactly one of action, chars, command; ignored",
        ),
        ("key = 'Entre', action = 'Copy'", '[0].key: no key is called "Entre"; ignored'),
        (
            "key = 'a', mods = 'Contrl', action = 'Copy'",
            '[0].mods: expected Control, Shift, Alt, Super, joined by "|", got "Contrl"; ignored',
        ),
        (
            "key = 'a', mod = 'Control', action = 'Copy'",
            "[0].mod: unknown key, did you mean mods?; ignored",
        ),
        (
            "key = 'a', action = 'Coppy'",
            "[0].action: unknown action, did you mean Copy?; ignored",
        ),
        (
            "key = 'a', action = 'SelectTab1'",
            "[0].action: known to Alacritty, not supported yet; ignored",
        ),
        (
            "key = 'a', command = { program = 'x', args = 'y' }",
            '[0].command.args: expected an array of texts, got "y"; ignored',
        ),
    ],
)
def test_a_binding_with_a_mistake_is_left_out_whole(binding, problem, write):
    loaded, problems = _config_and_problems(
        write("a.toml", f"keyboard.bindings = [{{ {binding} }}]")
    )
    assert loaded.keyboard.bindings == ()
    assert [str(p).partition("bindings")[2] for p in problems] == [problem]


def test_modifiers_and_modes_are_those_of_input():
    from gputerm.input.bindings import MOD_NAMES, MODE_NAMES

    for word in MOD_NAMES:
        assert MODS.read(word, None, None)
    for word in MODE_NAMES:
        assert BINDING_MODES.read(f"~{word}", None, None)


def test_an_action_is_supported_or_not_but_never_both():

    assert not {action.value.lower() for action in Action} & ACTIONS_NOT_SUPPORTED_YET


# Names


def flat(values, path=""):
    for name, value in values.items():
        here = f"{path}.{name}".lstrip(".")
        yield here
        if isinstance(value, dict):
            yield from flat(value, here)


def test_a_key_that_was_moved_is_somewhere_else_now():
    supported = set(flat(Config().to_dict()))
    assert not supported & set(MOVED)
    assert set(MOVED.values()) <= supported


def test_to_dict_says_what_a_file_would_say(write):
    text = "window.class.general = 'x'\ncolors.primary.background = '#0a0b0c'"
    values = read(text, write).to_dict()
    assert values["window"]["class"] == {"general": "x", "instance": "gputerm"}
    assert values["colors"]["primary"]["background"] == "#0a0b0c"
    assert values["general"]["import"] == []
    assert values["cursor"]["style"] == {"shape": "Block", "blinking": "Off"}
    assert values["terminal"]["shell"] is None


def test_what_to_dict_says_reads_back_as_the_same(write):
    from gputerm.config.problem import Source
    from gputerm.config.toml_table import read_table

    text = """
    env.A = "b"
    terminal.shell = { program = "zsh", args = ["-l"] }
    colors.dim.red = "#010203"
    colors.indexed_colors = [{ index = 20, color = "#040506" }]
    [[keyboard.bindings]]
    key = "a"
    mods = "Alt|Super"
    mode = "~Alt"
    chars = "x"
    """
    loaded = read(text, write)

    def without_none(value):
        match value:
            case dict():
                return {k: without_none(v) for k, v in value.items() if v is not None}
            case list():
                return [without_none(v) for v in value]
            case _:
                return value

    source = Source("dict", "", strict=True)
    assert read_table(Config(), without_none(loaded.to_dict()), source.root()) == loaded
    assert source.problems == []


# The page


def test_every_key_is_on_the_page():
    from gputerm.tools.write_configuration import page

    text = page()
    leaves = [p for p in flat(Config().to_dict()) if not any(
        q.startswith(f"{p}.") for q in flat(Config().to_dict())
    )]  # fmt: skip
    missing = [leaf for leaf in leaves if f"`{leaf}`" not in text and f"## {leaf}" not in text]
    assert missing == []


# The start


def test_reading_no_file_imports_nothing_heavy():
    code = (
        "import sys; before = set(sys.modules)\n"
        "from gputerm import config; config.load()\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert not loaded & {"tomllib", "dataclasses", "typing", "re", "difflib", "inspect", "numpy"}
