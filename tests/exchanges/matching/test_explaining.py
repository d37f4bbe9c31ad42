"""Whose home pleases whom, told by regions."""

from exchanges.kinds import Form
from exchanges.matching.explaining import why
from exchanges.swaps.proposing import Place, PlannedStay, propose
from tests.helpers.browser import words
from tests.helpers.cast import person
from tests.helpers.homes import a_home
from tests.helpers.planning import exchanges, saturday


async def test_a_pair_and_a_loop_are_told_from_where_one_stands():
    assert why(["Bretagne", "Corse"], 0) == ["Votre logement plaît à un membre (Corse).", "Et le sien vous plaît."]
    loop = ["Bretagne", "Corse", "Normandie"]
    assert why(loop, 1) == [
        "Votre logement plaît à un membre (Bretagne).",
        "Le sien plaît à un membre (Normandie).",
        "Et le sien vous plaît.",
    ]


async def test_the_page_of_a_loop_says_regions_and_nobody_s_name(browser, undo):
    members = [
        await person(name, commune) for name, commune in (("Anne", "29019"), ("Bilal", "75056"), ("Chloe", "73065"))
    ]
    homes = [await a_home(member, commune=member.commune) for member in members]
    for member in members:
        await exchanges(member, both=[saturday(6)])
    around = list(zip(members, homes, [*members[1:], members[0]], [*homes[1:], homes[0]], strict=True))
    swap = await propose(
        Form.loop,
        [Place(member.id, home.id) for member, home, _, _ in around],
        [PlannedStay(one.id, other.id, there.id, saturday(6), saturday(7)) for one, _, other, there in around],
        score=80,
    )
    await browser.sign_in(members[0])
    page = words(await browser.get(f"/echanges/{swap}"))
    assert "Votre logement plaît à un membre (Auvergne-Rhône-Alpes)." in page
    assert "Le sien plaît à un membre (Île-de-France)." in page
    assert "Bilal" not in page and "Chloe" not in page
