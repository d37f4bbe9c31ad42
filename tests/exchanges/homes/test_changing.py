"""Changing a home that is online: at once, or after a moderator has read it while the old sheet stays."""

import msgspec

from app import database
from exchanges.calendar.exchanger import open_exchanger
from tests.helpers.browser import words
from tests.helpers.cases import case_of, take_and_decide
from tests.helpers.home_forms import HERE, WHOLE, home_of
from tests.helpers.homes import a_home
from tests.helpers.pictures import photo

FORM = f"{HERE}/modification"


async def change(browser, do="send", **changed):
    fields = {name: value for name, value in {**WHOLE, **changed}.items() if value is not None}
    return await browser.submit(FORM, **fields, do=do)


async def asked_for(member) -> int:
    return await database.value("SELECT count(*) FROM match_asked WHERE member = $1", member.id)


async def test_a_harmless_change_is_seen_at_once_and_looks_for_a_match_again(browser, anne, bilal):
    home = await a_home(anne)
    await open_exchanger(anne.id)
    before = await asked_for(anne)
    await browser.sign_in(anne)
    form = await browser.get(FORM)
    assert 'value="Maison claire à dix minutes de la plage"' in form.text

    page = await browser.follow(await change(browser, title="Maison avec jardin clos", sleeps="4"))

    assert "Votre fiche est à jour." in words(page)
    changed = await home_of(anne)
    assert (changed["status"], changed["title"]) == ("published", "Maison avec jardin clos")
    assert msgspec.json.decode(changed["details"])["sleeps"] == 4
    assert changed["expires_at"] == home.expires_at
    assert await asked_for(anne) == before + 1
    await browser.sign_in(bilal)
    assert "Maison avec jardin clos" in (await browser.get(f"/logements/{home.id}")).text


async def test_the_change_of_a_new_member_waits_and_the_old_sheet_stays(browser, emilie, bilal, chloe):
    home = await a_home(emilie)
    await browser.sign_in(emilie)

    page = await browser.follow(await change(browser, title="Maison repeinte en bleu"))

    assert "Votre modification attend une relecture." in words(page)
    assert (await home_of(emilie))["title"] == "Maison claire à dix minutes de la plage"
    assert "Maison repeinte en bleu" in (await browser.get(FORM)).text
    case = await case_of(home.id, "edit")
    await browser.sign_in(bilal)
    assert "Maison repeinte" not in (await browser.get(f"/logements/{home.id}")).text
    await browser.sign_in(chloe)
    dossier = words(await browser.get(f"/moderation/dossiers/{case['id']}"))
    assert "bleu" in dossier and "Chaussures à l’entrée." in dossier
    await take_and_decide(browser, case["id"], "approve")
    assert (await home_of(emilie))["title"] == "Maison repeinte en bleu"


async def test_a_waiting_change_can_be_withdrawn(browser, emilie):
    home = await a_home(emilie)
    await browser.sign_in(emilie)
    await change(browser, title="Maison repeinte en bleu")

    page = await browser.follow(await browser.submit(f"{FORM}/retrait"))

    assert "la fiche reste comme elle est" in words(page)
    assert (await case_of(home.id, "edit"))["closed_at"] is not None
    assert 'value="Maison claire à dix minutes de la plage"' in (await browser.get(FORM)).text


async def test_a_change_that_says_when_the_home_is_free_is_refused_and_kept_in_the_form(browser, anne):
    await a_home(anne)
    await browser.sign_in(anne)

    answer = await change(browser, body="Une maison de plain-pied avec jardin, disponible en juillet.")

    assert answer.status_code == 422
    assert "À corriger avant d’envoyer" in words(answer) and "disponible en juillet" in words(answer)
    assert (await home_of(anne))["body"] != "Une maison de plain-pied avec jardin, disponible en juillet."


async def test_advice_is_read_before_it_is_sent_anyway(browser, anne):
    await a_home(anne)
    await browser.sign_in(anne)
    body = "Une maison claire, dans la résidence Les Embruns, avec un petit jardin."

    advised = await change(browser, body=body)
    assert advised.status_code == 422 and "Envoyer quand même" in words(advised)

    assert (await change(browser, do="anyway", body=body)).status_code == 303
    assert (await home_of(anne))["body"] == body


async def test_what_another_window_changed_is_not_overwritten(browser, anne):
    await a_home(anne)
    await browser.sign_in(anne)
    stamp = (await browser.get(FORM)).text.partition('name="stamp" value="')[2].partition('"')[0]
    await change(browser, title="Maison repeinte en bleu")

    late = await change(browser, title="Maison repeinte en vert", stamp=stamp)

    assert late.status_code == 409 and "La fiche a changé" in words(late)
    assert "Maison repeinte en vert" in late.text
    assert (await home_of(anne))["title"] == "Maison repeinte en bleu"


async def test_photos_travel_with_the_form_until_it_is_sent(browser, anne):
    await a_home(anne)
    await browser.sign_in(anne)
    shown = await browser.submit(FORM, files=[("photos", ("photo.jpg", photo(), "image/jpeg"))], **WHOLE, do="photos")
    added = shown.text.partition('name="photo" value="')[2].partition('"')[0]
    assert (await home_of(anne))["photos"] == []

    await change(browser, photo=added, **{f"room-{added}": "living"})

    home = await home_of(anne)
    assert [str(one) for one in home["photos"]] == [added]
    assert msgspec.json.decode(home["details"])["rooms"] == {added: "living"}


async def test_who_moves_into_service_housing_confirms_the_agreement(browser, anne):
    await a_home(anne)
    await browser.sign_in(anne)

    refused = await change(browser, occupancy="service_housing")

    assert refused.status_code == 422 and "Confirmez l’accord écrit" in words(refused)
    assert (await change(browser, occupancy="service_housing", agreement="on")).status_code == 303
    assert msgspec.json.decode((await home_of(anne))["details"])["agreement"] is True
