"""Many reads in one call, from a real pipe and a real pty."""

import os
import pty
import tty

import pytest

from gputerm.host.burst import BurstReader


@pytest.fixture
def pipe():
    read, write = os.pipe()
    os.set_blocking(read, False)
    reader = BurstReader(read, 1000)
    yield reader, write
    reader.close()
    os.close(read)


def test_what_is_there_and_then_nothing(pipe):
    reader, write = pipe
    with pytest.raises(BlockingIOError):
        reader.read()
    os.write(write, b"abc")
    assert bytes(reader.read()) == b"abc"
    assert reader.drained
    with pytest.raises(BlockingIOError):
        reader.read()
    os.close(write)


def test_no_more_than_a_buffer_at_a_time(pipe):
    reader, write = pipe
    os.write(write, b"x" * 1500)
    assert len(reader.read()) == 1000
    assert not reader.drained
    assert len(reader.read()) == 500
    assert reader.drained
    os.close(write)


def test_the_end_of_a_file_is_empty(pipe):
    reader, write = pipe
    os.write(write, b"last")
    os.close(write)
    assert bytes(reader.read()) == b"last"
    assert bytes(reader.read()) == b""
    assert bytes(reader.read()) == b""


def test_many_reads_of_a_pty_are_one_and_its_hang_up_is_an_error():
    master, slave = pty.openpty()
    tty.setraw(slave)
    os.set_blocking(master, False)
    reader = BurstReader(master, 1 << 16)
    os.write(slave, b"y" * 6000)
    data = b""
    while len(data) < 6000:
        data += bytes(reader.read())
    assert data == b"y" * 6000
    os.close(slave)
    with pytest.raises(OSError, match="Input/output"):
        reader.read()
    reader.close()
    os.close(master)


def test_closing_gives_the_descriptor_back():
    read, write = os.pipe()
    before = len(os.listdir("/proc/self/fd"))
    reader = BurstReader(read, 100)
    assert len(os.listdir("/proc/self/fd")) == before + 1
    reader.close()
    reader.close()
    assert len(os.listdir("/proc/self/fd")) == before
    os.close(read)
    os.close(write)
