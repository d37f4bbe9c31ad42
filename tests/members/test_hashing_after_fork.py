import asyncio
import multiprocessing

import pytest

from members.passwords import hash_password, matches

PASSWORD = "lampe rivage tambour"


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # newer Pythons warn of what is tested here
async def test_a_forked_server_process_still_hashes():
    hashed = await hash_password(PASSWORD)  # the parent's threads exist from here on
    here, there = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(target=_in_child, args=(hashed, there))
    child.start()
    try:
        assert await asyncio.to_thread(here.poll, 20)
        assert here.recv() is True
    finally:
        child.kill()
        child.join()


def _in_child(hashed: str, answer) -> None:
    asyncio.events._set_running_loop(None)  # the fork comes from inside the test's loop
    answer.send(asyncio.run(matches(hashed, PASSWORD)))
