"""Vi mode by its keys: a real keyboard over a pane, and a window on Xvfb."""

from types import SimpleNamespace

import numpy as np
import pytest
from test_searching import Typist

from gputerm.actions import Action
from gputerm.app.mouse import Pointer
from gputerm.app.perform import perform
from gputerm.input import Button, KeyEvent, Mods
from gputerm.input.bindings import DEFAULTS, BindingMode
from gputerm.view.surfaces import SurfaceColors
from gputerm.vt.core.cells import CHAR

LINES = "".join(f"line {number}\r\n" for number in range(100)) + "end"


SHIFTED = dict(zip("#$%^*{}?", "34568[]/", strict=True))


class ViUser(Typist):
    """Who has entered vi mode."""

    def __init__(self, said=LINES, lines=10, columns=40):
        super().__init__(said, lines, columns)
        self.copied = []
        self.opened = []
        self.desktop = SimpleNamespace(
            copy=lambda *, primary: self.copied.append(self.pane.view.selected_text()),
            selected=lambda: self.copied.append(self.pane.view.selected_text()),
            open_link=self.opened.append,
        )
        self.press("Ctrl+Shift+Space")
        assert self.pane.view.in_vi_mode

    def type(self, text):
        """On a US keyboard."""
        self.press(*(f"Shift+{SHIFTED[char]}" if char in SHIFTED else char for char in text))

    @property
    def at(self):
        """(row of the viewport, column) of the cursor."""
        line, column = self.pane.view.vi.point
        return line - self.pane.view.viewport.first_line, column

    @property
    def line(self):
        """The text of its line."""
        return self.pane.terminal.line_text(self.pane.view.vi.point[0])

    @property
    def selected(self):
        return self.pane.view.selected_text()

    def says(self, text):
        """The program writes."""
        self.far_end.said = text.encode()
        while self.pane.pump(float("inf")):
            pass

    @property
    def indicator(self):
        """What the line indicator says, or None."""
        colors = SurfaceColors(alarm=(0, 1), notice=(0, 2))
        terminal = self.pane.terminal
        texts = self.surfaces.lay_out(terminal.lines, terminal.columns, self.at[0], colors)
        if not texts:
            return None
        (text,) = texts

        cells = np.frombuffer(text.cells, np.uint32).reshape(-1, 4)
        assert (text.row, text.stop) == (0, terminal.columns)
        return "".join(map(chr, cells[:, CHAR]))


@pytest.mark.proves("ToggleViMode", "vi mode: keys")
def test_no_key_reaches_the_program_and_leaving_brings_back_the_screen():
    user = ViUser()
    user.type("jkq1Z")
    user.press("Ctrl+x", "F5", "Tab", "Alt+q", "Backspace", "g")
    user.keyboard.text("é")
    assert user.far_end.told == b""
    assert user.pane.view.viewport.first_line == 0
    user.press("i")
    assert not user.pane.view.in_vi_mode
    assert user.pane.view.viewport.top is None
    user.type("q")
    assert user.far_end.told == b"q"


@pytest.mark.proves("ToggleViMode", "vi mode: start")
def test_it_begins_at_the_cursor_or_at_the_top_of_what_is_shown():
    user = ViUser()
    assert (user.at, user.line) == ((9, 3), "end")
    user.press("Ctrl+c")
    user.pane.view.viewport.scroll_pages(2)
    user.press("Ctrl+Shift+Space")
    assert user.at == (0, 0)


@pytest.mark.proves(
    "Left",
    "Down",
    "Up",
    "Right",
    "First",
    "Last",
    "FirstOccupied",
    "High",
    "Middle",
    "Low",
    "SemanticLeft",
    "SemanticRight",
    "SemanticRightEnd",
    "WordLeft",
    "WordRight",
    "WordRightEnd",
    "InlineSearchForward",
    "InlineSearchBackward",
    "InlineSearchForwardShort",
    "InlineSearchBackwardShort",
    "vi mode: scrolling",
)
@pytest.mark.parametrize(
    ("keys", "at", "line"),
    [
        ("k", (8, 3), "line 99"),
        ("kkh", (7, 2), "line 98"),
        ("kkl", (7, 4), "line 98"),
        ("k0", (8, 0), "line 99"),
        ("k$", (8, 6), "line 99"),
        ("k$$", (8, 39), "line 99"),
        ("k$^", (8, 0), "line 99"),
        ("H", (0, 0), "line 91"),
        ("M", (4, 0), "line 95"),
        ("L", (9, 0), "end"),
        ("g", (0, 0), "line 0"),
        ("ggG", (9, 0), "end"),
        ("gw", (0, 5), "line 0"),
        ("gww", (1, 0), "line 1"),
        ("ge", (0, 3), "line 0"),
        ("gwb", (0, 0), "line 0"),
        ("gW", (0, 5), "line 0"),
        ("gE", (0, 3), "line 0"),
        ("gWB", (0, 0), "line 0"),
        ("gfn", (0, 2), "line 0"),
        ("gtn", (0, 1), "line 0"),
        ("g$Fi", (0, 1), "line 0"),
        ("g$Ti", (0, 2), "line 0"),
        ("k" * 12, (0, 3), "line 88"),
    ],
)
def test_keys_move_the_cursor_and_the_viewport_follows(keys, at, line):
    user = ViUser()
    user.type(keys)
    assert (user.at, user.line) == (at, line)


@pytest.mark.proves(
    "vi mode: scrolling", "CenterAroundViCursor", "Left", "Right", "Up", "Down", "First", "Last"
)
@pytest.mark.parametrize(
    ("chords", "at", "line"),
    [
        (["Ctrl+b"], (9, 0), "line 90"),
        (["Ctrl+u"], (9, 0), "line 95"),
        (["Ctrl+b", "Ctrl+b", "Ctrl+f"], (9, 0), "line 90"),
        (["Ctrl+b", "Ctrl+d"], (9, 0), "line 95"),
        (["Ctrl+y"], (9, 3), "line 99"),
        (["Ctrl+b", "Ctrl+e"], (8, 0), "line 90"),
        (["k", "k", "Ctrl+y", "Ctrl+y", "Ctrl+y", "Ctrl+y"], (9, 3), "line 96"),
        (["g", "z"], (0, 0), "line 0"),
        (["Ctrl+b", "z"], (4, 0), "line 90"),
        (["Up", "Left"], (8, 2), "line 99"),
        (["Up", "End", "Home", "Right", "Down"], (9, 1), "end"),
        (["Shift+PageUp"], (9, 0), "line 90"),
        (["Shift+Home"], (0, 0), "line 0"),
    ],
)
def test_scrolling_takes_the_cursor_along(chords, at, line):
    user = ViUser()
    user.press(*chords)
    assert (user.at, user.line) == (at, line)


@pytest.mark.proves(
    "Bracket", "ParagraphUp", "ParagraphDown", "InlineSearchNext", "InlineSearchPrevious"
)
def test_brackets_paragraphs_and_inline_searches_again():
    user = ViUser("a(b,c,d)\r\n\r\nx\r\n")
    user.type("gl%")
    assert user.at == (0, 7)
    user.type("}")
    assert user.at == (1, 0)
    user.type("{gf,;")
    assert user.at == (0, 5)
    user.type(",")
    assert user.at == (0, 3)
    user.type("0t,;")
    assert user.at == (0, 4)
    user.press("f", "Escape", "0")
    assert user.at == (0, 0)
    user.keyboard.key(KeyEvent("f", Mods.NONE, text="f", base="f"))
    user.keyboard.text("é")
    assert not user.pane.view.vi.awaits_character


# ── selecting ────────────────────────────────────────────────────────────────────────────────────

TEXT = "one two\r\nthree four\r\nfive\r\nsix"


@pytest.mark.proves("ToggleNormalSelection", "ToggleLineSelection", "vi mode: selections")
@pytest.mark.parametrize(
    ("keys", "selected"),
    [
        ("gvl", "on"),
        ("gvj", "one two\nt"),
        ("gwvh", " t"),
        ("gjwvk0", "one two\nthree f"),
        ("gjV", "three four\n"),
        ("gjVj", "three four\nfive\n"),
        ("gvlv", ""),
        ("gvlV", "one two\n"),
        ("gwvV", "one two\n"),
        ("gv$", "one two"),
        ("gve", "one"),
    ],
)
def test_selections_grow_with_the_cursor(keys, selected):
    user = ViUser(TEXT)
    user.type(keys)
    assert user.selected == selected


@pytest.mark.proves("ToggleBlockSelection", "ToggleSemanticSelection", "vi mode: selections")
def test_blocks_and_words():
    user = ViUser(TEXT)
    user.press("g", "w", "Ctrl+v", "j", "h")
    assert user.selected == " t\nee"
    user.press("l", "l")
    assert user.selected == "tw\ne "
    user.press("Escape", "g", "l", "Alt+v")
    assert user.selected == "one"
    user.press("w")
    assert user.selected == "one two"
    user.press("Ctrl+v", "Ctrl+v")
    assert user.selected == ""
    assert user.pane.view.in_vi_mode


@pytest.mark.proves("vi mode: selections")
def test_y_copies_and_ends_the_selection_and_shift_y_copies_to_the_end_of_the_line():
    user = ViUser(TEXT)
    user.type("gvey")
    assert user.copied == ["one"]
    assert user.selected == ""
    user.type("gwY")
    assert user.copied == ["one", "two"]
    assert user.selected == ""
    user.press("v", "Ctrl+Shift+c")
    assert user.copied[-1] == "o"
    assert user.selected == ""
    assert user.pane.view.in_vi_mode


def test_entering_selects_nothing():
    user = ViUser(TEXT)
    user.press("g", "v", "e", "Ctrl+c")
    assert user.selected == "one"
    user.press("Ctrl+Shift+Space")
    assert user.selected == ""


def test_a_wide_character_is_selected_whole():
    user = ViUser("中文x")
    user.type("g0v")
    assert user.selected == "中"
    user.type("l")
    assert user.selected == "中文"


# ── while the program goes on ────────────────────────────────────────────────────────────────────


@pytest.mark.proves("vi mode: output")
def test_output_keeps_cursor_and_view_in_place():
    user = ViUser()
    user.type("kkkv$")
    seen = user.pane.view.viewport.first_line
    user.says("more\r\n" * 30)
    assert (user.at, user.line) == ((6, 6), "line 97")
    assert user.pane.view.viewport.first_line == seen
    assert user.selected == "e 97"
    user.press("Ctrl+c")
    assert user.pane.view.viewport.first_line == seen


@pytest.mark.proves("vi mode: eviction")
def test_eviction_takes_it_to_the_oldest_line():
    user = ViUser()
    user.type("g")
    user.says("more\r\n" * 20_000)
    assert user.at == (0, 0)
    assert user.line == "more"
    user.type("G")
    assert user.at == (9, 0)


@pytest.mark.proves("vi mode: reflow")
def test_a_reflow_takes_it_along():
    user = ViUser("abcdefghij" * 8 + "\r\nnext", columns=40)
    user.type("gjfj")
    before = user.pane.terminal.cells(user.pane.view.vi.point[0])[user.at[1], CHAR]
    assert chr(before) == "j"
    user.pane.resize(10, 23, user.pane.terminal.window)
    assert user.at == (2, 3)  # the 50th character
    user.pane.resize(2, 23, user.pane.terminal.window)
    assert chr(user.pane.terminal.cells(user.pane.view.vi.point[0])[3, CHAR]) == "j"
    assert 0 <= user.at[0] < 2


@pytest.mark.proves("vi mode: alternate screen")
def test_it_goes_on_on_the_alternate_screen_and_after_a_reset():
    user = ViUser()
    user.type("g")
    user.says("\x1b[?1049h\x1b[Hfull")
    assert user.at == (0, 0)
    assert user.line == "full"
    user.type("kgH")
    assert user.line == "full"
    user.says("\x1b[?1049l")
    assert user.pane.view.in_vi_mode
    user.says("\x1bc")
    assert user.pane.view.in_vi_mode
    user.type("kjl")
    assert user.far_end.told == b""


@pytest.mark.proves("vi mode: keys")
def test_an_arrow_of_the_wheel_is_no_key():
    user = ViUser()
    user.says("\x1b[?1049h\x1b[?1000h")
    pointer = pointer_of(user)
    pointer.wheel(0, 2, Mods.NONE)
    pointer.pressed(Button.LEFT, 15, 25, Mods.NONE, 1.0)
    pointer.released(Button.LEFT, 15, 25, Mods.NONE)
    assert user.far_end.told == b""
    assert user.at == (1, 1)


def pointer_of(user):
    user.text_area = SimpleNamespace(cell_size=(10, 20), padding=(0, 0))
    user.owner.display = SimpleNamespace(set_pointer=lambda shape: None)
    user.presenter = SimpleNamespace(damage=lambda: None, key_pressed=lambda now: None)
    return Pointer(user)


@pytest.mark.proves("vi mode: mouse")
def test_a_click_moves_the_cursor_and_a_drag_selects():
    user = ViUser()
    pointer = pointer_of(user)
    pointer.pressed(Button.LEFT, 22, 45, Mods.NONE, 1.0)
    assert user.at == (2, 2)
    assert user.selected == ""
    pointer.moved(58, 45, Mods.NONE, 1.1)
    pointer.released(Button.LEFT, 58, 45, Mods.NONE)
    assert user.at == (2, 5)
    assert user.selected == "ne 9"
    user.type("l")
    assert user.selected == "ne 93"


# ── searching ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.proves(
    "SearchNext",
    "SearchPrevious",
    "SearchConfirm",
    "SearchForward",
    "SearchBackward",
    "vi mode: search",
)
def test_slash_finds_enter_keeps_and_n_goes_on():
    user = ViUser()
    user.type("g/line 3")
    assert user.line == "line 3"
    user.press("Enter")
    assert not user.pane.view.searching
    assert (user.line, user.selected) == ("line 3", "")
    user.type("n")
    assert user.line == "line 30"
    user.type("nN")
    assert user.line == "line 30"
    user.type("G")
    user.type("n")
    assert user.line == "line 3"  # from the other end
    user.type("?line 4")
    user.press("Enter")
    assert user.line == "line 49"
    user.type("n")
    assert user.line == "line 48"
    user.type("N")
    assert user.line == "line 49"


@pytest.mark.proves("vi mode: search", "SearchCancel")
def test_escape_restores_cursor_and_viewport():
    user = ViUser()
    user.press("Ctrl+b", "k", "$")
    before = user.at, user.line
    user.type("/line 5")
    assert user.line != before[1]
    user.press("Escape")
    assert (user.at, user.line) == before
    assert user.pane.view.marked_search is None
    user.type("/line 1")
    user.type("zzz")
    assert (user.at, user.line) == before  # there is none
    user.press("Ctrl+c")
    assert user.pane.view.in_vi_mode
    assert (user.at, user.line) == before


@pytest.mark.proves("vi mode: selections")
def test_selections_grow_to_matches():
    user = ViUser(TEXT)
    user.type("gv/four")
    user.press("Enter")
    assert user.selected == "one two\nthree f"


@pytest.mark.proves("SemanticSearchForward", "SemanticSearchBackward")
def test_star_and_hash_look_for_the_word_or_the_selection():
    user = ViUser("a.b x.y\r\nx\r\na.b\r\na.c\r\na")
    user.type("g*")
    assert (user.at, user.pane.view.search.field.text) == ((2, 0), r"a\.b")
    user.type("#")
    assert user.at == (0, 0)
    user.type("vll*")
    assert (user.at, user.selected) == ((2, 0), "")
    user.type("n")
    assert user.at == (0, 0)


@pytest.mark.proves("SearchStart", "SearchEnd")
def test_start_and_end_of_matches():
    user = ViUser("foo foo foo")
    user.type("g/foo")
    user.press("Enter")
    for action, columns in (
        (Action.SEARCH_END, [2, 6, 10]),
        (Action.SEARCH_START, [8, 4, 0]),
    ):
        for column in columns:
            perform(user, action)
            user.work()
            assert user.at == (0, column), action


def test_leaving_forgets_the_matches():
    user = ViUser()
    user.type("/line")
    user.press("Enter", "Ctrl+c")
    assert user.pane.view.marked_search is None


# ── what is seen ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.proves("vi mode: line indicator")
def test_the_indicator_counts_from_below_and_makes_way():
    user = ViUser()
    assert user.indicator == "[0/100]"
    user.type("kk")
    assert user.indicator == "[2/100]"
    user.type("H$$")
    assert user.indicator is None
    user.type("0")
    assert user.indicator == "[9/100]"
    user.press("i")
    assert user.indicator is None


@pytest.mark.proves("vi mode: cursor")
def test_the_cursor_is_the_users():
    user = ViUser("ab中")
    user.says("\x1b[?25l")
    user.type("l0ll")
    snapshot = user.pane.view.snapshot()
    cursor = user.pane.view.vi.seen(snapshot, "beam", (1, 2))
    assert (cursor.line, cursor.column, cursor.wide) == (0, 2, True)
    assert (cursor.visible, cursor.shape, cursor.colors) == (True, "beam", (1, 2))


@pytest.mark.proves("Open")
def test_open_opens_the_link_under_the_cursor():
    user = ViUser("see https://example.org.\r\nnothing\r\n")
    user.type("k")
    user.press("Enter")
    user.type("kw")
    user.press("Enter")
    assert user.opened == ["https://example.org"]


def test_each_binding_of_vi_mode_is_only_there():
    assert sum(bool(one.required & BindingMode.VI) for one in DEFAULTS) >= 63


@pytest.mark.proves(
    "ToggleViMode", "ToggleBlockSelection", "vi mode: cursor", "vi mode: line indicator"
)
@pytest.mark.window
def test_in_a_window_keys_select_and_copy(gputerm, reading):
    colors = "colors={vi_mode_cursor={cursor='#123456'},line_indicator={background='#654321'}}"
    program = reading(gputerm, r"one two\r\nthree four\r\n", "-o", colors)
    terminal = program.terminal
    terminal.focus()
    terminal.key("ctrl+shift+space")

    def shown():
        pixels = terminal.pixels().astype(int)
        return all((pixels == color).all(-1).any() for color in ((18, 52, 86), (101, 67, 33)))

    terminal.wait_for(shown, "the cursor of vi mode and the line indicator")
    terminal.key("g", "w", "ctrl+v", "j", "dollar")
    terminal.wait_for(lambda: terminal.selection() == "two\ne four", "a block")
    terminal.key("Escape", "g", "w", "v", "e", "y", "i")
    terminal.key("ctrl+shift+v")
    program.expect(b"two")
