import pytest

from tests.helpers.codes import empty_mailbox


@pytest.fixture(autouse=True)
async def mailbox(undo):
    empty_mailbox()
    yield
    empty_mailbox()
