"""What is prepared before a stay: each ticks their own list, the others read only how far it is."""

from app import database
from exchanges.stays.confirmed import confirmed_of
from exchanges.stays.kinds import Item
from tests.helpers.stays import swapped
from tests.moderation.cases.people import as_me


async def ticked(swap, member) -> set[str]:
    seen = await confirmed_of(swap.id, as_me(member))
    return {one.item for one in seen.preparations if one.ticked}


async def test_each_ticks_their_own_and_the_other_reads_how_far_it_is(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await browser.sign_in(anne)
    await browser.submit(swap.path + "/preparatifs", item=["insurer", "keys"])
    assert await ticked(swap, anne) == {Item.insurer, Item.keys} and await ticked(swap, bilal) == set()
    assert await _how_far(swap, bilal) == "Se prépare"


async def test_nobody_reads_by_the_list_whether_the_other_has_a_landlord(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await browser.sign_in(anne)
    said = []
    for occupancy, owed in (("owner", []), ("tenant", ["consent"])):
        await database.execute(
            "UPDATE listing SET details = jsonb_set(details, '{occupancy}', to_jsonb($2::text)) WHERE author = $1",
            anne.id,
            occupancy,
        )
        for items in ([], ["insurer"], ["insurer", "inventory", "keys", "emergency", *owed]):
            await browser.submit(swap.path + "/preparatifs", item=items)
            said.append(await _how_far(swap, bilal))
    assert said == ["Rien de coché encore", "Se prépare", "Tout est prêt de son côté"] * 2


async def _how_far(swap, reader) -> str:
    (contact,) = (await confirmed_of(swap.id, as_me(reader))).contacts
    return contact.prepared


async def test_what_is_no_longer_ticked_is_gone(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await browser.sign_in(anne)
    await browser.submit(swap.path + "/preparatifs", item=["insurer", "keys"])
    await browser.submit(swap.path + "/preparatifs", item=["keys", "emergency"])
    assert await ticked(swap, anne) == {Item.keys, Item.emergency}
    await browser.submit(swap.path + "/preparatifs")
    assert await ticked(swap, anne) == set()


async def test_only_who_does_not_own_their_home_is_asked_for_an_agreement_of_the_landlord(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await browser.sign_in(anne)
    await browser.submit(swap.path + "/preparatifs", item=["consent"])
    assert await ticked(swap, anne) == set()
    await database.execute(
        "UPDATE listing SET details = jsonb_set(details, '{occupancy}', '\"tenant\"') WHERE author = $1", anne.id
    )
    await browser.submit(swap.path + "/preparatifs", item=["consent"])
    assert await ticked(swap, anne) == {Item.consent}


async def test_who_hosts_nobody_has_neither_keys_to_give_nor_landlord_to_ask(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await database.execute("DELETE FROM stay WHERE id = $1", swap.at_hers)
    seen = await confirmed_of(swap.id, as_me(anne))
    assert [one.item for one in seen.preparations] == [Item.insurer, Item.inventory, Item.emergency]


async def test_an_unknown_item_is_refused_in_words(browser, anne, bilal):
    swap = await swapped(anne, bilal)
    await browser.sign_in(anne)
    assert (await browser.submit(swap.path + "/preparatifs", item=["weapons"])).status_code == 409
