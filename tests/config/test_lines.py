"""Keys are found where they stand: the scanner agrees with tomllib about what there is."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gputerm.config.lines import key_positions

TEXT = """\
# a comment with = and [brackets]
top = 1

[font]            # line 4
size = 12.5
normal.family = "Hack = [not a key]"
note = '''
[fake]
key = 1
'''
[colors]
primary = { background = "#000000", foreground = "#ffffff" }
date = 1979-05-27 07:32:00.5
"quoted.key" = 'x'
indexed_colors = [
    { index = 16, color = "#000000" },  # line 16
    { index = 17, color = "#111111" },
]

[[keyboard.bindings]]
key = "a"
[keyboard.bindings.command]
program = "x"
[[keyboard.bindings]]
key = "b"
"""

LINES = {
    ("top",): 2,
    ("font",): 4,
    ("font", "size"): 5,
    ("font", "normal", "family"): 6,
    ("font", "note"): 7,
    ("colors",): 11,
    ("colors", "primary", "foreground"): 12,
    ("colors", "quoted.key"): 14,
    ("colors", "indexed_colors"): 15,
    ("colors", "indexed_colors", 0, "color"): 16,
    ("colors", "indexed_colors", 1): 17,
    ("keyboard", "bindings", 0): 20,
    ("keyboard", "bindings", 0, "key"): 21,
    ("keyboard", "bindings", 0, "command"): 22,
    ("keyboard", "bindings", 0, "command", "program"): 23,
    ("keyboard", "bindings", 1, "key"): 25,
}


@pytest.mark.parametrize(("path", "line"), LINES.items())
def test_a_key_is_found_on_its_line(path, line):
    assert key_positions(TEXT)[path][0] == line


def paths(value, path=()):
    """Every path in a parsed document."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, part in value.items():
            yield from paths(part, (*path, name))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from paths(part, (*path, index))


def test_no_more_and_no_fewer_keys_than_tomllib_finds():
    assert set(key_positions(TEXT)) == set(paths(tomllib.loads(TEXT)))


NAMES = st.text("ab\"'.= é\\#[", min_size=1, max_size=4)
SCALARS = st.one_of(
    st.integers(-9, 9),
    st.booleans(),
    st.floats(-9, 9),
    st.text("ab\"'\n\\[]{}=,#. é", max_size=6),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def quoted(text, basic):
    if not basic and "'" not in text and text.isprintable():
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def toml(value, draw):
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            if draw(st.booleans()) and "'''" not in value and not value.endswith("'"):
                return f"'''\n{value}'''"
            return quoted(value, draw(st.booleans()))
        case list():
            comma = draw(st.sampled_from([", ", ",\n", " ,# ]\n  "]))
            return "[" + comma.join(toml(part, draw) for part in value) + "]"
        case dict():
            pairs = (
                f"{quoted(n, draw(st.booleans()))} = {toml(v, draw)}" for n, v in value.items()
            )
            return "{" + ", ".join(pairs) + "}"
        case _:
            return repr(value)


@st.composite
def documents(draw):
    lines = []
    for name, value in draw(st.dictionaries(NAMES, VALUES, max_size=3)).items():
        lines.append(f"{quoted(name, True)}.x = {toml(value, draw)}")
    for name, value in draw(
        st.dictionaries(NAMES.map(lambda n: n + "t"), st.dictionaries(NAMES, VALUES), max_size=3)
    ).items():
        repeat = draw(st.integers(0, 2))
        header = f"[{quoted(name, True)}]" if repeat == 0 else f"[[{quoted(name, False)}]]"
        for _ in range(max(repeat, 1)):
            lines.append(header)
            lines += [f"{quoted(n, False)} = {toml(v, draw)}" for n, v in value.items()]
    return "\n".join(lines) + "\n"


@given(documents())
def test_any_document_has_the_keys_that_tomllib_finds(text):
    assert set(key_positions(text)) == set(paths(tomllib.loads(text)))


@pytest.mark.parametrize(
    "text",
    [
        "[font]\nsize = 12\n[colr",
        "a",
        "a =",
        "a = [",
        "a = {b = ",
        "[[",
        "a.",
        '"\\q" = 1',
        "a = " + "[" * 100_000,
        *("'''", '"""', '"\\', "'"),
    ],
)
def test_a_text_that_is_not_toml_ends_all_the_same(text):
    positions = key_positions("[font]\nsize = 12\n" + text)
    assert positions["font", "size"] == (2, 1)


def test_a_key_below_an_open_string_has_its_place():
    assert key_positions('a = "x\nb = 1')["b",] == (2, 1)


def test_open_strings_take_time_that_grows_with_their_length():
    assert key_positions('a = 1\nb = "' + '\\"' * 200_000)["a",] == (1, 1)
