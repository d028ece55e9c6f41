"""`gputerm render`: the same terminal and the same shaders without a window.

Bytes or a program in; a picture, cells as JSON, or text out. A program is run to its end, or, when
it waits for keys that nobody will press (an editor, the prompt of a shell), until its screen has
come to rest. Then it is hung up and the exit code is 0.
"""

import json
import os
import threading
import time
from collections.abc import Iterable
from typing import Any

import numpy as np

from gputerm import __version__, dump, output
from gputerm.appearance import look_of, new_terminal
from gputerm.config import Config, Problem
from gputerm.directories import here
from gputerm.errors import ExitCode, GputermError
from gputerm.geometry import font_options, padding_px, window_size
from gputerm.host import Channel, Exited, Loop, Pty, child_environment
from gputerm.log import report
from gputerm.options import RenderOptions
from gputerm.render.canvas import Canvas
from gputerm.render.offscreen import OffscreenContext
from gputerm.render.pipeline import Pipeline
from gputerm.render.png import encode_png
from gputerm.render.renderer import Renderer
from gputerm.text import Glyphs, glyphs_for
from gputerm.vt import Terminal
from gputerm.vt.events import Reply

#: A program that takes single keys and has written nothing for so long has drawn its screen.
REST = 0.5

_READ_SIZE = 1 << 20


def run(options: RenderOptions, config: Config, problems: Iterable[Problem]) -> int:
    """Do what the command line asks; the program's exit code. Raises GputermError."""
    for problem in problems:
        report(problem, problem.severity)
    glyphs = glyphs_for(font_options(config, scale=1.0))
    for advice in glyphs.problems:
        report(advice, "warning")
    terminal = new_terminal(
        config, options.lines, options.columns, test_reports=options.test_reports
    )
    metrics = glyphs.metrics
    terminal.set_pixel_size(
        options.columns * metrics.cell_width, options.lines * metrics.cell_height
    )
    if options.command:
        code = _run_program(terminal, options, config)
    else:
        assert options.input is not None
        _feed_file(terminal, options.input)
        code = ExitCode.OK
    if options.png is not None:
        output.write(options.png, encode_png(picture(terminal, config, glyphs)))
    if options.json is not None:
        document = json.dumps(dump.to_json(terminal), ensure_ascii=False)
        output.write(options.json, document.encode() + b"\n")
    if options.text is not None:
        output.write(options.text, dump.to_text(terminal).encode() + b"\n")
    return code


def picture(terminal: Terminal, config: Config, glyphs: Glyphs) -> "np.ndarray[Any, Any]":
    """uint8[height, width, 4]: what a focused window of this size shows. Raises GLError."""
    context = OffscreenContext()
    try:
        pipeline = Pipeline()
        renderer = Renderer(pipeline)
        width, height = window_size(config, glyphs.metrics, 1.0, terminal.lines, terminal.columns)
        canvas = Canvas(renderer, glyphs, width, height, padding_px(config, 1.0))
        canvas.draw(terminal.snapshot(), focused=True, look=look_of(config))
        pixels = canvas.pixels()
        canvas.close()
        renderer.close()
        pipeline.close()
        return pixels
    finally:
        context.close()


def _feed_file(terminal: Terminal, path: str) -> None:
    """Feed a file's bytes, or standard input's; what the terminal would answer is dropped."""
    try:
        with open(0, "rb", closefd=False) if path == "-" else open(path, "rb") as file:
            while data := file.read(_READ_SIZE):
                terminal.feed(data)
    except OSError as error:
        raise GputermError(f'can\'t read "{path}": {error.strerror}') from None


def _run_program(terminal: Terminal, options: RenderOptions, config: Config) -> int:
    """Feed what a program writes on a pty, and answer it; its exit code, 0 if it was stopped."""
    cwd = options.working_directory or config.general.working_directory or here()
    env = child_environment(
        os.environ, version=__version__, window_id="0", cwd=cwd, extra=config.env
    )
    pty = Pty.spawn(
        options.command, cwd=cwd, env=env, lines=terminal.lines, columns=terminal.columns
    )
    mail = threading.Event()
    loop = Loop(mail.set)
    loop.start()
    try:
        channel = Channel(loop, pty)
        last_output = time.monotonic()
        while True:
            arrived = mail.wait(REST)
            mail.clear()
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
            elif time.monotonic() - last_output >= REST and channel.reads_keys:
                channel.close()
                return ExitCode.OK
    finally:
        loop.stop()
