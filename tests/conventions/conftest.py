import pytest

from tests.helpers.world import World, build_world


@pytest.fixture
async def world(body, anne, bilal, chloe, denis, emilie, farid) -> World:
    cast = {"anne": anne, "bilal": bilal, "chloe": chloe, "denis": denis, "emilie": emilie, "farid": farid}
    return await build_world({**cast, "body": body})
