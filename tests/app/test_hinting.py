"""Hints in a window: labels by a key, what is done with what was chosen, the configuration."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from gputerm.actions import Action
from gputerm.app.hinting import act
from gputerm.app.perform import perform
from gputerm.config.load import load
from gputerm.configured.hints import hints_of
from gputerm.input import RunCommand
from gputerm.input.keys import Mods
from gputerm.policy.privileges import Trust
from gputerm.view.hint_labels import HintLabels
from gputerm.view.hints import visible_targets
from gputerm.vt import Terminal

sys.path.insert(0, str(Path(__file__).parent))
from test_searching import Typist

SAID = "see https://a.example/x. and (https://b.example)\r\n"


class User(Typist):
    """Who chooses hints."""

    def __init__(self, said=SAID, **options):
        super().__init__(said, columns=60)
        self.opened, self.ran, self.typed, self.advised = [], [], [], []
        self.clipboard = []
        self.desktop = SimpleNamespace(
            selected=lambda: self.copied.append(self.selected),
            open_link=self.opened.append,
            run=self.ran.append,
            drop=lambda text, *, is_file: self.typed.append(text),
        )
        self.owner.display.set_clipboard = lambda text, *, primary: self.clipboard.append(text)

    def advise(self, message):
        self.advised.append(message)

    def use(self, text):
        """Another configuration."""
        self.config = load(None, overrides=text.splitlines()).config
        self.keyboard.configure(self.config)
        self.finding.configure(self.config)


@pytest.fixture
def user():
    return User()


@pytest.mark.proves("ShowHints", "hints: addresses")
def test_ctrl_shift_o_labels_addresses_and_a_key_opens_one(user):
    user.press("Ctrl+Shift+o")
    assert isinstance(user.surfaces.keyboard, HintLabels)
    user.press("f")
    assert user.opened == ["https://a.example/x"]
    assert user.surfaces.keyboard is None
    perform(user, Action.SHOW_HINTS)
    user.press("j")
    assert user.opened[1:] == ["https://b.example"]
    assert user.far_end.told == b""


def hint(does, **options):
    keys = ", ".join(f"{key} = {value}" for key, value in options.items())
    return (
        f"hints.enabled = [{{regex = '[a-z.]+example', {does}, {keys}"
        f"{', ' * bool(keys)}binding = {{key = 'F1'}}}}]"
    )


@pytest.mark.proves("hints: actions")
def test_what_is_done_with_what_was_chosen(user):
    user.use(hint("action = 'Copy'"))
    user.press("F1", "j")
    assert user.clipboard == ["b.example"]
    user.use(hint("action = 'Paste'"))
    user.press("F1", "f")
    assert user.typed == ["a.example"]
    user.use(hint("action = 'Select'"))
    user.press("F1", "j")
    assert user.copied == ["b.example"]
    user.use(hint("command = {program = 'echo', args = ['-n']}"))
    user.press("F1", "j")
    assert user.ran == [("echo", "-n", "b.example")]
    user.use(hint("action = 'MoveViModeCursor'"))
    user.press("F1", "f")
    assert user.pane.view.vi.point == (0, 12)
    assert user.pane.view.in_vi_mode


def test_a_window_that_is_not_trusted_starts_nothing(user):
    user.pane.trust = Trust.UNTRUSTED
    user.use(hint("command = 'echo'"))
    user.press("F1", "j")
    assert not user.ran
    assert "not trusted" in user.advised[0]


@pytest.mark.proves("hints: configuration")
def test_the_configured_hints_take_the_place_of_the_default(user):
    user.use("hints.enabled = []")
    user.press("Ctrl+Shift+o")
    assert user.surfaces.keyboard is None
    user.use("hints.alphabet = 'xy'")
    user.press("Ctrl+Shift+o", "x")
    assert user.opened == ["https://b.example"]


def test_a_binding_of_the_users_replaces_the_default_hints(user):
    user.use("keyboard.bindings = [{key = 'O', mods = 'Control|Shift', chars = 'x'}]")
    user.press("Ctrl+Shift+o")
    assert user.surfaces.keyboard is None
    assert user.far_end.told == b"x"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("hints.enabled = [{action = 'Copy'}]", "expected a regex, or hyperlinks = true"),
        ("hints.enabled = [{regex = 'a'}]", "expected exactly one of action, command"),
        ("hints.enabled = [{regex = '(', action = 'Copy'}]", "missing )"),
        ("hints.enabled = [{regex = 'a', action = 'Eat'}]", "expected Open, Copy, Paste"),
        ("hints.alphabet = 'a'", "expected two characters or more"),
        ("hints.alphabet = 'aa'", "expected two characters or more"),
        ("hints.alphabet = '日本'", "expected two characters or more"),
    ],
)
def test_mistakes_are_named(text, complaint):
    problems = load(None, overrides=[text]).problems
    assert complaint in str(problems[0])


def test_alacrittys_own_example_is_understood(tmp_path):
    path = tmp_path / "gputerm.toml"
    path.write_text(
        r"""
        [hints]
        alphabet = "asdf"

        [[hints.enabled]]
        command = { program = "xdg-open" }
        hyperlinks = true
        post_processing = true
        persist = false
        mouse.enabled = true
        binding = { key = "O", mods = "Control|Shift", mode = "~Vi" }
        regex = "(mailto:|https://)[^\u0000-\u001F\u007F-\u009F<>\"\\s{-}\\^⟨⟩`\\\\]+"
        """
    )
    loaded = load(str(path))
    assert not [str(problem) for problem in loaded.problems]
    (made,) = hints_of(loaded.config)
    assert made.does == RunCommand("xdg-open", ())
    assert made.mouse == Mods.NONE
    assert made.hyperlinks
    terminal = Terminal(2, 60)
    terminal.feed("x ⟨https://ä.example/{x}⟩ y".encode())
    (target,) = visible_targets(terminal, terminal.snapshot(), [made])
    assert target.text == "https://ä.example/"


def test_what_is_under_the_pointer_is_acted_on_by_its_hint(user):
    snapshot = user.pane.view.snapshot()
    act(user, user.finding.at(user.pane, snapshot, (0, 5)))
    assert user.opened == ["https://a.example/x"]


@pytest.mark.proves("hints: examples")
def test_the_examples_of_the_documentation_find_what_they_say(tmp_path):
    """docs/finding.md"""
    page = Path(__file__).parents[2] / "docs/finding.md"
    example = page.read_text(encoding="utf-8").partition("```toml")[2].partition("```")[0]
    path = tmp_path / "gputerm.toml"
    path.write_text(example)
    loaded = load(str(path))
    assert not loaded.problems
    terminal = Terminal(3, 80)
    uuid = "01234567-89ab-cdef-0123-456789abcdef"
    terminal.feed(
        f"src/a.c:12:3: in ~/x/y.h, 7d9f3ab at 10.0.0.1\r\n{uuid} fe80::1 /usr/lib/".encode()
    )
    found = {
        place.text
        for made in hints_of(loaded.config)
        for place in visible_targets(terminal, terminal.snapshot(), [made])
    }
    assert {"src/a.c:12:3", "~/x/y.h", "7d9f3ab", "10.0.0.1", uuid, "fe80::1", "/usr/lib/"} <= found
