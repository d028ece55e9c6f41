"""A pane's picture is the same wherever it is shown."""

import time

import numpy as np
import pytest
from panes import Recording, Viewer, new_pane

from gputerm.render.canvas import Canvas

pytestmark = pytest.mark.gl


def test_one_pane_is_shown_in_two_windows_one_after_the_other(renderer, glyphs):
    recording = Recording(b"\x1b[31mred\x1b[m and \x1b[4munderlined")
    pane = new_pane(recording)
    pictures, viewers = [], []
    for _ in range(2):
        viewers.append(Viewer(pane))
        pane.pump(time.monotonic() + 10)
        canvas = Canvas(renderer, glyphs, 800, 480)
        canvas.draw(pane.view.snapshot())
        pictures.append(canvas.pixels())
        canvas.close()
    assert (pictures[0] == pictures[1]).all()
    assert len(np.unique(pictures[0].reshape(-1, 4), axis=0)) > 2
    before = viewers[0].damages
    pane.view.viewport.scroll_lines(1)
    recording.said = b"\a"
    pane.pump(time.monotonic())
    assert viewers[0].damages == before
    assert viewers[1].events
