"""A second place: declared, changed, taken back, over; and seen by nobody else."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from app import database
from app.dates import today
from members.tables import Member
from moving.declaring import forget_past_moves
from moving.seasons import Since, coming
from moving.tables import Moving
from tests.helpers.ads import published
from tests.helpers.browser import words

TOULON, LYON = "83137", "69123"


def later() -> Since:
    """A season that has not begun."""
    return coming(today())[3]


async def moves(member: Member, commune: str = TOULON, since: Since | None = None) -> None:
    when = since or later()
    await Moving(
        member=member.id, commune=commune, season=when.season.value, year=when.year, declared_at=today()
    ).save()


async def declared(member: Member) -> tuple[str, str, int] | None:
    row = await database.row("SELECT commune, season, year FROM moving WHERE member = $1", member.id)
    return tuple(row) if row else None


async def begun(seasons: int) -> Since:
    """A season that began so many seasons ago; 0 is the present one."""
    since = Since.of(today())
    for _ in range(seasons):
        since = Since.of(since.starts - timedelta(days=1))
    return since


async def test_it_is_declared_with_a_season_changed_and_taken_back(browser, anne):
    await browser.sign_in(anne)
    when, other = later(), coming(today())[5]

    page = await browser.follow(await browser.submit("/mutation", commune="Toulon", since=when.key))
    assert f"Toulon (83) , {when.in_words}" in words(page)
    assert "Personne d’autre ne le voit" in page.text
    assert await declared(anne) == (TOULON, when.season, when.year)

    await browser.submit("/mutation", commune="Lyon (69)", since=other.key)
    assert await declared(anne) == (LYON, other.season, other.year)

    page = await browser.follow(await browser.submit("/mutation/suppression"))
    assert "oubliée" in page.text
    assert await declared(anne) is None
    assert (await browser.submit("/mutation/suppression")).status_code == 303


@pytest.mark.parametrize(
    ("commune", "since", "said"),
    [
        ("Brest", "", "Choisissez une saison"),
        ("", "summer-2999", "Indiquez la commune où vous irez"),
        ("Toulon", "summer-2020", "Choisissez une saison"),
        ("Toulon", "2027-06-12", "Choisissez une saison"),
        ("Zzzzqx", None, "Nous ne trouvons pas cette commune"),
        ("Brest (29)", None, "C’est déjà votre commune"),
    ],
)
async def test_what_makes_no_sense_is_said_beside_its_field_and_what_was_typed_stays(
    commune, since, said, browser, anne
):
    await browser.sign_in(anne)
    page = await browser.submit("/mutation", commune=commune, since=later().key if since is None else since)
    assert page.status_code == 422
    assert said in words(page)
    assert f'value="{commune}"' in page.text
    assert await declared(anne) is None


async def test_a_name_that_several_communes_bear_is_asked_about(browser, anne):
    await browser.sign_in(anne)
    page = await browser.submit("/mutation", commune="Saint-Denis", since=later().key)
    assert page.status_code == 422
    assert "Laquelle" in page.text
    codes = re.findall(r'name="commune_code"[^>]*value="(\w+)"', page.text)
    assert "97411" in codes
    await browser.submit("/mutation", commune="Saint-Denis", commune_code="97411", since=later().key)
    assert (await declared(anne) or ("",))[0] == "97411"


async def test_one_click_makes_it_the_home_commune(browser, anne):
    await moves(anne, since=await begun(0))
    await browser.sign_in(anne)
    assert "Vous êtes à Toulon" in words(await browser.get("/"))
    assert "Vous y êtes ?" in words(await browser.get("/mutation"))

    page = await browser.follow(await browser.submit("/mutation/arrivee", commune=TOULON))
    assert "maintenant votre commune" in words(page)
    assert await declared(anne) is None
    assert await database.value("SELECT commune FROM member WHERE id = $1", anne.id) == TOULON


async def test_a_click_on_a_page_of_before_changes_nothing(browser, anne):
    await moves(anne, LYON, since=await begun(0))
    await browser.sign_in(anne)
    answer = await browser.submit("/mutation/arrivee", commune=TOULON)
    assert answer.status_code == 409
    assert "changé entre-temps" in words(answer)
    assert await database.value("SELECT commune FROM member WHERE id = $1", anne.id) == "29019"
    assert (await declared(anne) or ("",))[0] == LYON


async def test_before_its_season_nobody_asks_whether_one_is_there(browser, anne):
    await moves(anne)
    await browser.sign_in(anne)
    assert "Vous êtes à" not in words(await browser.get("/"))
    assert "Vous y êtes" not in words(await browser.get("/mutation"))


async def test_it_ends_by_itself_after_two_seasons_then_asks_then_is_forgotten(browser, anne):
    await moves(anne, since=await begun(1))
    await browser.sign_in(anne)
    assert "Autour de" in words(await browser.get("/annonces"))

    await database.execute("DELETE FROM moving")
    await moves(anne, since=await begun(2))
    assert 'class="around"' not in (await browser.get("/annonces")).text
    assert "Deux saisons sont passées" in words(await browser.get("/mutation"))
    assert "Vous êtes à Toulon" in words(await browser.get("/"))
    await forget_past_moves()
    assert await declared(anne)

    await database.execute("DELETE FROM moving")
    await moves(anne, since=await begun(4))
    await forget_past_moves()
    assert await declared(anne) is None


async def test_who_changes_their_commune_to_it_has_arrived(browser, anne):
    await moves(anne)
    await browser.sign_in(anne)
    await browser.submit("/moi/profil", first_name="Anne", commune="Lyon (69)")
    assert await declared(anne)
    await browser.submit("/moi/profil", first_name="Anne", commune="Toulon (83)")
    assert await declared(anne) is None


async def test_nobody_else_can_learn_of_it(browser, another_browser, anne, bilal, chloe, denis):
    """Every page another person sees, the log, and what anyone was told, before and after: no trace."""
    ad = (await published(anne)).id
    await another_browser.sign_in(anne)
    await another_browser.submit("/mutation", commune="Toulon", since=later().key)
    await another_browser.submit("/mutation/etapes/boxes", done="on")
    pages = [
        "/",
        "/annonces",
        f"/annonces/{ad}",
        "/messages",
        "/mutation",
        "/annonces?autour=la-bas",
        "/suggestions?q=gar",
    ]
    for person, more in ((bilal, []), (chloe, ["/moderation", "/moderation/journal"]), (denis, ["/administration"])):
        await browser.sign_in(person)
        for path in [*pages, *more]:
            assert "Toulon" not in (await browser.get(path)).text, path
    for table in ("audit_entry", "notification", "procrastinate_jobs", "listing", "member"):
        said = await database.value(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
        assert TOULON not in said and "Toulon" not in said, table


async def test_deleting_a_member_forgets_their_move(anne):
    await moves(anne)
    await database.execute("INSERT INTO moving_step (member, step, done_at) VALUES ($1, 'boxes', now())", anne.id)
    await database.execute("DELETE FROM member WHERE id = $1", anne.id)
    assert await database.value("SELECT count(*) FROM moving") == 0
    assert await database.value("SELECT count(*) FROM moving_step") == 0


async def test_printing_a_declaration_tells_nothing(anne):
    await moves(anne)
    kept = await Moving.objects().get(Moving.member == UUID(str(anne.id)))
    assert TOULON not in f"{kept} {kept!r}"
