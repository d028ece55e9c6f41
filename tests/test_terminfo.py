"""The terminfo entries: they compile, and they say what gputerm does and what it sends."""

import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from gputerm import paths
from gputerm.input import KeyEvent, Mods, encode_key
from gputerm.vt.functions import capabilities

pytestmark = pytest.mark.skipif(shutil.which("tic") is None, reason="tic isn't installed")

ENTRIES = ("gputerm", "gputerm-direct")
SOURCE = Path(paths.installed("terminfo", "gputerm.info"))

READ = """
import curses, sys
curses.setupterm(sys.argv[1], 1)
found = {}
for name in sys.argv[2:]:
    for get in (curses.tigetflag, curses.tigetnum, curses.tigetstr):
        value = get(name)
        if value is not None and not (isinstance(value, int) and value < 0):
            found[name] = value == 1 if get is curses.tigetflag else value
            if value != 0 or get is not curses.tigetflag:
                break
print(found)
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A terminfo database with nothing but our entries."""
    folder = tmp_path_factory.mktemp("terminfo")
    subprocess.run(["tic", "-x", "-o", folder, SOURCE], check=True, capture_output=True)
    return folder


def read(database, entry):
    """Every capability of an entry as ncurses reads it: strings are bytes, flags are True."""
    environment = {**os.environ, "TERMINFO": str(database)}
    listing = subprocess.run(
        ["infocmp", "-1", "-x", entry], env=environment, check=True, capture_output=True, text=True
    ).stdout
    names = re.findall(r"^\t([A-Za-z0-9]+)[=#,]", listing, re.MULTILINE)
    command = [sys.executable, "-c", READ, entry, *names]
    run = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return ast.literal_eval(run.stdout)


@pytest.fixture(scope="module")
def gputerm(database):
    return read(database, "gputerm")


def test_tic_finds_nothing_to_say():
    run = subprocess.run(["tic", "-c", "-x", SOURCE], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_no_string_is_too_long_for_other_systems(gputerm):
    # 1023 bytes is what termcap and old curses can take.
    assert max(len(value) for value in gputerm.values() if isinstance(value, bytes)) < 1023


def test_only_direct_colours_claim_rgb(database, gputerm):
    direct = read(database, "gputerm-direct")
    assert "RGB" not in gputerm
    assert gputerm["Tc"] is True
    assert direct["RGB"] is True
    assert (gputerm["colors"], direct["colors"]) == (256, 1 << 24)


# What XTGETTCAP answers


@pytest.mark.parametrize("name", capabilities.CAPABILITIES)
def test_the_database_and_xtgettcap_say_the_same(name, gputerm):
    value = capabilities.CAPABILITIES[name]
    if isinstance(value, str):
        assert gputerm.get(name) == capabilities.decode(value).encode()
    else:
        assert gputerm.get(name) == value


# What keys send


@dataclass
class AfterSmkx:
    """The key options of a program that has sent smkx."""

    app_cursor: bool = True
    app_keypad: bool = True
    kitty_flags: int = 0
    modify_other_keys: int = 0
    format_other_keys: int = 0
    newline: bool = False
    backarrow: bool = False
    alt_escape: bool = True


PLAIN = {
    "kbs": "Backspace",
    "kcub1": "ArrowLeft",
    "kcud1": "ArrowDown",
    "kcuf1": "ArrowRight",
    "kcuu1": "ArrowUp",
    "kdch1": "Delete",
    "kend": "End",
    "kent": "KeypadEnter",
    "khome": "Home",
    "kich1": "Insert",
    "knp": "PageDown",
    "kpp": "PageUp",
}
SHIFTED = {
    "kcbt": "Tab",
    "kDC": "Delete",
    "kDN": "ArrowDown",
    "kEND": "End",
    "kHOM": "Home",
    "kIC": "Insert",
    "kind": "ArrowDown",
    "kLFT": "ArrowLeft",
    "kNXT": "PageDown",
    "kPRV": "PageUp",
    "kri": "ArrowUp",
    "kRIT": "ArrowRight",
    "kUP": "ArrowUp",
}
MODIFIED = ("kDC", "kDN", "kEND", "kHOM", "kIC", "kLFT", "kNXT", "kPRV", "kRIT", "kUP")
#: The parameter in a key's sequence is one more than these bits.
SHIFT, ALT, CTRL = Mods.SHIFT, Mods.ALT, Mods.CTRL
SUFFIXES = {"3": ALT, "4": ALT | SHIFT, "5": CTRL, "6": CTRL | SHIFT, "7": CTRL | ALT}
FUNCTION_ROWS = (Mods.NONE, SHIFT, CTRL, CTRL | SHIFT, ALT, ALT | SHIFT)

KEYS = {
    **{name: (key, Mods.NONE) for name, key in PLAIN.items()},
    **{name: (key, SHIFT) for name, key in SHIFTED.items()},
    **{
        f"{name}{suffix}": (SHIFTED[name], mods)
        for name in MODIFIED
        for suffix, mods in SUFFIXES.items()
    },
    **{
        f"kf{number}": (f"F{(number - 1) % 12 + 1}", FUNCTION_ROWS[(number - 1) // 12])
        for number in range(1, 64)
    },
}
#: Reports, not keys.
NOT_KEYS = {"kmous", "kxIN", "kxOUT"}


@pytest.mark.parametrize(("name", "key", "mods"), [(name, *row) for name, row in KEYS.items()])
def test_a_key_sends_what_the_entry_says(name, key, mods, gputerm):
    assert gputerm[name] == encode_key(KeyEvent(key, mods), AfterSmkx())


def test_every_key_of_the_entry_is_tested(gputerm):
    strings = {name for name, value in gputerm.items() if isinstance(value, bytes)}
    assert {name for name in strings if name.startswith("k")} - NOT_KEYS == set(KEYS)
