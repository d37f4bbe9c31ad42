"""A moderator reads no phone number, e-mail or account number of anybody until they ask; the log says that they did."""

import pytest

from app import database
from moderation.desk.masking import Veil, masked
from tests.helpers.ads import pending, published
from tests.helpers.appeals import appeal_of, contest, turned_down
from tests.helpers.browser import words
from tests.helpers.cases import audited, case_of, take, take_and_decide
from tests.helpers.desk import PHONE, crowded_case, reported
from tests.moderation.cases.people import moderating

BODY = f"Bonjour, appelez le {PHONE} ou jean.dupont@exemple.fr, merci à vous tous du quartier."


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Appelez le 06 12 34 56 78 ce soir", "Appelez le •• •• •• •• •• ce soir"),
        ("Écrivez à jean@exemple.fr", "Écrivez à ••••@•••••••.••"),
        ("IBAN FR76 3000 6000 0112 3456 7890 189", "IBAN •••• •••• •••• •••• •••• •••• •••"),
        ("Le samedi 12 mars, 3 cartons, 40 €", "Le samedi 12 mars, 3 cartons, 40 €"),
        ("", ""),
    ],
)
async def test_numbers_and_addresses_become_dots_and_nothing_else_does(text: str, hidden: str):
    assert masked(text) == hidden
    assert len(masked(text)) == len(text)


async def test_numbers_said_in_words_are_hidden_too():
    assert "douze" not in masked("Le zéro six douze trente-quatre cinquante-six soixante-dix-huit, le soir.")


async def test_a_veil_remembers_whether_it_hid_anything():
    veil = Veil()
    assert veil("Rien à cacher.") == "Rien à cacher."
    assert not veil.has_hidden
    assert PHONE not in veil(BODY)
    assert veil.has_hidden
    assert Veil(is_lifted=True)(BODY) == BODY


async def test_no_number_of_anybody_stands_anywhere_on_the_desk(browser, anne, bilal, chloe, emilie):
    case = await crowded_case(by=anne, of=bilal, moderator=chloe)
    await pending(emilie, title=f"Appelez {PHONE}", body=BODY)
    await browser.sign_in(chloe)
    for page in (await browser.get("/moderation"), await take(browser, case)):
        assert PHONE not in page.text
        assert "•• •• •• •• ••" in page.text


async def test_nor_in_a_note_nor_in_what_a_field_said_when_it_was_reported(browser, anne, bilal, chloe):
    case = await reported(anne, bilal, "tips", details={"summary": f"Appelez le {PHONE} le matin."})
    await database.execute("UPDATE listing SET details = '{}' FROM moderation_case c WHERE c.listing = listing.id")
    await browser.sign_in(chloe)
    await take(browser, case)
    await browser.submit(f"/moderation/dossiers/{case}/notes", note=f"J’ai appelé le {PHONE}.")
    page = await browser.get(f"/moderation/dossiers/{case}")
    assert "Appelez le •• •• •• •• •• le matin." in page.text
    assert "J’ai appelé le •• •• •• •• ••." in page.text
    assert PHONE not in page.text


async def test_nor_in_what_was_decided(browser, anne, bilal, emilie, chloe):
    case = await reported(anne, bilal, title=f"Travaux, {PHONE}", body=BODY)
    await browser.sign_in(chloe)
    said = {"facts": f"Vous écrivez {PHONE}.", "words": f"Retirez le {PHONE}.", "sanction": "exclusion"}
    assert (await take_and_decide(browser, case, "remove", **said)).status_code == 303
    for path in ("/moderation/journal", "/moderation/sanctions"):
        page = await browser.get(path)
        assert "Retirez le •• •• •• •• ••." in page.text, path
        assert PHONE not in page.text, path
    await browser.sign_in(bilal)
    own = await browser.get(f"/decisions/{await database.value('SELECT id FROM decision')}")
    assert PHONE in own.text, "their own number, which they are told to take out"


async def test_nor_in_an_appeal_until_who_holds_it_asks(browser, anne, bilal, chloe, denis):
    decision = await turned_down(await published(anne), by=bilal, judge=chloe)
    await database.execute("UPDATE report SET words = $1", f"Elle se vend au {PHONE}.")
    await contest(await browser.sign_in(bilal), decision, words=f"J’ai appelé le {PHONE}, c’est bien une vente.")
    case = (await appeal_of(decision))["case"]
    await browser.sign_in(await moderating(denis))
    for path in (f"/moderation/dossiers/{case}/recours", f"/moderation/dossiers/{case}"):
        page = await browser.get(path)
        assert PHONE not in page.text, path
        assert page.text.count("•• •• •• •• ••") == 2, path
    await take(browser, case)
    assert PHONE in (await browser.follow(await browser.submit(f"/moderation/dossiers/{case}/coordonnees"))).text


async def test_whoever_holds_the_case_may_see_them_and_the_log_says_so(browser, chloe, emilie):
    case = await case_of((await pending(emilie, body=BODY)).id)
    await browser.sign_in(chloe)
    await take(browser, case["id"])
    page = await browser.follow(await browser.submit(f"/moderation/dossiers/{case['id']}/coordonnees"))
    assert PHONE in page.text
    assert "Coordonnées affichées jusqu’à" in words(page)
    assert (await audited(case["id"])).count("case.unmasked") == 1


async def test_nobody_sees_them_without_holding_the_case(browser, chloe, emilie):
    case = await case_of((await pending(emilie, body=BODY)).id)
    await browser.sign_in(chloe)
    answer = await browser.submit(f"/moderation/dossiers/{case['id']}/coordonnees")
    assert answer.status_code == 409
    assert PHONE not in answer.text
    assert "case.unmasked" not in await audited(case["id"])


async def test_what_was_shown_is_hidden_again_with_the_next_claim(browser, chloe, emilie):
    case = (await case_of((await pending(emilie, body=BODY)).id))["id"]
    await browser.sign_in(chloe)
    await take(browser, case)
    shown = await browser.follow(await browser.submit(f"/moderation/dossiers/{case}/coordonnees"))
    assert PHONE in shown.text
    await database.execute("UPDATE moderation_case SET claimed_until = claimed_until + interval '1 minute'")
    assert PHONE not in (await browser.get(f"/moderation/dossiers/{case}")).text
    await browser.submit(f"/moderation/dossiers/{case}/liberation")
    assert PHONE not in (await browser.get(f"/moderation/dossiers/{case}")).text


async def test_what_one_moderator_saw_another_does_not(browser, another_browser, chloe, emilie, denis):
    case = (await case_of((await pending(emilie, body=BODY)).id))["id"]
    await browser.sign_in(chloe)
    await take(browser, case)
    await browser.submit(f"/moderation/dossiers/{case}/coordonnees")
    await database.execute("INSERT INTO role (member, kind, granted_at) VALUES ($1, 'moderator', now())", denis.id)
    await another_browser.sign_in(denis)
    for name, value in browser.cookies.items():
        if name == "coordonnees":
            another_browser.cookies.set(name, value, domain="site.test")
    assert PHONE not in (await another_browser.get(f"/moderation/dossiers/{case}")).text
