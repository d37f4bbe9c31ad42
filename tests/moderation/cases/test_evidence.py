"""What a thing said when it was held or reported stays, whatever its author does; its photos, for the team alone."""

import asyncio
import json

import pytest

from app import database
from app.database import transaction
from listings.photos.files import Size, keep, photo_file
from listings.photos.photographing import drop_photos
from listings.writing.writing_down import write_down
from moderation.cases.evidence import evidence_of, forget_evidence, keep_evidence
from moderation.cases.tables import EvidenceWhy
from moderation.cases.things import thing_of
from tests.helpers.ads import content, pending, published
from tests.helpers.appeals import case_about
from tests.helpers.cases import case_of, said_under
from tests.helpers.exchanges import helping, word_of_thanks
from tests.helpers.jobs import run_jobs
from tests.helpers.waiting import until
from tests.moderation.cases.people import somebody_waits, talk


async def with_photo(ad):
    photo = await database.value(
        "INSERT INTO photo (listing, width, height, added_at) VALUES ($1, 40, 30, now()) RETURNING id", ad.id
    )
    keep(photo, dict.fromkeys(Size, b"RIFF"))
    await database.execute("UPDATE listing SET photos = ARRAY[$2::uuid] WHERE id = $1", ad.id, photo)
    return photo


async def test_an_ad_that_waits_is_kept_as_it_is_whatever_its_author_writes_later(emilie):
    ad = await pending(emilie, title="Garde du soir")
    case = (await case_of(ad.id))["id"]
    await write_down(ad.id, content(title="Tout autre chose", body="Rien à voir avec ce qui précède, vraiment."))
    (kept,) = await evidence_of(case)
    assert (kept.why, kept.title) == (EvidenceWhy.hold, "Garde du soir")
    assert kept.body.startswith("Bonjour, quelqu’un")
    assert ("Commune", "Brest (29)") in kept.facts
    assert (await thing_of(case)).title == "Tout autre chose"


async def test_the_same_words_are_kept_once_and_changed_ones_beside_them(anne, bilal):
    ad = await published(anne)
    case = await case_about(ad, why=EvidenceWhy.report)
    await keep_evidence(case, EvidenceWhy.notice)
    assert [one.why for one in await evidence_of(case)] == [EvidenceWhy.report]
    await write_down(ad.id, content(title="Un autre titre"))
    await keep_evidence(case, EvidenceWhy.notice)
    assert sorted((one.why.value, one.title) for one in await evidence_of(case)) == [
        ("notice", "Un autre titre"),
        ("report", ad.title),
    ]


async def test_what_is_kept_of_a_reply_a_change_of_it_and_a_word_of_thanks(anne, bilal):
    ad = await published(anne)
    reply = await said_under(ad.id, bilal, "Contre mille euros.")
    changed = await said_under(ad.id, bilal, "Bonjour.")
    await database.execute("UPDATE reply SET waiting_body = 'Au noir.' WHERE id = $1", changed)
    word = await word_of_thanks(await helping(ad.id, anne, bilal), bilal, anne, "Merci quand même.", "published")
    cases = [
        await case_about(ad, reply=reply, author=bilal.id),
        await case_about(ad, reply=changed, author=bilal.id),
        await case_about(ad, thanks=word, author=bilal.id),
    ]
    kept = [(await evidence_of(case))[0] for case in cases]
    assert [one.body for one in kept] == ["Contre mille euros.", "Au noir.", "Merci quand même."]
    assert kept[1].facts == (("En ligne aujourd’hui", "Bonjour."),)
    assert {one.title for one in kept} == {ad.title}


async def test_a_private_message_is_kept_with_the_few_around_it_and_no_other(anne, bilal):
    ad = await published(anne)
    said = ["un", "deux", "trois", "quatre", "l’insulte", "six", "sept", "huit"]
    messages = await talk(ad.id, anne, bilal, *said)
    await database.execute(
        "INSERT INTO message (conversation, sender, body, own_words, sent_at, once, event) SELECT conversation, sender,"
        " 'Bilal est choisi', 'choisi', now(), gen_random_uuid(), 'chosen' FROM message WHERE id = $1",
        messages[-1],
    )
    case = await case_about(ad, message=messages[4], author=bilal.id, why=EvidenceWhy.report)
    (kept,) = await evidence_of(case)
    assert kept.body == "l’insulte"
    assert [line.words for line in kept.around] == ["deux", "trois", "quatre", "l’insulte", "six", "sept"]
    assert [line.words for line in kept.around if line.is_judged] == ["l’insulte"]
    assert [line.name for line in kept.around[3:5]] == ["Bilal", "Anne"]
    stored = json.loads(await database.value("SELECT content::text FROM evidence"))
    assert "huit" not in json.dumps(stored)
    await keep_evidence(case, EvidenceWhy.report)
    assert len(await evidence_of(case)) == 1


async def test_a_photo_outlives_its_ad_as_long_as_it_is_evidence_and_no_longer(anne):
    ad = await published(anne)
    photo, other = await with_photo(ad), await with_photo(await published(anne))
    case = await case_about(ad)
    await drop_photos([photo, other])
    await run_jobs()
    assert all(photo_file(photo, size).is_file() for size in Size)
    assert not photo_file(other, Size.thumb).exists()

    await forget_evidence([case])
    await run_jobs()
    assert not any(photo_file(photo, size).exists() for size in Size)


@pytest.mark.commits
async def test_a_photo_dropped_while_its_ad_is_being_reported_stays(anne):
    ad = await published(anne)
    photo = await with_photo(ad)
    taken, may_end = asyncio.Event(), asyncio.Event()

    async def report() -> None:
        async with transaction():
            await case_about(ad)
            taken.set()
            await may_end.wait()

    async def drop() -> None:
        async with transaction():
            await drop_photos([photo])

    async with asyncio.timeout(60), asyncio.TaskGroup() as both:
        both.create_task(report())
        await taken.wait()
        dropping = both.create_task(drop())
        await until(somebody_waits)
        assert not dropping.done()
        may_end.set()
    await run_jobs()
    assert await database.value("SELECT count(*) FROM photo") == 0
    assert photo_file(photo, Size.large).is_file()


async def test_forgetting_the_evidence_leaves_the_photo_of_an_ad_that_still_shows_it(anne):
    ad = await published(anne)
    photo = await with_photo(ad)
    await forget_evidence([await case_about(ad)])
    await run_jobs()
    assert photo_file(photo, Size.large).is_file()


async def test_a_photo_gone_before_the_report_is_not_claimed_to_be_there(anne):
    ad = await published(anne)
    photo = await with_photo(ad)
    await database.execute("DELETE FROM photo WHERE id = $1", photo)
    (kept,) = await evidence_of(await case_about(ad))
    assert kept.photos == ()


async def test_moderators_in_scope_see_a_photo_the_ad_no_longer_has_and_nobody_else_does(
    browser, anne, bilal, chloe, farid
):
    ad = await published(anne)
    photo = await with_photo(ad)
    case, elsewhere = await case_about(ad), await case_about(await published(anne))
    await drop_photos([photo])
    await run_jobs()
    path = f"/moderation/dossiers/{case}/photos/{photo}"
    for who, status in ((chloe, 200), (farid, 404), (anne, 403), (bilal, 403)):
        await browser.sign_in(who)
        assert (await browser.get(f"{path}/thumb")).status_code == status, who.first_name
    await browser.sign_in(chloe)
    shown = await browser.get(f"{path}/large")
    assert (shown.content, shown.headers["cache-control"]) == (b"RIFF", "private, no-store")
    assert (await browser.get(f"/photos/{photo}/thumb")).status_code == 404
    assert (await browser.get(f"{path}/original")).status_code == 404
    assert (await browser.get(f"/moderation/dossiers/{elsewhere}/photos/{photo}/thumb")).status_code == 404


@pytest.mark.parametrize(
    ("status", "path", "is_there"), [("published", "/annonces/{}", True), ("pending", "/annonces/{}", False)]
)
async def test_a_thing_says_whether_others_read_it_now(anne, status, path, is_there):
    ad = await (published if status == "published" else pending)(anne)
    thing = await thing_of(await case_about(ad))
    assert (thing.path, thing.is_there, thing.author) == (path.format(ad.id), is_there, anne.id)
