"""gputerm.ipc's typed calls, as a program makes them, against a real process."""

import asyncio
import base64

import pytest

from gputerm.ipc import AsyncRemote, Fault, IpcError, Remote
from gputerm.ipc.commands import COMMANDS
from gputerm.ipc.protocol import IN_VAIN, NO_SUCH_WINDOW

MARKS = r"printf '\033]133;A\a\033]133;C;cmdline=x\amarked\n\033]133;D;3\a'"


@pytest.mark.window
def test_every_call(gputerm):
    terminal = gputerm("-e", "sh", "-c", f"{MARKS}; cat")
    with Remote.find(str(terminal.socket)) as remote:
        assert remote.version()["protocol"] == 1
        assert len(remote.schema()["commands"]) == len(COMMANDS)
        assert remote.wait(text="mark(ed)", window=1)["value"] == "marked"
        (window,) = remote.list()["windows"]
        assert (window["id"], window["last_exit_status"]) == (1, 3)

        created = remote.create_window(command=["cat"], title="second", env=["A=b"], size="40x10")
        second = created["window_id"]
        assert created["problems"] == []
        by_env = "env:A=b"
        assert remote.focus(match=by_env)["windows"] == [second]
        assert remote.set_title("other", window=second)["windows"] == [second]
        (size,) = remote.resize(columns=50, window=second)["windows"]
        assert (size["columns"], size["lines"]) == (50, 10)
        remote.send_text("typed", window=second)
        remote.send_keys(["Enter"], window=second)
        remote.wait(text="^typed\n?typed", window=second, timeout=20)
        assert "typed" in remote.get_text(window=second)["text"]
        assert remote.get_text("screen", format="json", window=second)["document"]
        picture = remote.screenshot(window=second)
        assert base64.b64decode(picture["png"]).startswith(b"\x89PNG")
        assert remote.scroll("top", window=second)["windows"][0]["lines_back"] == 0
        assert remote.search("TYPED", ignore_case=True, window=second)["matches"]
        assert remote.search("TYPED", window=second)["matches"] == []

        remote.config(["font.size=9"], window_id=second)
        assert remote.get_config("font.size", window_id=second) == 9
        assert remote.get_config()["font"]["size"] != 9
        assert remote.reload_config()["problems"] == []
        assert remote.set_font_size(by=1, window=second)["windows"] == [second]
        assert remote.action(["ScrollToTop"], window=1)["windows"] == [1]
        (block,) = remote.blocks(text=True, window=1)["blocks"]
        assert (block["exit_code"], block["text"]) == (3, "marked")
        assert remote.set_trust("untrusted", window=second)["windows"] == [second]
        assert remote.audit(last=5, window=second)["records"] == []
        remote.ping()

        with pytest.raises(Fault, match="no window matches") as refused:
            remote.close_window(match="title:nothing")
        assert refused.value.code == NO_SUCH_WINDOW
        with pytest.raises(Fault) as vain:
            remote.wait(text="never", timeout=0.01, window=1)
        assert vain.value.code == IN_VAIN

        with Remote.find(str(terminal.socket)) as listening:
            events = listening.events("window-closed", timeout=20)
            assert remote.close_window(window=second)["windows"] == [second]
            event = next(events)
            assert (event["event"], event["window"]) == ("window-closed", second)
        remote.quit()
        assert terminal.process.wait(20) == 0
    with pytest.raises(IpcError):
        Remote.find(str(terminal.socket))


@pytest.mark.window
def test_the_same_for_asyncio(gputerm):
    terminal = gputerm("-e", "cat")

    async def main():
        async with await AsyncRemote.find(str(terminal.socket)) as remote:
            end = asyncio.create_task(remote.create_window(command=["cat"], wait=True))
            while len((await remote.list())["windows"]) < 2:
                await asyncio.sleep(0)
            waiting = asyncio.create_task(remote.wait(text="^hello$", window=1))
            await remote.send_text("hello\n", window=1)
            assert (await waiting)["value"] == "hello"
            async with await AsyncRemote.find(str(terminal.socket)) as listening:
                events = listening.events("title", window=1)
                first = asyncio.create_task(anext(events))
                while not first.done():
                    await remote.set_title("x", window=1)
                    await remote.set_title(window=1)
                assert first.result()["window"] == 1
            await remote.send_keys(["Ctrl+d"], window=2)
            assert (await end)["exit_status"] == 0

    asyncio.run(main())
