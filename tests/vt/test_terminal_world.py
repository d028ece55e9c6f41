"""What passes between terminal and world besides bytes: sizes, focus, colours, keyboard, mouse."""

import os

import pytest
from talk import Talk

from gputerm.vt import Terminal, WindowFacts, palette
from gputerm.vt.events import (
    Bell,
    CursorStyleChanged,
    IconTitleChanged,
    PaletteChanged,
    Reply,
    ResizeRequest,
    TitleChanged,
    WindowOperation,
)


def test_events_keep_their_order_among_replies():
    t = Talk()
    kinds = [type(event) for event in t.feed("\x1b[5n\x07\x1b[6n\x1b[5n")]
    assert kinds == [Reply, Bell, Reply]


def test_many_bells_are_one_event():
    assert Talk().feed("\a" * 1000) == [Bell(urgent=True, raises=False)]


def test_bell_says_what_modes_1042_and_1043_want():
    t = Talk()
    t.feed("\x1b[?1042l\x1b[?1043h")
    assert t.only("\a", Bell) == Bell(urgent=False, raises=True)


def test_each_feed_and_each_kind_of_bell_rings_once():
    t = Talk()
    for _ in range(2):
        assert t.feed("\a\a") == [Bell(urgent=True, raises=False)]
    assert t.feed("\a\x1b[?1042l\a\a\x1b[?1042h\x1b[?1043h\a") == [
        Bell(urgent=True, raises=False),
        Bell(urgent=False, raises=False),
        Bell(urgent=True, raises=True),
    ]
    events = t.feed("\a\x1bc\a")  # RIS resets the modes
    assert [event for event in events if isinstance(event, Bell)] == [
        Bell(urgent=True, raises=True),
        Bell(urgent=True, raises=False),
    ]


def test_a_flood_of_titles_is_the_last_one():
    events = Talk().feed("".join(f"\x1b]2;{i}\a" for i in range(100)))
    assert events == [TitleChanged("99")]


def test_focus_is_reported_when_asked_for():
    t = Talk()
    t.terminal.set_focus(True)
    assert t.terminal.take_events() == []
    t.feed("\x1b[?1004h")
    t.terminal.set_focus(False)
    t.terminal.set_focus(True)
    assert t.terminal.take_events() == [Reply(b"\x1b[O\x1b[I")]


def test_size_is_reported_in_band():
    t = Talk()
    t.terminal.set_pixel_size(160, 96)
    assert t.ask("\x1b[?2048h") == "\x1b[48;6;20;96;160t"
    t.terminal.resize(4, 10)
    t.terminal.set_pixel_size(80, 64)  # Told after the cells; one report says both.
    assert t.terminal.take_events() == [Reply(b"\x1b[48;4;10;64;80t")]
    t.terminal.set_pixel_size(88, 64)  # Another font, the same cells.
    assert t.terminal.take_events() == [Reply(b"\x1b[48;4;10;64;88t")]
    assert t.terminal.take_events() == []


def test_colour_scheme_is_that_of_the_configured_background_and_told_when_it_changes():
    t = Talk()
    assert t.ask("\x1b[?996n") == "\x1b[?997;1n"
    colors = palette.default_colors()
    t.feed("\x1b[?2031h\x1b]11;#ffffff\a")  # What the program does itself is no news to it.
    for background, told in ((0x1D1F21, None), (0xFDF6E3, 2), (0xFFFFFF, None), (0x002B36, 1)):
        colors[palette.BACKGROUND] = background
        t.configure(colors=tuple(colors.tolist()))
        expected = [Reply(f"\x1b[?997;{told}n".encode())] if told else []
        assert t.terminal.take_events() == expected, hex(background)
    assert t.ask("\x1b[?996n") == "\x1b[?997;1n"


def test_a_wish_for_a_size_waits_for_the_world():
    t = Talk()
    assert t.feed("\x1b[8;10;30t") == [ResizeRequest(10, 30)]
    assert (t.terminal.lines, t.terminal.columns) == (6, 20)


def test_or_is_granted_at_once():
    t = Talk(resize_at_once=True)
    assert t.feed("\x1b[8;10;30t\x1b[18t") == [ResizeRequest(10, 30), Reply(b"\x1b[8;10;30t")]


def test_sizes_left_out_stay_and_zero_is_the_display():
    t = Talk()
    t.terminal.set_window(WindowFacts(160, 96, screen_width=800, screen_height=480))
    assert t.feed("\x1b[8;;30t") == [ResizeRequest(6, 30)]
    assert t.feed("\x1b[8;0;30t") == [ResizeRequest(30, 30)]
    assert t.feed("\x1b[8;9;0t") == [ResizeRequest(9, 100)]


def test_other_ways_to_ask_for_a_size():
    t = Talk()
    assert t.feed("\x1b[30t") == [ResizeRequest(30, 20)]
    assert t.feed("\x1b[40*|") == [ResizeRequest(40, 20)]
    assert t.feed("\x1b[132$|") == [ResizeRequest(6, 132)]
    assert t.feed("\x1b[77$|") == []


def test_sizes_are_bounded():
    assert Talk().feed("\x1b[8;60000;60000t") == [ResizeRequest(1000, 2000)]


def test_deccolm_changes_columns_only_when_allowed():
    t = Talk(resize_at_once=True)
    t.feed("x")
    assert t.feed("\x1b[?3h") == []
    assert t.screen()[0] == "x"
    assert t.feed("\x1b[?40h\x1b[?3h") == [ResizeRequest(6, 132)]
    assert t.screen()[0] == ""
    assert t.feed("\x1b[?3l") == [ResizeRequest(6, 80)]


def test_decncsm_keeps_the_screen():
    t = Talk(resize_at_once=True)
    t.feed("x\x1b[?40h\x1b[?95h\x1b[?3h")
    assert t.screen()[0] == "x"


def test_window_operations_are_wishes():
    t = Talk()
    assert t.feed("\x1b[1t\x1b[2t\x1b[5t\x1b[6t\x1b[7t") == [
        WindowOperation(name) for name in ("deiconify", "iconify", "raise", "lower", "refresh")
    ]
    assert t.feed("\x1b[3;10;20t") == [WindowOperation("move", (10, 20))]
    assert t.feed("\x1b[4;100t") == [WindowOperation("resize_px", (100, None))]
    assert t.feed("\x1b[9;1t") == [WindowOperation("maximize", (1,))]
    assert t.feed("\x1b[10;2t") == [WindowOperation("fullscreen", (2,))]
    assert t.feed("\x1b[10;7t\x1b[99999999t") == [ResizeRequest(1000, 20)]


def test_titles_and_their_stack():
    t = Talk()
    assert t.feed("\x1b]0;one\a") == [IconTitleChanged("one"), TitleChanged("one")]
    t.feed("\x1b[22;0t\x1b]2;two\a")
    assert t.terminal.title == "two"
    assert t.feed("\x1b[23;0t") == [TitleChanged("one")]
    assert t.feed("\x1b[23;0t") == []


def test_popping_one_title_drops_the_pair():
    t = Talk()
    t.feed("\x1b]0;a\a\x1b[22t\x1b]0;b\a")
    assert t.feed("\x1b[23;1t") == [IconTitleChanged("a")]
    assert t.feed("\x1b[23;2t") == []


def test_what_a_push_left_out_comes_from_below():
    t = Talk()
    t.feed("\x1b]1;icon\a\x1b]2;window\a\x1b[22;1t\x1b[22;2t\x1b]0;x\a")
    t.feed("\x1b[23;0t")
    assert (t.terminal.titles.icon, t.terminal.titles.window) == ("icon", "window")


def test_titles_in_hexadecimal():
    t = Talk()
    assert t.feed("\x1b[>0t\x1b]2;6162\a") == [TitleChanged("ab")]
    assert t.feed("\x1b]2;zz\a") == []
    assert t.feed("\x1b[>0T\x1b]2;6162\a") == [TitleChanged("6162")]


def test_cursor_style():
    t = Talk()
    assert t.feed("\x1b[5 q") == [CursorStyleChanged("beam", blinking=True)]
    assert t.feed("\x1b[?12l") == [CursorStyleChanged("beam", blinking=False)]
    assert t.feed("\x1b[?12h\x1b[5 q")[-1] == CursorStyleChanged("beam", blinking=True)
    assert t.feed("\x1b[0 q") == [CursorStyleChanged("block", blinking=False)]
    assert t.feed("\x1b[7 q") == []
    assert t.terminal.snapshot().cursor.shape == "block"


def test_cursor_style_zero_is_the_configured_one():
    t = Talk(cursor_shape="beam", cursor_blinking=True)
    t.feed("\x1b[2 q")
    assert t.feed("\x1b[ q") == [CursorStyleChanged("beam", blinking=True)]


def test_default_palette_leaves_what_the_program_set():
    t = Talk()
    t.feed("\x1b]4;1;#112233\a")
    t.configure(colors=(0x777777,) * 256)
    assert t.terminal.palette.get(1) == 0x112233
    assert t.terminal.palette.get(2) == 0x777777
    assert t.feed("\x1b]104;1\a") == [PaletteChanged()]
    assert t.terminal.palette.get(1) == 0x777777


def test_key_options():
    t = Talk()
    options = t.terminal.key_options
    assert (options.app_cursor, options.app_keypad, options.newline) == (False,) * 3
    assert not options.locked
    assert options.alt_escape
    t.feed("\x1b[?1h\x1b=\x1b[20h\x1b[?67h\x1b[2h\x1b[12l\x1b[?1036l")
    options = t.terminal.key_options
    assert options.app_cursor
    assert options.app_keypad
    assert options.newline
    assert options.backarrow
    assert options.locked
    assert t.terminal.local_echo
    assert not options.alt_escape
    t.feed("\x1b>")
    assert not t.terminal.key_options.app_keypad


def test_eight_bit_codes_are_chosen_and_left():
    t = Talk()
    t.feed(b"\x1b%@\xe9\x9b1mA\x1b.B\x1b}\xb1\x1b%G\xc3\xa9\xe9x")
    assert t.screen()[0] == "éAąé\ufffdx"
    t.feed(b"\x1b%@\x1bc\xc3\xa9")
    assert t.screen()[0] == "é"


def test_an_echo_leaves_half_a_sequence_alone():
    t = Talk()
    t.feed("a\x1b[3")
    assert t.terminal.echo(b"b\x1b[", 1000) == (3, [])
    t.feed("1mc")
    assert t.terminal.echo(b"6n", 1000) == (2, [Reply(b"\x1b[1;4R")])
    assert t.screen()[0] == "abc"
    assert t.terminal.cells(0)[2, 1] == 1 << 24 | 1


def test_modify_other_keys():
    t = Talk()
    for level in (1, 2):
        t.feed(f"\x1b[>4;{level}m")
        assert t.terminal.key_options.modify_other_keys == level
        assert t.ask("\x1b[?4m") == f"\x1b[>4;{level}m"
    t.feed("\x1b[>4;1f")
    assert t.ask("\x1b[?4g") == "\x1b[>4;1f"
    t.feed("\x1b[>4m\x1b[>4f")
    assert t.terminal.key_options.modify_other_keys == 0
    assert t.terminal.key_options.format_other_keys == 0
    t.feed("\x1b[>4;2m\x1b[>4n")
    assert t.terminal.key_options.modify_other_keys == 0


def test_mouse_options():
    t = Talk()
    t.feed("\x1b[?1000h\x1b[?1006h")
    assert (t.terminal.mouse_options.tracking, t.terminal.mouse_options.encoding) == (1000, 1006)
    t.feed("\x1b[?1003;1016h")
    assert (t.terminal.mouse_options.tracking, t.terminal.mouse_options.encoding) == (1003, 1016)
    t.feed("\x1b[?1006l")  # Not in use: nothing changes.
    assert t.terminal.mouse_options.encoding == 1016
    t.feed("\x1b[?1000l\x1b[?1016l")
    assert (t.terminal.mouse_options.tracking, t.terminal.mouse_options.encoding) == (0, 0)


def test_the_wheel_sends_keys_on_the_alternate_screen():
    t = Talk()
    assert not t.terminal.mouse_options.alternate_scroll
    t.feed("\x1b[?1049h")
    assert t.terminal.mouse_options.alternate_scroll
    t.feed("\x1b[?1007l")
    assert not t.terminal.mouse_options.alternate_scroll


def test_synchronized_output_has_generations():
    t = Talk()
    start = t.terminal.sync_generation
    t.feed("\x1b[?2026h\x1b[?2026h")
    assert t.terminal.synchronized
    assert t.terminal.sync_generation == start + 1
    t.feed("\x1b[?2026l\x1b[?2026h\x1b[?2026l\x1b[?2026h")
    assert t.terminal.sync_generation == start + 3


def test_the_older_form_of_synchronized_output():
    t = Talk()
    t.feed("\x1bP=1s\x1b\\")
    assert t.terminal.synchronized
    t.feed("\x1bP=2s\x1b\\")
    assert not t.terminal.synchronized


@pytest.fixture
def pipe():
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    yield reader, writer
    os.close(reader)


def test_feeding_from_a_descriptor_is_one_feed(pipe):
    reader, writer = pipe
    term = Terminal(3, 20)
    os.write(writer, b"a\a\x1b[5")
    bell = Bell(urgent=True, raises=False)
    assert term.feed_from(reader, 10_000) == (5, b"", True, [bell])
    assert term.feed_from(reader, 100) == (0, b"", True, []), "there is nothing now"
    os.write(writer, b"nb\a" + b"." * 5000 + b"\a\rc")
    done, rest, drained, events = term.feed_from(reader, 100_000)
    assert (done, rest, drained) == (5006, b"", True)
    assert [type(event) for event in events] == [Reply, Bell]
    assert term.text((term.cursor_line, 0), (term.cursor_line, 20))[0] == "c"
    os.write(writer, b"x" * 8000)
    done, rest, drained, _ = term.feed_from(reader, 10)
    assert 0 < done <= 10, "no more than may be spent"
    assert 0 < len(rest) < 8000, "no more is read than it takes"
    assert not drained
    os.close(writer)
    assert term.feed_from(reader, 100_000)[0] == 8000 - done - len(rest)
    assert term.feed_from(reader, 8000) == (0, b"", True, []), "the end of the file"


def test_feeding_from_a_closed_descriptor_is_nothing(pipe):
    reader, writer = pipe
    os.close(writer)
    other = os.dup(reader)
    os.close(other)
    assert Terminal(3, 20).feed_from(other, 10) == (0, b"", True, [])


def test_a_size_granted_at_once_is_told_before_what_is_asked_next():
    t = Talk(resize_at_once=True)
    t.feed("\x1b[?2048h")
    told = [event.data for event in t.feed("\x1b[8;9;30t\x1b[5n") if isinstance(event, Reply)]
    assert told == [b"\x1b[48;9;30;0;0t", b"\x1b[0n"]
