"""What the window shows: programs, history, sizes, and the same picture as without a window."""

import base64
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

from gputerm.render.png import decode_png

pytestmark = pytest.mark.window


def lines_back(terminal):
    return terminal.windows()[0]["lines_back"]


def oldest_line_is_shown(terminal):
    window = terminal.windows()[0]
    return window["lines_back"] == window["history"] > 0


def oldest_line(terminal):
    return terminal.call("get-text", of="scrollback")["text"].partition("\n")[0]


def test_history_can_be_read_to_its_first_line(gputerm):
    terminal = gputerm("-o", "scrolling.history=100000", "-e", "sh", "-c", "seq 50000; cat")
    terminal.wait_text(r"^50000$")
    terminal.focus()
    terminal.key("shift+Prior", "shift+Prior")
    terminal.wait_for(lambda: lines_back(terminal) == 48, "two pages back")
    terminal.key("shift+Next")
    terminal.wait_for(lambda: lines_back(terminal) == 24, "a page forth")
    terminal.key("shift+Home")
    terminal.wait_for(lambda: oldest_line_is_shown(terminal), "the oldest line")
    assert oldest_line(terminal) == "1"
    terminal.key("shift+End")
    terminal.wait_for(lambda: lines_back(terminal) == 0, "the live screen")


def test_history_keeps_as_many_lines_as_configured(gputerm):
    terminal = gputerm("-o", "scrolling.history=1000", "-e", "sh", "-c", "seq 200000; cat")
    terminal.wait_text(r"^200000$")
    assert terminal.windows()[0]["history"] == 1000
    assert oldest_line(terminal) == str(200_000 - 1000 - 22)


def test_output_does_not_move_what_is_read(gputerm, tmp_path):
    go_on = tmp_path / "go-on"
    os.mkfifo(go_on)
    terminal = gputerm("-e", "sh", "-c", f"seq 100; read line < {go_on}; seq 1000 1100; cat")
    terminal.wait_text("^100$")
    terminal.focus()
    terminal.key("shift+Home")
    terminal.wait_for(lambda: oldest_line_is_shown(terminal), "the oldest line")
    before = terminal.windows()[0]["history"]
    go_on.write_text("\n")
    terminal.wait_for(lambda: terminal.windows()[0]["history"] > before + 50, "more history")
    assert oldest_line_is_shown(terminal)


def test_resize_during_a_flood_and_reflow(gputerm):
    terminal = gputerm("-e", "yes", "0123456789" * 9)
    window = terminal.windows()[0]
    cell = window["width"] // 80, window["height"] // 24
    with terminal.x11() as x11:
        for columns, lines in ((100, 30), (30, 10), (2, 1), (97, 24), (45, 24)):
            x11.resize(window["x11_id"], columns * cell[0], lines * cell[1])
            terminal.wait_for(
                lambda size=(columns, lines): (
                    (terminal.windows()[0]["columns"], terminal.windows()[0]["lines"]) == size
                ),
                f"{columns}x{lines}",
            )
    lines = terminal.screen().split()[1:-1]  # The first began above, the last isn't finished.
    assert set(lines) == {"0123456789" * 9}


def test_text_reflows_with_its_history(gputerm):
    terminal = gputerm("-e", "sh", "-c", "seq -s ' ' 1 600; cat")
    terminal.wait_text("600$")
    before = terminal.call("get-text", of="scrollback")["text"].replace("\n", "")
    window = terminal.windows()[0]
    with terminal.x11() as x11:
        x11.resize(window["x11_id"], window["width"] // 2, window["height"])
        terminal.wait_for(lambda: terminal.windows()[0]["columns"] == 40, "40 columns")
        assert terminal.windows()[0]["history"] > window["history"]
        assert terminal.call("get-text", of="scrollback")["text"].replace("\n", "") == before
        x11.resize(window["x11_id"], window["width"], window["height"])
        terminal.wait_for(lambda: terminal.windows()[0]["columns"] == 80, "80 columns")
    assert terminal.call("get-text", of="scrollback")["text"].replace("\n", "") == before


def test_a_window_of_one_cell_and_the_largest_font(gputerm):
    terminal = gputerm("-e", "sh", "-c", "echo hello; cat")
    terminal.wait_text("hello")
    with terminal.x11() as x11:
        x11.resize(terminal.xid(), 1, 1)
        terminal.wait_for(lambda: terminal.windows()[0]["columns"] == 2, "the smallest size")
        x11.resize(terminal.xid(), 720, 504)
    terminal.wait_for(lambda: terminal.windows()[0]["columns"] == 80, "80 columns")
    for size in (1, 200, 3999, 11.25):
        terminal.call("set-font-size", size=size)
        assert terminal.windows()[0]["columns"] >= 2
        terminal.pixels()
    assert "hello" in terminal.screen()
    assert "Traceback" not in terminal.stderr()


def test_titles(gputerm):
    terminal = gputerm("-e", "sh", "-c", r"printf '\033]2;caf\303\251\033\\'; cat")
    terminal.wait_for(lambda: terminal.windows()[0]["title"] == "café", "the title")
    with terminal.x11() as x11:
        assert x11.text_property(terminal.xid(), "_NET_WM_NAME") == "café".encode()


@pytest.mark.parametrize("style", [2, 4, 6], ids=["block", "underline", "beam"])
def test_cursor_shapes(gputerm, style):
    terminal = gputerm("-e", "sh", "-c", rf"printf '\033[{style} q'; cat")
    terminal.focus()

    def shown() -> bool:
        pixels = terminal.pixels()
        seen = (pixels[0:21, 0:9] != pixels[-1, -1]).any(axis=2)
        if style == 2:
            return bool(seen.all())
        edge = seen[-1] if style == 4 else seen[:, 0]
        return bool(edge.all() and seen.sum() < 21 * 9 / 3)

    terminal.wait_for(shown, "the cursor in its shape")


def test_a_flood_of_titles_bells_and_clipboards_holds_up_nobody(gputerm):
    script = r"while :; do printf '\033]2;t%s\a\a\033]52;c;aGVsbG8=\a' $RANDOM; done"
    terminal = gputerm("-e", "bash", "-c", script)
    terminal.call("create-window", command=["cat"])
    terminal.call("send-text", text="still quick\n", window=2)
    terminal.wait_text("^still quick", 2)
    assert "Traceback" not in terminal.stderr()


@pytest.mark.skipif(shutil.which("vim") is None, reason="needs vim")
def test_the_window_shows_what_render_writes(gputerm, tmp_path):
    document = tmp_path / "document.md"
    document.write_text("# Title\n\n*emphasis* `code` äöü 漢字 ├──┤ ✓\n\n" + "line of text\n" * 40)
    # Without the ruler, which vim leaves out when an answer of the terminal comes at that moment.
    vim = ["vim", "-u", "DEFAULTS", "-n", "-i", "NONE", "-c", "set noruler", str(document)]
    command = ["-e", *vim]
    terminal = gputerm(*command)
    terminal.focus()
    terminal.wait_text("44L, ")
    png = tmp_path / "vim.png"
    subprocess.run(
        [sys.executable, "-m", "gputerm", "render", "--size", "80x24", "--png", str(png), *command],
        env=terminal.environment,
        check=True,
        timeout=60,
    )
    picture = decode_png(png.read_bytes())[:, :, :3]
    terminal.wait_for(lambda: np.array_equal(picture, terminal.pixels()), "equal pixels")


def test_a_window_that_was_hidden_shows_its_content_again(gputerm):
    terminal = gputerm("-e", "sh", "-c", r"printf '\033[44m\033[2Jblue\033[?25l'; cat")
    terminal.wait_for(lambda: terminal.pixels()[100, 100, 2] > 100, "a blue window")
    shown = terminal.pixels()
    with terminal.x11() as x11:
        x11.hide(terminal.xid())
        terminal.wait_for(lambda: not terminal.windows()[0]["visible"], "a hidden window")
        x11.show(terminal.xid())
    terminal.wait_for(lambda: terminal.windows()[0]["visible"], "a visible window")
    terminal.wait_for(lambda: np.array_equal(terminal.pixels(), shown), "the same picture")


#: What changes few rows, or far apart ones, or moves them.
CHANGES = (
    "typed",
    "\x1b[12;3H\x1b[41min the middle\x1b[m",
    "\x1b[H\x1b[4:3mÅgj|\x1b[m\x1b[24;70HÅgj|",
    "\x1b[2;9r\x1b[9;1Hin a region\r\n\n\x1b[r",
    "\x1b[24;1H\nall of it scrolls\r\n\n",
    "\x1b[6;1H\x1b#6wide",
    "\x1b[5;1H\x1b[2L\x1b[1;1H",
    "\x1b[20;1H\x1b[J",
)


@pytest.fixture
def echoing(gputerm):
    """A window whose program writes what is typed, and a function that shows some text there."""
    terminal = gputerm("-e", "sh", "-c", "stty raw -echo; echo ready; exec cat")
    terminal.wait_text("ready")
    terminal.focus()

    def cost():
        return terminal.call("statistics")["windows"][0]

    def show(text):
        before = cost()
        terminal.call("send-text", text=text)
        received = before["bytes_received"] + len(text.encode())
        terminal.wait_for(
            lambda: cost()["bytes_received"] == received and cost()["frames"] > before["frames"],
            "the frame",
        )

    return terminal, show


def shows_its_picture(terminal):
    """Whether the window's pixels are those that it has painted."""
    picture = decode_png(base64.b64decode(terminal.call("screenshot")["png"]))
    return np.array_equal(terminal.pixels(), picture[..., :3])


def test_what_is_shown_in_parts_is_the_whole_picture(echoing):
    terminal, show = echoing
    for change in CHANGES:
        show(change)
        assert shows_its_picture(terminal), f"{change!r} isn't shown as it should be"


def test_a_window_of_another_size_is_shown_whole_after_a_part(echoing):
    terminal, show = echoing
    for width, height in ((900, 500), (400, 300)):
        show("a row")
        with terminal.x11() as x11:
            x11.resize(terminal.xid(), width, height)
        terminal.wait_for(lambda width=width: terminal.windows()[0]["width"] == width, "the size")
        terminal.wait_for(lambda: shows_its_picture(terminal), f"{width}x{height} pixels")


def test_opacity_does_not_darken_a_window_that_cannot_be_seen_through(gputerm):
    terminal = gputerm("-o", "window.opacity=0.5", "colors.primary.background='#204060'")
    assert terminal.pixels()[-1, -1].tolist() == [0x20, 0x40, 0x60]
    terminal.msg("config", "window.opacity=0.1")
    shown = decode_png(base64.b64decode(terminal.call("screenshot", window=1)["png"]))
    assert shown[-1, -1].tolist() == [0x20, 0x40, 0x60, 255]


def test_dim_and_bright_colours_are_those_of_the_configuration(gputerm):
    terminal = gputerm(
        *("-o", "colors.primary.dim_foreground='#010203'", "colors.dim.red='#040506'"),
        *("colors.primary.bright_foreground='#070809'",),
        "colors.draw_bold_text_with_bright_colors=true",
        *(
            "-e",
            "sh",
            "-c",
            r"printf '\033[2m\342\226\210\033[31m\342\226\210\033[0;1m\342\226\210'; cat",
        ),
    )
    terminal.wait_text("█")
    width = terminal.windows()[0]["width"] // 80
    terminal.wait_for(
        lambda: (
            terminal.pixels()[3, width // 2 : 3 * width : width].tolist()
            == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
        ),
        "the three colours",
    )
