"""The client library for asyncio."""

import asyncio

import pytest

from gputerm.errors import IpcError
from gputerm.ipc import protocol
from gputerm.ipc.client.aio import AsyncRemote
from gputerm.ipc.protocol import Fault


def test_calls_at_once_get_their_own_answers(terminal):
    held = []

    def answer(request):
        held.append(request)
        if len(held) == 3:
            for one in reversed(held):
                one.reply({"title": one.params["title"]})

    terminal.answer = answer

    async def main():
        async with await AsyncRemote.find(terminal.path) as remote:
            calls = [remote.call("set-title", title=title) for title in "abc"]
            return await asyncio.gather(*calls)

    assert asyncio.run(main()) == [{"title": title} for title in "abc"]


def test_refusals_and_the_end_of_the_server(terminal):
    terminal.hold()

    async def main():
        async with await AsyncRemote.find(terminal.path) as remote:
            with pytest.raises(Fault, match="no such command"):
                await remote.call("nonsense")
            with pytest.raises(Fault, match="at most"):
                await remote.call("send-text", text="x" * (1 << 20))
            waiting = asyncio.create_task(remote.call("ping"))
            await asyncio.to_thread(terminal.wait_for_request)
            terminal.server.close()
            with pytest.raises(Fault, match="ended before"):
                await waiting
            while not remote._reading.done():
                await asyncio.sleep(0)
            with pytest.raises(IpcError, match="closed the connection"):
                await remote.call("ping")

    asyncio.run(main())


def test_a_cancelled_call_is_forgotten(terminal):
    terminal.hold()

    async def main():
        async with await AsyncRemote.find(terminal.path) as remote:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(remote.call("ping"), 0.05)
            terminal.wait_for_request().reply()
            assert (await remote.call("version"))["protocol"] == protocol.VERSION

    asyncio.run(main())


def test_events(terminal):
    def answer(request):
        subscription = request.subscribe()
        request.reply({"seq": 0})
        for number in range(3):
            subscription.send(protocol.notification("event", {"seq": number}))
        subscription.send(protocol.notification("dropped", {}))

    terminal.answer = answer

    async def main():
        seen = []

        async def watch(remote):
            async for event in remote.events("title"):
                seen.append(event["seq"])  # noqa: PERF401  # it ends by raising

        async with await AsyncRemote.find(terminal.path) as remote:
            with pytest.raises(IpcError, match="too slowly"):
                await watch(remote)
        return seen

    assert asyncio.run(main()) == [0, 1, 2]
    assert terminal.requests[0].params["events"] == ["title"]


def test_nobody_there():
    with pytest.raises(IpcError, match="invalid socket path"):
        asyncio.run(AsyncRemote.find("/nope"))
