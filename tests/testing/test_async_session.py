"""AsyncSession: the same waits beside other tasks."""

import asyncio

import pytest

from gputerm.testing import AsyncSession, WaitFailed


def test_two_shells_at_once():
    async def one(word):
        async with AsyncSession.shell("bash") as shell:
            result = await shell.run(f"echo {word}; (exit 4)")
            shell.type("exit 3\n")
            assert await shell.wait_exit() == 3
            return result.output, result.exit_code

    async def both():
        return await asyncio.gather(one("a"), one("b"))

    assert asyncio.run(both()) == [("a", 4), ("b", 4)]


def test_a_wait_ends_with_the_program_and_rest_with_its_sleep():
    async def main():
        async with AsyncSession("cat") as cat:
            cat.type("hello")
            await cat.rest()
            assert cat.screen == "hello"
            cat.press("Ctrl+c")
            with pytest.raises(WaitFailed, match="ended by signal 2"):
                await cat.wait("never")

    asyncio.run(main())
