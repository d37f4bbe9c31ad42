"""The sealer of the log dies in the middle; the next one goes on, and the chain is one."""

import asyncio

import pytest

from app import database
from moderation import audit
from moderation.audit.sealing import head, seal
from moderation.audit.verifying import verify
from tests.helpers.worker import process

pytestmark = pytest.mark.commits

KILLED = """
import asyncio
import os
import signal

from app import database
from moderation.audit import sealing

sealing.AT_ONCE = 10
before = sealing._write
calls = 0


async def dies(*given):
    global calls
    calls += 1
    if calls == {at}:
        {first}os.kill(os.getpid(), signal.SIGKILL)
    return await before(*given)


sealing._write = dies


async def run():
    async with database.connection_pool():
        await sealing.seal()


asyncio.run(run())
"""


@pytest.mark.parametrize("first", ["", "await before(*given); "])
async def test_killed_before_and_after_writing_a_batch_the_next_sealer_goes_on(anne, first):
    for number in range(45):
        await audit.record("tried", by=anne.id, kind="member", subject=number)
    async with process(KILLED.format(at=3, first=first)) as dying:
        assert await asyncio.wait_for(dying.wait(), 30) == -9
    assert (await head()).position == 20, "two whole batches"
    assert (await verify()).waiting == 25

    assert await seal() == 25

    proof = await verify()
    assert (proof.broken, proof.waiting, proof.head.position) == (None, 0, 45)
    assert await database.value("SELECT count(DISTINCT entry) FROM audit_seal") == 45
