"""Programs started beside the terminal."""

import os
import threading

import pytest

from gputerm.host import detached


@pytest.mark.filterwarnings("ignore:subprocess:ResourceWarning")  # for whom nobody waits yet
def test_without_a_thread_to_wait_for_it_a_program_is_started_all_the_same(monkeypatch, tmp_path):
    def no_thread(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_thread)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    detached.start(["sh", "-c", f"echo started > {fifo}"], str(tmp_path))
    assert fifo.read_text() == "started\n"
