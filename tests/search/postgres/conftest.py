"""What the engines promise, asked of PostgreSQL: all but slips of the pen."""

import pytest

from search.contract import Document
from tests.helpers.kept_documents import AsAnEngine
from tests.search.engines.ads import CAST


@pytest.fixture
async def empty(undo: None) -> AsAnEngine:
    return AsAnEngine()


@pytest.fixture
async def engine(empty: AsAnEngine) -> AsAnEngine:
    await empty.put(CAST)
    return empty


@pytest.fixture
def cast() -> list[Document]:
    return CAST
