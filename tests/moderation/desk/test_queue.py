"""What waits, for whom, in what order."""

from datetime import UTC, datetime, timedelta

from app import database
from members.tables import Role
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from moderation.desk.queue import SIZE
from moderation.rules import Action, Finding
from tests.helpers.ads import in_days, pending, published
from tests.helpers.browser import said
from tests.helpers.cases import case_of, take


async def _opened(listing, author, **given):
    return await open_case(
        kind=CaseKind.listing,
        listing=listing.id,
        author=author.id,
        category=listing.category,
        department=listing.department,
        **given,
    )


def _finding(rule: str) -> Finding:
    return Finding(rule=rule, version=1, action=Action.HOLD, message="À relire.")


async def test_a_new_members_ad_waits_in_the_queue_with_its_reason(browser, chloe, emilie):
    await pending(emilie, "pet_care", title="Nourrir notre chatte")
    desk = await (await browser.sign_in(chloe)).get("/moderation")
    assert desk.status_code == 200
    assert "Nourrir notre chatte" in said(desk)
    assert "nouveau membre" in said(desk)
    assert "Garde d’animaux · Finistère" in said(desk)


async def test_an_empty_queue_says_so_and_shows_the_journal(browser, chloe):
    desk = await (await browser.sign_in(chloe)).get("/moderation")
    assert "Rien n’attend" in said(desk)


async def test_the_riskiest_comes_first_then_the_soonest_due(browser, chloe, emilie):
    calm = await pending(emilie, title="Calme")
    soon = await pending(emilie, title="Pour bientôt")
    grave = await pending(emilie, title="Grave")
    await _opened(grave, emilie, findings=[_finding("opsec.departure")])
    await _opened(soon, emilie, due_at=datetime.now(UTC) + timedelta(hours=2))
    desk = said(await (await browser.sign_in(chloe)).get("/moderation"))
    assert desk.index("Grave") < desk.index("Pour bientôt") < desk.index("Calme")
    assert "discrétion" in desk
    assert (await case_of(calm.id))["risk"] == 0


async def test_an_ad_for_tomorrow_is_due_before_an_ad_for_next_month(emilie):
    tomorrow = await pending(emilie, wanted_by=in_days(1))
    later = await pending(emilie, wanted_by=in_days(30))
    urgent, calm = await case_of(tomorrow.id), await case_of(later.id)
    assert urgent["due_at"] < calm["due_at"]
    assert calm["due_at"] - calm["opened_at"] == timedelta(hours=24)
    assert urgent["due_at"] - urgent["opened_at"] >= timedelta(hours=1)


async def test_a_thing_has_one_open_case_that_takes_in_what_comes_later(emilie):
    listing = await pending(emilie)
    before = await case_of(listing.id)
    joined = await _opened(listing, emilie, findings=[_finding("law.weapon"), _finding("privacy.phone")])
    again = await _opened(listing, emilie, findings=[_finding("privacy.phone")], risk=1)
    after = await case_of(listing.id)
    assert joined == again == before["id"]
    assert after["risk"] == 75
    assert after["version"] == before["version"] + 2
    assert after["findings"].count("law.weapon") == after["findings"].count("privacy.phone") == 1


async def test_farid_sees_pets_in_finistere_only(browser, farid, emilie):
    await pending(emilie, "pet_care", title="Un chat à Brest")
    await pending(emilie, "childcare", title="Des enfants à Brest")
    await pending(emilie, "pet_care", title="Un chat à Rennes", commune="35238")
    desk = said(await (await browser.sign_in(farid)).get("/moderation"))
    assert "Un chat à Brest" in desk
    assert "Des enfants à Brest" not in desk
    assert "Un chat à Rennes" not in desk


async def test_a_case_out_of_scope_is_not_there(browser, farid, emilie):
    children = await case_of((await pending(emilie, "childcare")).id)
    away = await case_of((await pending(emilie, "pet_care", commune="35238")).id)
    await browser.sign_in(farid)
    for case in (children, away):
        assert (await browser.get(f"/moderation/dossiers/{case['id']}")).status_code == 404
        for what in ("prise", "liberation", "decision"):
            answer = await browser.submit(f"/moderation/dossiers/{case['id']}/{what}", kind="approve")
            assert answer.status_code == 404, what


async def test_nobody_sees_a_case_about_their_own_words(browser, chloe):
    listing = await pending(chloe, title="Mon annonce")
    await browser.sign_in(chloe)
    assert "Mon annonce" not in said(await browser.get("/moderation"))
    case = await case_of(listing.id)
    assert (await browser.get(f"/moderation/dossiers/{case['id']}")).status_code == 404
    assert (await browser.submit(f"/moderation/dossiers/{case['id']}/prise")).status_code == 404


async def test_a_moderator_who_reported_an_ad_never_judges_it(browser, chloe, anne):
    listing = await published(anne)
    await browser.sign_in(chloe)
    await browser.submit(f"/annonces/{listing.id}/signalement", reason="market")
    case = await case_of(listing.id)
    assert listing.title not in said(await browser.get("/moderation"))
    assert (await browser.get(f"/moderation/dossiers/{case['id']}")).status_code == 404


async def test_what_another_has_claimed_leaves_the_queue_until_the_claim_is_over(
    browser, another_browser, chloe, denis, emilie
):
    await Role(member=denis.id, kind="moderator", granted_at=datetime.now(UTC)).save()
    listing = await pending(emilie, title="Aide le samedi")
    case = await case_of(listing.id)
    await take(await browser.sign_in(chloe), case["id"])
    await another_browser.sign_in(denis)
    assert "Aide le samedi" not in said(await another_browser.get("/moderation"))
    assert "pris par vous" in said(await browser.get("/moderation"))
    await database.execute("UPDATE moderation_case SET claimed_until = now() - interval '1 second'")
    assert "Aide le samedi" in said(await another_browser.get("/moderation"))


async def test_the_queue_is_paged_by_the_last_case_seen(browser, chloe, emilie):
    for number in range(SIZE + 2):
        await pending(emilie, title=f"Annonce numéro {number:02}")
    await browser.sign_in(chloe)
    first = await browser.get("/moderation")
    older = first.text.split('href="/moderation?apres=')[1].split('"')[0]
    second = await browser.get(f"/moderation?apres={older}")
    shown = [[f"numéro {n:02}" in page.text for n in range(SIZE + 2)] for page in (first, second)]
    assert sum(shown[0]) == SIZE
    assert sum(shown[1]) == 2
    assert not any(a and b for a, b in zip(*shown, strict=True))


async def test_a_bad_page_address_is_refused_without_a_crash(browser, chloe):
    assert (await (await browser.sign_in(chloe)).get("/moderation?apres=n-importe-quoi")).status_code == 400


async def test_the_queue_costs_three_queries_at_most_and_a_dossier_twelve(browser, chloe, emilie):
    listing = None
    for _ in range(12):
        listing = await pending(emilie)
    await browser.sign_in(chloe)
    for path, most in (("/moderation", 3), (f"/moderation/dossiers/{(await case_of(listing.id))['id']}", 12)):
        before = database.asked
        assert (await browser.get(path)).status_code == 200
        assert database.asked - before <= most


async def test_members_and_administrators_have_no_desk(browser, anne, denis):
    assert (await browser.get("/moderation")).status_code == 303
    await browser.sign_in(anne)
    assert (await browser.get("/moderation")).status_code == 403
    assert (await browser.get("/moderation/journal")).status_code == 403
    await browser.sign_in(denis)
    assert (await browser.get("/moderation")).status_code == 403


async def test_what_is_due_within_the_hour_has_the_urgent_bar(browser, chloe, emilie):
    listing = await pending(emilie)
    await browser.sign_in(chloe)
    await database.execute("UPDATE moderation_case SET due_at = now() + interval '3 hours', risk = 0")
    assert "desk-row" in (calm := (await browser.get("/moderation")).text)
    assert "is-urgent" not in calm
    await database.execute(
        "UPDATE moderation_case SET due_at = now() + interval '50 minutes' WHERE listing = $1", listing.id
    )
    assert "is-urgent" in (await browser.get("/moderation")).text
