"""An ad taken out of sight and contested, and somebody else of the team to judge it."""

import pytest

from app.dates import now
from members.tables import Role
from tests.helpers.appeals import appeal_of, contest, removed_ad
from tests.helpers.cast import person


@pytest.fixture
async def second(body):
    """Another moderator of everything."""
    member = await person("Denise", "29019")
    await Role(member=member.id, kind="moderator", granted_at=now()).save()
    return member


@pytest.fixture
async def contested(browser, anne, chloe):
    """Anne contests that Chloé removed her ad; gives the appeal."""
    decision = await removed_ad(anne, chloe, title="Poussette pliante à donner")
    await contest(await browser.sign_in(anne), decision)
    return await appeal_of(decision)
