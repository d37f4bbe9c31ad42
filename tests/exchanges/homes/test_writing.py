"""The sheet of a home, from nothing to what others read: in steps, in any order, nothing lost."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import msgspec
import pytest

from app import database
from exchanges.homes.writing.asked import Part
from exchanges.homes.writing.beginning import begin_home
from exchanges.homes.writing.written import asked_in
from listings.ad import Ad
from listings.life.publishing import submit
from listings.writing.drafting import save_draft
from tests.helpers.browser import stamp_in, words
from tests.helpers.cases import audited, case_of, take_and_decide, told
from tests.helpers.home_forms import HERE, STEPS, WHOLE, fill, filled_in, home_of
from tests.helpers.homes import a_home, home_draft, waiting_home
from tests.helpers.pictures import photo
from tests.moderation.cases.people import as_me

FIRST = f"{HERE}/etape/logement"


def details_of(home) -> dict:
    return msgspec.json.decode(home["details"])


async def send_photos(browser, *files: bytes, **fields):
    named = [("photos", (f"photo-{n}.jpg", content, "image/jpeg")) for n, content in enumerate(files)]
    return await browser.submit(f"{HERE}/etape/photos", files=named, **{"do": "photos", **fields})


async def test_a_home_goes_online_in_six_steps_for_a_year(browser, anne):
    await browser.sign_in(anne)
    assert "Écrire la fiche de mon logement" in words(await browser.get(HERE))

    last = await filled_in(browser)
    preview = await browser.follow(last)

    assert last.headers["location"] == f"{HERE}/apercu"
    assert "Maison près de la plage" in preview.text and "Chaussures à l’entrée." in preview.text
    page = await browser.follow(await browser.submit(f"{HERE}/publication"))
    assert "Votre logement est en ligne." in words(page)
    home = await home_of(anne)
    assert (home["status"], home["commune"], home["kind"], home["price_cents"]) == ("published", "29019", None, None)
    assert details_of(home) == {
        "home_kind": "house",
        "settings": ["sea", "town"],
        "sleeps": 5,
        "bedrooms": 2,
        "beds": {"double": 1, "single": 3},
        "amenities": ["wifi", "cot"],
        "access": ["step_free"],
        "pets_welcome": True,
        "house_rules": "Chaussures à l’entrée.",
        "occupancy": "owner",
    }
    assert timedelta(days=364) < home["expires_at"] - datetime.now(UTC) <= timedelta(days=365)
    assert await audited(home["id"]) == ["listing.published"]


async def test_the_home_of_a_new_member_is_read_by_a_moderator_first(browser, emilie, chloe):
    await browser.sign_in(emilie)
    await filled_in(browser)

    page = await browser.follow(await browser.submit(f"{HERE}/publication"))

    assert "Une personne de l’équipe la lit" in words(page) and "En relecture" in words(page)
    home = await home_of(emilie)
    case = await case_of(home["id"])
    assert (home["status"], case["category"]) == ("pending", "home")
    await browser.sign_in(chloe)
    dossier = words(await browser.get(f"/moderation/dossiers/{case['id']}"))
    assert "Maison près de la plage" in dossier and "Chaussures à l’entrée." in dossier and "de plain-pied" in dossier
    await take_and_decide(browser, case["id"], "approve")
    assert (await home_of(emilie))["status"] == "published"
    assert ("listing_published", f"/logements/{home['id']}") in await told(emilie)


async def test_a_home_sent_back_is_corrected_and_sent_again(browser, emilie, chloe):
    await browser.sign_in(emilie)
    await filled_in(browser)
    await browser.submit(f"{HERE}/publication")
    case = await case_of((await home_of(emilie))["id"])
    await browser.sign_in(chloe)
    await take_and_decide(browser, case["id"], "ask_changes", words="Dites s’il y a un escalier.")

    await browser.sign_in(emilie)
    page = words(await browser.get(HERE))
    assert "À corriger" in page and "Dites s’il y a un escalier." in page
    decision = await database.value("SELECT id FROM decision WHERE author = $1", emilie.id)
    assert f'href="{HERE}"' in (await browser.get(f"/decisions/{decision}")).text
    assert "Dites s’il y a un escalier." in words(await browser.get(FIRST))
    await browser.submit(f"{HERE}/publication")
    assert (await home_of(emilie))["status"] == "pending"


async def test_a_home_that_waits_can_be_taken_back(browser, emilie):
    await browser.sign_in(emilie)
    await filled_in(browser)
    await browser.submit(f"{HERE}/publication")

    page = await browser.follow(await browser.submit(f"{HERE}/reprise"))

    assert "de nouveau un brouillon" in words(page)
    home = await home_of(emilie)
    assert home["status"] == "draft"
    assert (await case_of(home["id"]))["closed_at"] is not None


@pytest.mark.parametrize(
    ("step", "wrong", "says"),
    [
        ("logement", {"title": "ab"}, "Donnez un titre"),
        ("logement", {"body": "Court."}, "Décrivez votre logement"),
        ("logement", {"home_kind": None}, "Choisissez le type"),
        ("logement", {"home_kind": "castle"}, "Choisissez une des réponses proposées."),
        ("couchages", {"sleeps": "99"}, "Indiquez un nombre entre 1 et 20."),
        ("couchages", {"sleeps": None}, "Indiquez combien de personnes"),
        ("couchages", {"bedrooms": None}, "Indiquez le nombre de chambres"),
        ("couchages", {"double": "-1"}, "Indiquez un nombre entre 0 et 10."),
        ("couchages", {"double": "0", "single": "0"}, "Indiquez au moins un lit."),
        ("couchages", {"sleeps": "6", "double": "1", "single": "1"}, "Vos lits couchent 3 personnes"),
        ("regles", {"house_rules": "x" * 1001}, "Écrivez au plus 1 000 caractères."),
        ("statut", {"occupancy": None}, "Dites à quel titre"),
        ("statut", {"commune": "Nulle-Part-Ville"}, "Aucune commune de ce nom."),
        ("statut", {"commune": "Saint-Martin"}, "Plusieurs communes sont possibles"),
    ],
    ids=lambda given: str(given)[:24],
)
async def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_stays(browser, anne, step, wrong, says):
    await browser.sign_in(anne)
    await browser.submit(HERE)

    answer = await fill(browser, step, **wrong)

    assert answer.status_code == 422
    assert says in words(answer)
    assert 'aria-invalid="true"' in answer.text or "is-wrong" in answer.text
    for typed in wrong.values():
        assert typed is None or typed in answer.text or typed == "castle"


async def test_what_fits_is_kept_beside_what_does_not(browser, anne):
    await browser.sign_in(anne)
    await browser.submit(HERE)

    await fill(browser, "couchages", sleeps="beaucoup")

    assert details_of(await home_of(anne)) == {
        "bedrooms": 2,
        "beds": {"double": 1, "single": 3},
        "amenities": ["wifi", "cot"],
    }


async def test_half_a_step_can_be_saved_for_later(browser, anne):
    await browser.sign_in(anne)
    await browser.submit(HERE)

    page = await browser.follow(await fill(browser, "logement", do="save", title="", body="À finir."))

    assert "Votre fiche est enregistrée." in words(page) and "À finir." in page.text
    assert (await home_of(anne))["body"] == "À finir."


async def test_steps_are_filled_in_any_order_and_the_last_says_what_is_missing(browser, anne):
    await browser.sign_in(anne)
    await browser.submit(HERE)
    await fill(browser, "statut")
    await fill(browser, "couchages", sleeps=None)

    preview = await browser.get(f"{HERE}/apercu")

    assert "Il manque encore quelque chose" in words(preview)
    assert f'href="{FIRST}#title"' in preview.text and f'href="{HERE}/etape/couchages#sleeps"' in preview.text
    assert "Publier" not in words(preview).partition("Relire avant d’envoyer")[2].partition("Compléter")[0]
    refused = await browser.submit(f"{HERE}/publication")
    assert refused.status_code == 409
    assert (await home_of(anne))["status"] == "draft"


async def test_there_is_no_other_step(browser, anne):
    await browser.sign_in(anne)
    await browser.submit(HERE)
    assert (await browser.get(f"{HERE}/etape/prix")).status_code == 404
    assert (await browser.submit(f"{HERE}/etape/prix")).status_code == 404


async def test_a_studio_has_no_bedroom(browser, anne):
    await browser.sign_in(anne)

    await filled_in(browser, home_kind="studio", bedrooms="0", sleeps="2")

    assert details_of(await home_of(anne))["bedrooms"] == 0
    await browser.submit(f"{HERE}/publication")
    assert (await home_of(anne))["status"] == "published"


async def test_a_member_has_one_home(browser, anne):
    await browser.sign_in(anne)
    for _ in range(2):
        begun = await browser.submit(HERE)
        assert begun.headers["location"] == FIRST
    assert await database.value("SELECT count(*) FROM listing WHERE author = $1", anne.id) == 1
    assert await begin_home(as_me(anne)) == (await home_of(anne))["id"]


@pytest.mark.commits
async def test_two_requests_at_once_begin_one_home(anne):
    first, second = await asyncio.gather(begin_home(as_me(anne)), begin_home(as_me(anne)))
    assert first == second


async def test_without_a_home_nothing_else_is_done(browser, anne):
    await browser.sign_in(anne)
    for path in ("/etape/logement", "/apercu", "/modification", "/retrait", "/accord"):
        answer = await browser.get(f"{HERE}{path}")
        assert answer.status_code == 409
        assert "Commencez par sa fiche." in words(answer)
    for path in ("/etape/statut", "/publication", "/suppression", "/prolongation", "/retrait", "/reprise", "/accord"):
        assert (await browser.submit(f"{HERE}{path}")).status_code == 409, path


async def test_a_draft_is_thrown_away_and_another_begun(browser, anne):
    await browser.sign_in(anne)
    await filled_in(browser)
    before = (await home_of(anne))["id"]

    page = await browser.follow(await browser.submit(f"{HERE}/suppression"))

    assert "est supprimée" in words(page) and "Écrire la fiche" in words(page)
    await browser.submit(HERE)
    assert (await home_of(anne))["id"] != before


# --- by what title one lives there -----------------------------------------------------------------------------------


async def test_each_title_has_its_reminder_with_its_sources(browser, anne):
    await browser.sign_in(anne)
    await browser.submit(HERE)

    page = words(await browser.get(f"{HERE}/etape/statut"))

    for source in ("89-462 du 6 juillet 1989", "L. 442-8", "R. 2124-64", "articles 1875 à 1891", "L. 113-2"):
        assert source in page


async def test_service_housing_stops_until_the_written_agreement_is_confirmed(browser, anne):
    await browser.sign_in(anne)

    stop = await filled_in(browser, occupancy="service_housing")
    page = await browser.follow(stop)

    assert stop.headers["location"] == f"{HERE}/accord"
    assert "Arrêtons-nous un instant" in words(page) and "/moi/echanges" in page.text
    assert (await browser.submit(f"{HERE}/accord")).status_code == 422
    refused = await browser.submit(f"{HERE}/publication")
    assert refused.status_code == 409
    assert f'href="{HERE}/accord"' in (await browser.get(f"{HERE}/apercu")).text

    agreed = await browser.submit(f"{HERE}/accord", agreement="on")

    assert agreed.headers["location"] == f"{HERE}/apercu"
    assert details_of(await home_of(anne))["agreement"] is True
    await browser.submit(f"{HERE}/publication")
    assert (await home_of(anne))["status"] == "published"


async def test_another_answer_forgets_the_agreement(browser, anne):
    await browser.sign_in(anne)
    await filled_in(browser, occupancy="service_housing")
    await browser.submit(f"{HERE}/accord", agreement="on")
    await fill(browser, "statut", occupancy="service_housing")
    assert "agreement" in details_of(await home_of(anne))

    await fill(browser, "statut", occupancy="tenant")
    again = await fill(browser, "statut", occupancy="service_housing")

    assert again.headers["location"] == f"{HERE}/accord"
    assert "agreement" not in details_of(await home_of(anne))


@pytest.mark.parametrize("occupancy", ["owner", "tenant", "social_tenant", "service_housing"])
async def test_nobody_else_reads_by_what_title_one_lives_there(browser, anne, bilal, chloe, occupancy):
    home = await a_home(anne, occupancy=occupancy, agreement=occupancy == "service_housing")
    for reader in (bilal, chloe):
        await browser.sign_in(reader)
        page = (await browser.get(f"/logements/{home.id}")).text
        for told_by in ("propriétaire", "locataire", "social", "fonction", "service", occupancy):
            assert told_by not in words_of_the_sheet(page)


def words_of_the_sheet(page: str) -> str:
    return page.partition("<main")[2].partition("</main>")[0].partition("<form")[0].lower()


# --- photos ----------------------------------------------------------------------------------------------------------


async def test_each_photo_says_which_room_it_shows(browser, anne, bilal):
    await browser.sign_in(anne)
    await filled_in(browser)
    await send_photos(browser, photo(), photo(colour="red"))
    first, second = (await home_of(anne))["photos"]

    await fill(browser, "photos", **{f"room-{first}": "kitchen", f"room-{second}": "moon"})

    assert details_of(await home_of(anne))["rooms"] == {str(first): "kitchen"}
    assert "Photo 1 du logement\u00a0: cuisine" in (await browser.get(f"{HERE}/apercu")).text
    await browser.submit(f"{HERE}/etape/photos", **{f"room-{first}": "kitchen", "do": f"remove:{first}"})
    await fill(browser, "photos")
    home = await home_of(anne)
    assert home["photos"] == [second] and "rooms" not in details_of(home)


async def test_a_home_has_twelve_photos_sent_six_at_a_time(browser, anne):
    await browser.sign_in(anne)
    await browser.submit(HERE)
    small = [photo(20, 20, colour=f"#{n:06x}") for n in range(7)]

    too_many = await send_photos(browser, *small)

    assert too_many.status_code == 422 and "6 par 6" in words(too_many)
    assert len((await home_of(anne))["photos"]) == 6
    await send_photos(browser, *small[:6])
    assert len((await home_of(anne))["photos"]) == 12
    page = await browser.get(f"{HERE}/etape/photos")
    assert 'name="photos"' not in page.text
    await send_photos(browser, *small[:1])
    assert len((await home_of(anne))["photos"]) == 12


# --- what a sheet never says -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        "La maison est libre en août, et le jardin aussi.",
        "Nous partons du 4 au 18 juillet chaque année.",
        "La clé est sous le paillasson, entrez donc.",
        "Nous habitons au 12 rue de Siam, à gauche.",
    ],
)
async def test_a_sheet_that_gives_away_an_empty_home_is_refused(browser, anne, said):
    await browser.sign_in(anne)
    await filled_in(browser, body=f"Une belle maison pour toute la famille. {said}")

    preview = await browser.get(f"{HERE}/apercu")

    assert "À corriger avant d’envoyer" in words(preview) and "<mark>" in preview.text
    assert (await browser.submit(f"{HERE}/publication")).status_code == 409
    home = await home_of(anne)
    assert home["status"] == "draft"
    assert await database.value("SELECT count(*) FROM moderation_case WHERE listing = $1", home["id"]) == 0


async def test_house_rules_are_screened_like_the_rest(browser, anne):
    await browser.sign_in(anne)
    await filled_in(browser, house_rules="Une participation aux frais est demandée.")

    preview = await browser.get(f"{HERE}/apercu")

    assert "Un modérateur lira" in words(preview) and "<mark>participation aux frais" in preview.text
    await browser.submit(f"{HERE}/publication")
    home = await home_of(anne)
    assert home["status"] == "pending"
    assert (await case_of(home["id"]))["kind"] == "listing"


async def test_the_rules_speak_while_one_types(browser, anne):
    await browser.sign_in(anne)
    advice = await browser.submit("/conseil/annonce", category="home", body="La maison est libre en août.")
    assert "Une fiche ne dit jamais quand le logement est libre" in words(advice)
    silent = await browser.submit("/conseil/annonce", category="childcare", body="La maison est libre en août.")
    assert "Une fiche ne dit jamais" not in words(silent)


async def test_a_fault_of_one_home_does_not_stop_the_form_of_another_member(browser, anne, bilal):
    await home_draft(anne)
    await browser.sign_in(bilal)
    assert "Commencez par sa fiche." in words(await browser.get(FIRST))
    assert (await browser.submit(FIRST, **STEPS["logement"], do="next")).status_code == 409
    assert (await home_of(anne))["title"] != STEPS["logement"]["title"]


async def test_the_same_home_sent_twice_is_one_publication(anne):
    home = await home_draft(anne)
    assert [await submit(home.id, as_me(anne)) for _ in range(2)] == ["published", "published"]
    assert await audited(home.id) == ["listing.published"]


async def test_two_windows_on_one_step_lose_nothing_and_on_two_steps_do_not_meet(browser, another_browser, anne):
    for window in (browser, another_browser):
        await window.sign_in(anne)
    await filled_in(browser)
    step = f"{HERE}/etape/logement"
    shown, beds = stamp_in(await browser.get(step)), stamp_in(await browser.get(f"{HERE}/etape/couchages"))
    assert (await fill(another_browser, "logement", title="Maison bleue", stamp=shown)).status_code == 303
    assert (await fill(another_browser, "couchages", bedrooms="3", stamp=beds)).status_code == 303

    late = await fill(browser, "logement", title="Maison verte", stamp=shown)

    assert late.status_code == 409
    assert 'value="Maison verte"' in late.text and "Le brouillon a changé" in late.text
    assert (await home_of(anne))["title"] == "Maison bleue"
    assert (await fill(browser, "logement", title="Maison verte", stamp=stamp_in(late))).status_code == 303
    kept = await home_of(anne)
    assert kept["title"] == "Maison verte" and '"bedrooms": 3' in kept["details"]


async def test_a_step_saved_as_it_was_undoes_no_other_step_written_since_it_was_read(browser, anne):
    await browser.sign_in(anne)
    await filled_in(browser)
    read = Ad.of(await home_of(anne))
    await fill(browser, "couchages", bedrooms="3")

    saved = await save_draft(read, read.content, asked=partial(asked_in, Part.home))

    assert saved.content.details["bedrooms"] == 3


@pytest.mark.parametrize("state", [a_home, waiting_home])
async def test_what_is_written_for_a_sheet_that_is_no_draft_any_more_is_given_back(browser, anne, state):
    await state(anne)
    await browser.sign_in(anne)

    late = await fill(browser, "logement", title="Maison <em>bleue</em>", body="Un texte de cette fenêtre.")

    assert late.status_code == 409
    assert "Maison &lt;em&gt;bleue&lt;/em&gt;" in late.text and "Un texte de cette fenêtre." in late.text
    assert "copiez ce que vous voulez garder" in late.text and 'href="/moi/logement"' in late.text
    assert (await home_of(anne))["title"] != "Maison <em>bleue</em>"


async def test_what_is_changed_of_a_home_that_was_withdrawn_meanwhile_is_given_back(browser, anne):
    await a_home(anne)
    await browser.sign_in(anne)
    await browser.submit(f"{HERE}/retrait")

    late = await browser.submit(f"{HERE}/modification", **{**WHOLE, "house_rules": "Pas de chaussures."})

    assert late.status_code == 409 and "Pas de chaussures." in late.text
