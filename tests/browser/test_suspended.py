"""What a suspended member sees: one page that says why, accessible and calm, on a phone too."""

from typing import Any

import pytest

from tests.helpers.axe import troubles
from tests.helpers.cast import person
from tests.helpers.sanctions import taken
from tests.helpers.world import World
from tests.moderation.cases.people import moderating


# People of their own: what these tests leave stays for those of the same site that follow.
@pytest.mark.parametrize(
    ("kind", "days", "name", "second"),
    [("suspension", 14, "Karim", "Gaelle"), ("exclusion", None, "Hugo", "Louise")],
)
async def test_the_page_of_a_suspension_is_accessible_and_leads_to_contesting(
    kind: str, days: int | None, name: str, second: str, open_window: Any, world: World, cast: Any
):
    member = await person(name, "29019")
    other = await moderating(await person(second, "29019"))
    sanction = await taken(member, kind, days, by=cast["chloe"], second=other)
    own = await open_window(member, reduced_motion="reduce")
    page = await own.open("/annonces")
    assert page.url.endswith("/moi/suspension")
    assert not await troubles(page)
    await page.get_by_role("link", name="Lire toutes les raisons").click()
    await page.wait_for_url(f"**/moi/decisions/mesures/{sanction}")
    assert not await troubles(page)
    await page.get_by_role("link", name="Contester").click()
    await page.wait_for_url("**/recours")
    assert not await troubles(page)
