"""Commands that change how windows look and behave, against a real process."""

import base64
import json

import numpy as np
import pytest

from gputerm.render.png import decode_png

RED, GREEN = 'colors.primary.background="#800000"', 'colors.primary.background="#008000"'


def picture(terminal, index=0):
    """What a window shows; the X server knows only what isn't covered."""
    number = str(terminal.windows()[index]["id"])
    answer = json.loads(terminal.msg("--json", "screenshot", "-w", number, "-"))
    return decode_png(base64.b64decode(answer["png"]))[:, :, :3]


def background(terminal, index=0):
    """The colour of the last pixel of a window."""
    return tuple(int(value) for value in picture(terminal, index)[-1, -1])


def config_of(terminal, key, *arguments):
    return json.loads(terminal.msg("get-config", "--json", key, *arguments))


def test_colours_change_at_once_in_one_window_or_in_all(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg("create-window", "-e", "cat")
    terminal.msg("config", "-w", "1", RED)
    terminal.wait_for(lambda: background(terminal) == (128, 0, 0), "a red window")
    assert config_of(terminal, "colors.primary.background", "-w", "1") == "#800000"
    assert config_of(terminal, "colors.primary.background", "-w", "2") == "#181818"
    assert config_of(terminal, "colors.primary.background", "-w", "-1") == "#181818"

    terminal.msg("config", "-w", "-1", GREEN)
    terminal.wait_for(lambda: background(terminal, 0) == (0, 128, 0), "the first one green")
    terminal.wait_for(lambda: background(terminal, 1) == (0, 128, 0), "the second one green")
    terminal.msg("create-window", "-e", "cat")
    terminal.wait_for(lambda: background(terminal, 2) == (0, 128, 0), "a new one green")

    terminal.msg("config", "-w", "1", "--reset")
    terminal.wait_for(lambda: background(terminal, 0) == (24, 24, 24), "the first one as before")
    assert background(terminal, 1) == (0, 128, 0)
    terminal.msg("config", "-w", "-1", "--reset")
    terminal.wait_for(lambda: background(terminal, 1) == (24, 24, 24), "all as before")
    assert config_of(terminal, "colors.primary.background") == "#181818"


def test_the_width_of_ambiguous_characters_follows(gputerm):
    def column(text):
        (hit,) = json.loads(terminal.msg("--json", "search", text))["matches"]
        return hit["column"]

    command = "stty -echo; echo αβ1; read line; echo αβ2; cat"
    terminal = gputerm("-o", 'terminal.ambiguous_width="Wide"', "-e", "sh", "-c", command)
    terminal.wait_text("αβ1")
    terminal.msg("config", "terminal.ambiguous_width=Narrow")
    terminal.msg("send-text", "\n")
    terminal.wait_text("αβ2")
    assert (column("1$"), column("2$")) == (4, 2)


def test_clusters_follow(gputerm):
    def column(text):
        (hit,) = json.loads(terminal.msg("--json", "search", text))["matches"]
        return hit["column"]

    command = "stty -echo; echo 👍🏽1; read line; echo 👍🏽2; cat"
    terminal = gputerm("-e", "sh", "-c", command)
    terminal.wait_text("👍🏽1")
    terminal.msg("config", "terminal.clusters=Requested")
    terminal.msg("send-text", "\n")
    terminal.wait_text("👍🏽2")
    assert (column("1$"), column("2$")) == (2, 4)


def test_fonts_padding_cursor_history_and_title_follow(gputerm):
    terminal = gputerm("-e", "sh", "-c", "seq 200; cat")
    terminal.wait_text("^200$")
    before = terminal.windows()[0]
    terminal.msg("config", "font.size=20")
    larger = terminal.windows()[0]
    assert (larger["width"], larger["height"]) == (before["width"], before["height"])
    assert larger["columns"] < before["columns"]
    assert larger["font_size"] == 20
    terminal.msg("config", "font.size=11.25", "window.padding={x=100,y=0}")
    padded = terminal.windows()[0]
    assert padded["columns"] < before["columns"]
    assert padded["lines"] == before["lines"]
    terminal.msg("config", 'window.title="ours"', "scrolling.history=50")
    after = terminal.windows()[0]
    assert after["title"] == "ours"
    assert after["history"] == 50
    terminal.focus()
    pixels = picture(terminal)
    terminal.msg("config", 'cursor.style="Beam"')
    terminal.wait_for(lambda: not np.array_equal(picture(terminal), pixels), "another cursor")


def test_options_that_do_not_fit_are_told_and_the_others_used(gputerm):
    terminal = gputerm("-e", "cat")
    with pytest.raises(AssertionError, match=r"(?s)font.size: expected points.*fonts: unknown key"):
        terminal.msg("config", RED, "font.size=big", "fonts.size=3")
    assert config_of(terminal, "colors.primary.background", "-w", "1") == "#800000"
    assert config_of(terminal, "font.size", "-w", "1") == 11.25
    theme = "[colors.primary]\nbackground='#008000'\n[colors.unheard]\nof=1"
    with pytest.raises(AssertionError, match="unheard"):
        terminal.msg("config", theme)
    assert config_of(terminal, "colors.primary.background", "-w", "1") == "#008000"
    answer = terminal.msg("create-window", "-o", "font.sise=3", "font.size=9", "-e", "cat")
    assert answer == "2\n"
    assert terminal.windows()[1]["font_size"] == 9
    with pytest.raises(AssertionError, match="there is no window 5"):
        terminal.msg("config", "-w", "5", RED)
    with pytest.raises(AssertionError, match="did you mean size"):
        terminal.msg("get-config", "font.sise")
    assert terminal.msg("get-config", "font.size") == "11.25\n"


def test_one_setting_is_dropped_and_the_others_stay(gputerm):
    terminal = gputerm("-e", "cat")
    terminal.msg("config", "-w", "-1", "font.size=9", "font.offset.x=1", "bell.duration=7")
    terminal.msg("config", "-w", "1", "font.size=8")
    terminal.msg("config", "-w", "1", "--unset", "font.size")
    assert config_of(terminal, "font.size", "-w", "1") == 11.25
    assert config_of(terminal, "font.size", "-w", "-1") == 9
    terminal.msg("config", "-w", "-1", "-u", "font", "-u", "colors")
    for window in ("1", "-1"):
        assert config_of(terminal, "font.size", "-w", window) == 11.25
        assert config_of(terminal, "font.offset.x", "-w", window) == 0
        assert config_of(terminal, "bell.duration", "-w", window) == 7
    with pytest.raises(AssertionError, match="nothing of the kind was set"):
        terminal.msg("config", "-u", "bell.dur")
    with pytest.raises(AssertionError, match="needs one of options, reset or unset"):
        terminal.msg("config", "-r", "-u", "bell.duration")


def test_windows_are_configured_by_what_they_are(gputerm):
    terminal = gputerm("-T", "first", "-e", "cat")
    terminal.msg("create-window", "-T", "second", "-e", "cat")
    terminal.msg("config", "-m", "title:second", "font.size=20")
    assert [window["font_size"] for window in terminal.windows()] == [11.25, 20]
    assert config_of(terminal, "font.size", "-m", "title:second") == 20


def test_the_file_is_read_again(gputerm, tmp_path):
    path = tmp_path / "my.toml"
    path.write_text("[font]\nsize = 12\n")
    terminal = gputerm("--config-file", str(path), "-o", "window.padding.x=3", "-e", "cat")
    terminal.msg("create-window", "-o", "font.size=9", "-e", "cat")
    path.write_text("[font]\nsize = 16\n[window]\npadding = {x = 9, y = 9}\n")
    terminal.msg("reload-config")
    assert [window["font_size"] for window in terminal.windows()] == [16, 9]
    assert config_of(terminal, "window.padding", "-w", "1") == {"x": 3, "y": 9}

    path.write_text("[bell]\nduration = -1\n[colors.primary]\nbackground = '#800000'\n")
    with pytest.raises(AssertionError, match=r"my.toml:2:1: bell.duration: expected"):
        terminal.msg("reload-config")
    assert config_of(terminal, "colors.primary.background", "-w", "1") == "#800000"
    path.write_text("[colors.primary]\nbackground = '#800000\n[font]\nsize = 5\n")
    with pytest.raises(AssertionError, match=r"my.toml:2:.*colors.primary. stays as it was"):
        terminal.msg("reload-config")
    assert config_of(terminal, "colors.primary.background", "-w", "1") == "#800000"
    path.unlink()
    with pytest.raises(AssertionError, match="can't be read"):
        terminal.msg("reload-config")


def test_font_size(gputerm):
    terminal = gputerm("-e", "cat")
    columns = terminal.windows()[0]["columns"]
    terminal.msg("set-font-size", "20")
    terminal.msg("set-font-size", "--by", "2.5")
    assert terminal.windows()[0]["font_size"] == 22.5
    terminal.msg("config", RED)
    assert terminal.windows()[0]["font_size"] == 22.5
    terminal.msg("set-font-size", "--reset")
    assert terminal.windows()[0]["columns"] == columns
    with pytest.raises(AssertionError, match="expected 1 to 3999 points"):
        terminal.msg("set-font-size", "0")


def test_actions(gputerm):
    terminal = gputerm("-e", "sh", "-c", "seq 100; cat")
    terminal.wait_text("^100$")
    terminal.msg("action", "scrolltotop", "ScrollLineDown")
    assert terminal.windows()[0]["lines_back"] == 76
    terminal.msg("action", "CreateNewWindow")
    assert len(terminal.windows()) == 2
    with pytest.raises(AssertionError, match="did you mean ScrollToTop"):
        terminal.msg("action", "ScrolToTop")
    terminal.msg("action", "-w", "2", "Quit")
    assert len(terminal.windows()) == 1
