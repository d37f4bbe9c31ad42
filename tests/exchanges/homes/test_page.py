"""The page of a home: all of its sheet, nothing of who lives there by what title, nothing of when it is free."""

import html
from uuid import uuid4

import pytest

from app import database
from listings.kinds import Outcome
from listings.life.closing import close_listing
from tests.helpers.ads import published, removed
from tests.helpers.browser import words
from tests.helpers.homes import a_home, home_draft, waiting_home
from tests.moderation.cases.people import as_me


async def a_swap(one, other, home, *, origin: str, state: str):
    """Between the two, as the protocol leaves it."""
    swap = await database.value(
        "INSERT INTO swap (form, origin, state, asked_by, proposed_at, answer_by, accepted_at) VALUES"
        " ('pair', $1, $2, $3, now(), now(), CASE WHEN $4 THEN now() END) RETURNING id",
        origin,
        state,
        one.id if origin == "requested" else None,
        state == "accepted",
    )
    for place, member in enumerate((one, other)):
        await database.execute(
            "INSERT INTO swap_party (swap, member, home, place, answer) VALUES ($1, $2, $3, $4, 'asked')",
            swap, member.id, home.id if member is other else None, place,
        )  # fmt: skip
    return swap


async def test_a_sheet_says_all_that_a_guest_needs(browser, anne, bilal):
    home = await a_home(
        anne,
        settings=["sea", "town"],
        access=["step_free"],
        pets_welcome=True,
        week_room=True,
        house_rules="Chaussures à l’entrée.",
        beds={"double": 1, "single": 3, "sofa": 1},
    )
    await browser.sign_in(bilal)
    said = words(await browser.get(f"/logements/{home.id}"))
    for one in (
        "Maison claire à dix minutes de la plage", "Brest, Finistère (29)", "à moins de 100 km", "5 personnes",
        "2 chambres", "1 lit double, 3 lits simples, 1 canapé-lit", "mer", "ville", "Wifi", "Jardin", "De plain-pied",
        "bienvenus", "on ne fume pas à l’intérieur", "Chaussures à l’entrée.", "Chambre en semaine", "Bretagne",
        "Anne", "membre vérifié", "L’adresse n’est jamais montrée",
    ):  # fmt: skip
        assert one in said, one


@pytest.mark.parametrize("occupancy", ["owner", "tenant", "social_tenant", "service_housing"])
async def test_nothing_tells_by_what_title_the_host_lives_there(browser, anne, bilal, occupancy):
    home = await a_home(anne, occupancy=occupancy, agreement=True)
    await browser.sign_in(bilal)
    said = words(await browser.get(f"/logements/{home.id}")).lower()
    assert not [word for word in ("propriétaire", "locataire", "fonction", "bailleur", "accord") if word in said]


async def test_photos_bear_the_name_of_their_room(browser, anne, bilal):
    home = await a_home(anne)
    photos = [uuid4(), uuid4()]
    for one in photos:
        await database.execute(
            "INSERT INTO photo (id, listing, width, height, added_at) VALUES ($1, $2, 40, 30, now())", one, home.id
        )
    await database.execute(
        "UPDATE listing SET photos = $2, version = version + 1,"
        " details = jsonb_set(details, '{rooms}', $3::text::jsonb) WHERE id = $1",
        home.id,
        photos,
        f'{{"{photos[0]}": "kitchen"}}',
    )
    await browser.sign_in(bilal)
    page = html.unescape((await browser.get(f"/logements/{home.id}")).text)
    assert "<figcaption>Cuisine</figcaption>" in page
    assert 'alt="Photo 1 du logement\u00a0: cuisine"' in page and 'alt="Photo 2 du logement"' in page


async def test_the_map_shows_the_department_and_nothing_nearer(browser, anne, bilal, emilie):
    in_brest, in_quimper = await a_home(anne), await a_home(emilie, commune="29232")
    await browser.sign_in(bilal)
    drawings = []
    for home in (in_brest, in_quimper):
        page = (await browser.get(f"/logements/{home.id}")).text
        drawings.append(page.split('<svg class="locator"')[1].split("</svg>")[0])
    assert "#d29" in drawings[0] and drawings[0] == drawings[1]


async def test_who_has_a_home_online_may_offer_to_exchange_and_who_has_none_to_be_a_guest(browser, anne, bilal):
    home = await a_home(anne)
    await browser.sign_in(bilal)
    page = await browser.get(f"/logements/{home.id}")
    assert 'value="pair"' not in page.text and 'value="hospitality"' in page.text
    assert 'href="/moi/logement"' in page.text
    await a_home(bilal, commune="29232")
    page = await browser.get(f"/logements/{home.id}")
    assert 'value="pair"' in page.text and 'value="hospitality"' in page.text and 'value="week_room"' not in page.text


async def test_a_room_in_the_week_is_asked_for_where_one_is_lent(browser, anne, bilal):
    home = await a_home(anne, week_room=True)
    await browser.sign_in(bilal)
    page = (await browser.get(f"/logements/{home.id}?semaine=oui")).text
    assert 'value="week_room" checked' in page


async def test_what_is_asked_from_a_sheet_becomes_an_exchange_and_the_sheet_leads_to_it(browser, anne, bilal):
    home = await a_home(anne)
    await browser.sign_in(bilal)
    page = (await browser.get(f"/logements/{home.id}")).text
    once = page.split('name="once" value="')[1].split('"')[0]
    assert f'action="/logements/{home.id}/echange"' in page
    answers = [
        await browser.submit(f"/logements/{home.id}/echange", form="hospitality", once=once) for _ in range(2)
    ]  # sent twice is asked once
    assert {answer.status_code for answer in answers} == {303}
    (there,) = {answer.headers["location"] for answer in answers}
    assert f'href="{there}"' in (await browser.get(f"/logements/{home.id}")).text
    assert await database.value("SELECT count(*) FROM swap") == 1


async def test_one_in_an_exchange_with_the_host_is_led_to_it_once_both_know(browser, anne, bilal):
    home = await a_home(anne)
    await browser.sign_in(bilal)
    plain = (await browser.get(f"/logements/{home.id}")).text
    matched = await a_swap(bilal, anne, home, origin="matched", state="proposed")
    anonymous = (await browser.get(f"/logements/{home.id}")).text
    assert str(matched) not in anonymous and len(anonymous) == len(plain)
    await database.execute("UPDATE swap SET state = 'accepted', accepted_at = now() WHERE id = $1", matched)
    assert f'href="/echanges/{matched}"' in (await browser.get(f"/logements/{home.id}")).text
    await database.execute("UPDATE swap SET state = 'dissolved', ended_why = 'declined', ended_at = now()")
    asked = await a_swap(bilal, anne, home, origin="requested", state="proposed")
    page = (await browser.get(f"/logements/{home.id}")).text
    assert f'href="/echanges/{asked}"' in page and "Envoyer ma demande" not in page


async def test_its_owner_reads_it_as_others_do_and_cannot_ask_for_it(browser, anne):
    home = await a_home(anne)
    await browser.sign_in(anne)
    page = await browser.get(f"/logements/{home.id}")
    assert "Vos semaines et vos souhaits n’y sont pas" in html.unescape(page.text)
    assert "Envoyer ma demande" not in page.text and "signalement" not in page.text
    assert 'href="/moi/logement/modification"' in page.text


async def test_what_is_not_online_is_its_owners_and_the_moderators(browser, anne, bilal, chloe, farid):
    draft, waiting = await home_draft(anne), await waiting_home(bilal)
    for member, seen in ((anne, draft), (bilal, waiting), (chloe, waiting)):
        assert (await (await browser.sign_in(member)).get(f"/logements/{seen.id}")).status_code == 200
    for member, hidden in ((bilal, draft), (chloe, draft), (farid, waiting), (anne, waiting)):
        assert (await (await browser.sign_in(member)).get(f"/logements/{hidden.id}")).status_code == 404


async def test_a_home_that_left_is_here_for_nobody_else(browser, anne, bilal):
    home, gone = await a_home(anne), await removed(bilal, "home")
    await close_listing(home.id, as_me(anne), Outcome.withdrawn)
    assert (await (await browser.sign_in(bilal)).get(f"/logements/{home.id}")).status_code == 404
    assert (await (await browser.sign_in(anne)).get(f"/logements/{gone.id}")).status_code == 404
    assert "plus proposé" in (await browser.get(f"/logements/{home.id}")).text


async def test_a_block_and_an_ad_read_like_nothing_there(browser, anne, bilal):
    home, ad = await a_home(anne), await published(anne, "rides")
    await browser.sign_in(bilal)
    nothing = (await browser.get(f"/logements/{uuid4()}")).text
    assert (await browser.get(f"/logements/{ad.id}")).status_code == 404
    await browser.submit(f"/membres/{anne.id}/blocage")
    await browser.get("/logements")  # where the word about the block is said
    blocked = await browser.get(f"/logements/{home.id}")
    assert blocked.status_code == 404 and len(blocked.text) == len(nothing)


async def test_a_sheet_that_cannot_be_read_is_not_there(browser, anne, bilal):
    home = await a_home(anne)
    await database.execute("UPDATE listing SET details = '{}' WHERE id = $1", home.id)
    assert (await (await browser.sign_in(bilal)).get(f"/logements/{home.id}")).status_code == 404
    assert (await browser.get("/logements")).status_code == 200


async def test_what_is_typed_in_a_sheet_is_never_markup(browser, anne, bilal):
    home = await a_home(anne, title="<b>Maison</b>", body="<script>alert(1)</script>", house_rules="<i>calme</i>")
    await browser.sign_in(bilal)
    for address in (f"/logements/{home.id}", "/logements"):
        page = (await browser.get(address)).text
        assert "<b>" not in page and "<script>alert" not in page and "<i>" not in page


async def test_a_change_shows_at_once(browser, anne, bilal):
    home = await a_home(anne)
    await browser.sign_in(bilal)
    await browser.get(f"/logements/{home.id}")
    await database.execute("UPDATE listing SET title = 'Maison repeinte', version = version + 1 WHERE id = $1", home.id)
    assert "Maison repeinte" in (await browser.get(f"/logements/{home.id}")).text
    assert "Maison repeinte" in (await browser.get("/logements")).text


async def test_how_it_works_is_told_to_visitors_and_members(browser, anne):
    page = html.unescape((await browser.get("/logements/comment-ca-marche")).text)
    assert 'href="/rejoindre"' in page
    for one in ("prêt à usage", "L. 442-8", "89-462", "En boucle", "La chambre en semaine"):
        assert one in page, one
    await browser.sign_in(anne)
    assert 'href="/moi/logement"' in (await browser.get("/logements/comment-ca-marche")).text
