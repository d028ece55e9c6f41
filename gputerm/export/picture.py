"""`gputerm render`: the same terminal and the same shaders without a window.

Bytes or a program in; a picture, cells as JSON, or text out. A program is run to its end, or, when
it waits for keys that nobody will press (an editor, the prompt of a shell), until its screen has
come to rest. Then it is hung up and the exit code is 0. What comes to no end is cut by a timeout.
"""

import json
import math
import os
import re
import select
import threading
import time
from typing import Any

import numpy as np

from gputerm import __version__, output
from gputerm.config import Config, Loaded
from gputerm.configured.appearance import terminal_options
from gputerm.configured.geometry import font_options
from gputerm.errors import ExitCode, GputermError
from gputerm.export import dump
from gputerm.export.studio import Studio
from gputerm.failures import describe, write_report
from gputerm.host import Channel, Exited, Loop, Pty, child_environment
from gputerm.log import report
from gputerm.options import RenderOptions
from gputerm.paths import here
from gputerm.render.png import encode_png
from gputerm.text import Glyphs, glyphs_for
from gputerm.vt import Terminal
from gputerm.vt.events import Reply

#: A program that takes single keys and has written nothing for so long has drawn its screen.
QUIET = 0.5

#: The exit code when the time was up, which is that of timeout(1).
CUT_OFF = 124

_READ_SIZE = 64 << 10

#: What leaves the line it stands in, or the screen: text that goes from line to line has none.
_MOTION = re.compile(rb"\x1b(?:\[[0-9;]*[ABEFHSTdefrsu]|\[\?(?:47|1047|1049)h|[78DEMc])")
_LONGEST_MOTION = 32


def run(options: RenderOptions, loaded: Loaded) -> int:
    """Do what the command line asks; the program's exit code. Raises GputermError."""
    config = loaded.config
    for problem in loaded.problems:
        report(problem, problem.severity)
    glyphs = glyphs_for(font_options(config, scale=1.0))
    for advice in glyphs.problems:
        report(advice, "warning")
    wanted = terminal_options(config, test_reports=options.test_reports)
    terminal = Terminal(options.lines, options.columns, wanted)
    metrics = glyphs.metrics
    terminal.set_pixel_size(
        options.columns * metrics.cell_width, options.lines * metrics.cell_height
    )
    if options.command:
        code = _run_program(terminal, options, config)
    else:
        assert options.input is not None
        code = _feed_file(terminal, options, options.input)
    terminal.settle()
    for failure in terminal.take_failures():
        doing = f"carrying out {failure.function}"
        report(describe(failure.error, write_report(failure.error, doing)))
    if options.png is not None:
        output.write(options.png, encode_png(picture(terminal, config, glyphs)))
    if options.json is not None:
        document = dump.to_json(terminal, title=config.window.title)
        output.write(options.json, json.dumps(document, ensure_ascii=False).encode() + b"\n")
    if options.text is not None:
        output.write(options.text, dump.to_text(terminal).encode() + b"\n")
    return code


def picture(terminal: Terminal, config: Config, glyphs: Glyphs) -> "np.ndarray[Any, Any]":
    """uint8[height, width, 4]: what a focused window of this size shows. Raises GLError."""
    studio = Studio()
    try:
        return studio.picture(terminal, config, glyphs)
    finally:
        studio.close()


class Newlines:
    """Line feeds as a terminal gets them, for text that no terminal driver has seen.

    A driver makes CR LF of LF (ONLCR) unless a program has turned that off, as those do that use
    the whole screen. Text that was written for a pipe has never passed one; a recording has.
    [termios(3)]
    """

    def __init__(self, when: str) -> None:
        """`when` is "always", "never", or "auto": until a control function leaves the line."""
        self._on = when != "never"
        self._looking = when == "auto"
        self._tail = b""  # of the text before: a motion may be cut in two

    def translate(self, text: bytes) -> bytes:
        if not self._on:
            return text
        if self._looking:
            known = self._tail + text
            motion = _MOTION.search(known)
            self._tail = known[-_LONGEST_MOTION:]
            if motion is not None:
                self._on = False
                seen = max(motion.end() - len(known) + len(text), 0)
                return text[:seen].replace(b"\n", b"\r\n") + text[seen:]
        return text.replace(b"\n", b"\r\n")


def _feed_file(terminal: Terminal, options: RenderOptions, path: str) -> int:
    """Feed a file's bytes, or standard input's; what the terminal would answer is dropped."""
    newlines = Newlines(options.onlcr)
    deadline = _deadline(options)
    try:
        with open(0, "rb", 0, closefd=False) if path == "-" else open(path, "rb", 0) as file:
            reading = select.poll()
            reading.register(file, select.POLLIN)
            while (rest := deadline - time.monotonic()) > 0:
                if not reading.poll(None if rest == math.inf else math.ceil(rest * 1000)):
                    continue
                if not (data := file.read(_READ_SIZE)):
                    return ExitCode.OK
                terminal.feed(newlines.translate(data))
    except OSError as error:
        raise GputermError(f'can\'t read "{path}": {error.strerror}') from None
    return CUT_OFF


def _deadline(options: RenderOptions) -> float:
    """The monotonic time at which what still runs is stopped."""
    return math.inf if options.timeout is None else time.monotonic() + options.timeout


def _run_program(terminal: Terminal, options: RenderOptions, config: Config) -> int:
    """Feed what a program writes on a pty, and answer it; its exit code, 0 if it was stopped."""
    cwd = options.working_directory or config.general.working_directory or here()
    env = child_environment(
        os.environ, version=__version__, window_id="0", pane_id="0", cwd=cwd, extra=config.env
    )
    pty = Pty.spawn(
        options.command, cwd=cwd, env=env, lines=terminal.lines, columns=terminal.columns
    )
    news = threading.Event()
    loop = Loop(news.set)
    loop.start()
    try:
        channel = Channel(loop, pty)
        last_output = time.monotonic()
        deadline = _deadline(options)
        while True:
            arrived = news.wait(max(min(QUIET, deadline - time.monotonic()), 0))
            news.clear()
            messages = loop.take()
            data = channel.take()
            for event in terminal.feed(data):
                if isinstance(event, Reply):
                    channel.write(event.data)
            for message in messages:
                if isinstance(message, Exited):
                    return message.status
            if arrived:
                last_output = time.monotonic()
            elif time.monotonic() - last_output >= QUIET and channel.program.reads_keys:
                channel.close()
                return ExitCode.OK
            if time.monotonic() >= deadline:
                channel.close()
                return CUT_OFF
    finally:
        loop.stop()
