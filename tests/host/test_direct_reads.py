"""The main thread reads a program's answer itself: nothing is lost, doubled or out of order."""

import select

from gputerm.host import Output
from gputerm.host import channel as module

CAT = "stty raw -echo; echo ready; exec cat"


def listen(channel):
    """Listening begins only when no output has come for a moment."""
    while (descriptor := channel.begin_direct_read()) is None:
        select.select([], [], [], 0.001)
    return descriptor


def hear(channel, descriptor):
    while True:
        assert select.select([descriptor], [], [], 20)[0], "nothing came"
        if channel.read_directly():
            return bytes(channel.take())


def test_what_is_heard_is_not_announced(host):
    channel = host.shell(CAT)
    host.read_until(channel, b"ready\n")
    descriptor = listen(channel)
    assert not channel.read_directly()
    channel.write(b"a")
    assert hear(channel, descriptor) == b"a"
    found = []
    host.loop.call(lambda: host.loop.post("last"))
    while not found or found[-1] != "last":
        found.append(host.next((Output, str)))
    assert found == ["last"]
    channel.end_direct_read()
    channel.write(b"b")
    assert host.read_until(channel, b"b") == b"b"


def test_nobody_listens_while_output_comes(host):
    channel = host.shell("stty raw; exec yes")
    host.next(Output)
    assert channel.begin_direct_read() is None, "the inbox isn't empty"
    channel.take()
    host.next(Output)
    channel.take()
    assert channel.begin_direct_read() is None, "the last burst was just now"
    channel.close()
    assert channel.begin_direct_read() is None


def test_the_end_of_the_program_is_heard_and_told(host):
    channel = host.shell("stty raw -echo; echo ready; read x; printf bye; exit 3")
    host.read_until(channel, b"ready\n")
    descriptor = listen(channel)
    channel.write(b"\n")
    data = b""
    while b"bye" not in data:
        data += hear(channel, descriptor)
    while not channel.read_directly():  # The hang-up, or it would stay readable for ever.
        pass
    channel.end_direct_read()
    rest, status = host.run(channel)
    assert (data + rest, status) == (b"bye", 3)


def test_taking_turns_keeps_the_order(host, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "_QUIET_S", 0.0)
    script = "stty raw; i=0; while [ ! -e stop ]; do echo $i; i=$((i+1)); done; echo $i; exit 3"
    channel = host.shell(script, cwd=str(tmp_path))
    data = bytearray()
    turns = 0
    while turns < 20 or len(data) < 100_000:
        if (descriptor := channel.begin_direct_read()) is not None:
            assert select.select([descriptor], [], [], 20)[0]
            turns += channel.read_directly()
            channel.end_direct_read()
        data += channel.take()
    (tmp_path / "stop").touch()
    rest, status = host.run(channel)
    lines = (data + rest).split()
    assert lines == [b"%d" % i for i in range(len(lines))]
    assert status == 3
