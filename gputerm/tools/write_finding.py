"""Writes docs/finding.md, the page of searching, for `make gen`.

Actions and keys come from the code's tables, the tests from the tests: one that shows what an
action or a promise says names it, `@pytest.mark.proves("SearchClear", …)`.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from gputerm.actions import VI_MOTIONS, Action
from gputerm.input.bindings import DEFAULTS, MODE_NAMES
from gputerm.input.key_names import name_of
from gputerm.view.field import MAX_PAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gputerm.input.bindings import Binding

TESTS = Path(__file__).resolve().parents[2] / "tests"

EXAMPLES = r"""```toml
[[hints.enabled]]  # paths are copied
regex = '(~|\.{1,2})?(/[\w.@%+-]+)+/?'
action = "Copy"
binding = { key = "P", mods = "Control|Shift|Alt" }

[[hints.enabled]]  # places in files, as compilers name them, are opened by an editor
regex = '[\w./@%+-]+:\d+(:\d+)?'
command = { program = "code", args = ["--goto"] }
binding = { key = "E", mods = "Control|Shift|Alt" }

[[hints.enabled]]  # hashes of commits are typed
regex = '\b[0-9a-f]{7,40}\b'
action = "Paste"
binding = { key = "H", mods = "Control|Shift|Alt" }

[[hints.enabled]]  # addresses of machines
regex = '\b(\d{1,3}\.){3}\d{1,3}\b|\b[0-9a-f]{1,4}(:[0-9a-f]{0,4}){2,7}\b'
action = "Copy"
binding = { key = "I", mods = "Control|Shift|Alt" }

[[hints.enabled]]  # UUIDs
regex = '\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b'
action = "Copy"
binding = { key = "U", mods = "Control|Shift|Alt" }
```"""

INTRODUCTION = f"""\
<!-- Made by `make gen` of gputerm/tools/write_finding.py and tables that it names. Edit those. -->

# Finding

Ctrl+Shift+F opens the search bar, a row under the terminal, and each key that is typed searches:
from the top of what is shown down to the end, then from the oldest line on. Ctrl+Shift+B searches
from the bottom of what is shown upwards, then from the end. All matches that can be seen are
marked, the one in focus in colours of its own, and the bar says which of how many it is: `3/17`.

- The text is a regular expression; [ipc.md](ipc.md) says what differs from Python's. Whatever it
  is and however long the history, no key waits: it is searched in slices, and the bar shows how far
  that has come. Another key drops what is left.
- Capitals count if the text has any, but for those after a backslash.
- A match may go on over rows that wrapped, never over the end of a line. Wide characters and
  clusters of several codepoints are found and marked as a whole.
- Enter goes on in the direction of the search, Shift+Enter back. Escape ends the search; the match
  is then selected, so Ctrl+Shift+C copies it.
- Up and Down recall the last {MAX_PAST} texts. What is pasted, and what an input method gives, goes
  into the bar. Nothing that is typed while it is open reaches the program.
- Output goes on meanwhile. What it adds is found, marked and counted too. A full-screen program
  (`less`, `vim`) has a screen without a history; only what it shows is searched.

The colours are `colors.search` and `colors.footer_bar` in [configuration.md](configuration.md).
Keys are bound as others are, with the mode `Search` or `~Search`. Names, keys and meanings are
Alacritty's. `gputerm msg search` finds the same with the same expressions, from a script.

## Vi mode

Ctrl+Shift+Space begins and ends vi mode: a cursor of the user's own in screen and history, moved by
the keys below. The program goes on and sees none of them; what it writes moves neither the cursor
nor what is shown. v, Shift+V, Ctrl+V and Alt+V select, y copies, Shift+Y copies to the end of the
line, / and ? search, i ends vi mode at the live screen. Scrolling takes the cursor along: Ctrl+B,
Ctrl+F, Ctrl+U, Ctrl+D, Ctrl+Y, Ctrl+E, g, Shift+G. A click moves it, too.

At the top right stands how many lines are below the cursor, of all that it could go up:
`[123/4567]`. Words end at `selection.semantic_escape_chars`; a motion that looks for something
looks at a thousand rows. The mode `Vi` or `~Vi` says where a binding applies. Looks:
`cursor.vi_mode_style`, `colors.vi_mode_cursor`, `colors.line_indicator`.

## Hints

Ctrl+Shift+O labels all addresses that can be seen, in the text or marked by programs (OSC 8). The
keys of a label open its address; Backspace takes a key back, Escape ends it. Under the pointer an
address is underlined and shown in a corner, with all that is hidden in it, and Ctrl and a click
opens it. Enter does so in vi mode. Addresses of a web page, of mail and of FTP are opened at once;
before others, also files, gputerm asks. Those of a window that isn't trusted are never opened.

What is looked for, what is then done and by which key or click, say `hints.enabled` and
`hints.alphabet` in [configuration.md](configuration.md#hints); as in Alacritty, a list of one's own
takes the place of the addresses. Some to choose from:

{EXAMPLES}

## Prompts and output

Shells say where prompts, commands and their output are ([shells.md](shells.md)). Ctrl+Shift+Z and
Ctrl+Shift+X scroll from prompt to prompt, Ctrl+Shift+G selects what a command has written: the last
one, or, scrolled back, the one at the top of what is shown. `CopyOutput`, `SaveOutput` and
`ScrollToFailedPrompt` have no key until one is bound; `gputerm msg action` does them, too. Ctrl and
a triple click select the output of the command under the pointer.

Each row of the tables names the tests that show it.
"""

#: By heading: the actions of a table.
SECTIONS: Mapping[str, tuple[Action, ...]] = {
    "Search": (
        Action.SEARCH_FORWARD,
        Action.SEARCH_BACKWARD,
        Action.SEARCH_FOCUS_NEXT,
        Action.SEARCH_FOCUS_PREVIOUS,
        Action.SEARCH_CONFIRM,
        Action.SEARCH_CANCEL,
        Action.SEARCH_CLEAR,
        Action.SEARCH_DELETE_WORD,
        Action.SEARCH_HISTORY_PREVIOUS,
        Action.SEARCH_HISTORY_NEXT,
    ),
    "Vi mode": (
        Action.TOGGLE_VI_MODE,
        *VI_MOTIONS,
        Action.TOGGLE_NORMAL_SELECTION,
        Action.TOGGLE_LINE_SELECTION,
        Action.TOGGLE_BLOCK_SELECTION,
        Action.TOGGLE_SEMANTIC_SELECTION,
        Action.INLINE_SEARCH_FORWARD,
        Action.INLINE_SEARCH_BACKWARD,
        Action.INLINE_SEARCH_FORWARD_SHORT,
        Action.INLINE_SEARCH_BACKWARD_SHORT,
        Action.INLINE_SEARCH_NEXT,
        Action.INLINE_SEARCH_PREVIOUS,
        Action.SEARCH_NEXT,
        Action.SEARCH_PREVIOUS,
        Action.SEARCH_START,
        Action.SEARCH_END,
        Action.SEMANTIC_SEARCH_FORWARD,
        Action.SEMANTIC_SEARCH_BACKWARD,
        Action.OPEN,
        Action.CENTER_AROUND_VI_CURSOR,
    ),
    "Hints": (Action.SHOW_HINTS,),
    "Prompts and output": (
        Action.SCROLL_TO_PREVIOUS_PROMPT,
        Action.SCROLL_TO_NEXT_PROMPT,
        Action.SCROLL_TO_FAILED_PROMPT,
        Action.SELECT_OUTPUT,
        Action.COPY_OUTPUT,
        Action.SAVE_OUTPUT,
    ),
}

#: By the name under which tests know it: something that holds besides.
PROMISES = {
    "regular expressions": "Python's notation, matched in linear time",
    "incremental": "each key searches, from where the search began",
    "directions": "both, and on from the other end",
    "smart case": "capitals count if there are any",
    "wrapped lines": "a match spans rows that wrapped and no more",
    "wide characters": "and clusters are found and marked whole",
    "marks": "all visible matches are marked, the one in focus apart",
    "count": "which of how many, with progress meanwhile",
    "history": f"the last {MAX_PAST} texts are recalled",
    "slices": "no key waits, no search is queued behind another",
    "long lines": "of thousands of rows are searched aside",
    "output": "that comes meanwhile is found and counted, and what is evicted is not",
    "reflow": "takes the match in focus along",
    "alternate screen": "is searched by itself",
    "mistakes": "in an expression are shown in the bar",
    "input methods": "give their text to the bar, and so does a paste",
    "keys": "that are typed while the bar is open don't reach the program",
    "vi mode: keys": "that are typed in it don't reach the program, nor does the mouse",
    "vi mode: start": "at the terminal's cursor, or at the top of what is shown",
    "vi mode: scrolling": "takes the cursor along, and the viewport follows the cursor",
    "vi mode: output": "moves neither cursor nor view",
    "vi mode: eviction": "takes the cursor to the oldest line",
    "vi mode: reflow": "takes it along",
    "vi mode: alternate screen": "it goes on there, and after a reset",
    "vi mode: selections": "grow with the cursor and to matches; y and Y copy",
    "vi mode: search": "Enter keeps the match, Escape restores cursor and viewport",
    "vi mode: mouse": "a click moves the cursor",
    "vi mode: characters": "the cursor is always on one, never on half of one",
    "vi mode: line indicator": "says how far up the cursor is, and makes way for it",
    "vi mode: cursor": "has a shape and colours of its own",
    "hints: addresses": "are labelled by Ctrl+Shift+O and opened by their keys",
    "hints: labels": "are short, none begins another, and what is typed narrows them",
    "hints: actions": "Open, Copy, Paste, Select, MoveViModeCursor, or a command",
    "hints: persist": "the labels stay",
    "hints: links": "of OSC 8 count once",
    "hints: trimmed": "brackets and punctuation around are left out, the rest is searched again",
    "hints: wrapped lines": "what began above what is seen is found whole",
    "hints: output": "moves the labels along; what has gone can't be chosen",
    "hints: mouse": "underlines, and opens with what is to be held",
    "hints: preview": "says where a link leads, with all that is hidden in it",
    "hints: uncommon links": "are asked about first",
    "hints: configuration": "takes the place of the default, live",
    "hints: examples": "find what they say",
    "prompt: click": "in what is typed moves the cursor there, in shells that say so (`cl=`)",
    "output: mouse": "Ctrl and a triple click select the output of the command under the pointer",
    "output: command line": "stays in the top row (`scrolling.command_line`)",
}

_MODES = {mode: name for name, mode in MODE_NAMES.items()}


def page() -> str:
    """The text of docs/finding.md."""
    return "\n".join([INTRODUCTION, *_sections(proofs())])


def proofs() -> dict[str, list[str]]:
    """By what they prove: tests, as pytest names them."""
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "mark.proves" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                for name in _proved(node):
                    place = f"{path.relative_to(TESTS).as_posix()}::{node.name}"
                    found.setdefault(name, []).append(place)
    return found


def _proved(test: ast.FunctionDef) -> Iterator[str]:
    for decorator in test.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.proves":
            yield from (ast.literal_eval(argument) for argument in decorator.args)


def _sections(proved: Mapping[str, list[str]]) -> Iterator[str]:
    for heading, actions in SECTIONS.items():
        yield f"## {heading}\n"
        yield _table(
            ("Action", "Keys", "What it does", "Tests"),
            (
                (f"`{action.value}`", _keys(action), action.doc, _tests(proved, action.value))
                for action in actions
            ),
        )
    yield "## What holds besides\n"
    yield _table(
        ("What", "", "Tests"),
        ((name, what, _tests(proved, name)) for name, what in PROMISES.items()),
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _tests(proved: Mapping[str, list[str]], name: str) -> str:
    return "<br>".join(f"`{test}`" for test in proved.get(name, ()))


def _keys(action: Action) -> str:
    return "<br>".join(_key(binding) for binding in DEFAULTS if binding.does is action)


def _key(binding: Binding) -> str:
    """A default key, and in which modes it is one."""
    modes = [
        prefix + name.capitalize()
        for prefix, asked in (("", binding.required), ("~", binding.forbidden))
        for mode, name in _MODES.items()
        if mode & asked
    ]
    key = name_of(binding.trigger, binding.mods)
    return f"{key} ({', '.join(modes)})" if modes else key
