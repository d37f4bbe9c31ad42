"""A week before the end the author is asked, once; the e-mail says nothing of the ad."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from app import database
from app.settings import settings
from listings.life.passing import let_time_pass
from listings.life.reminding import mail_about_the_end, remind_authors
from listings.life.renewing import renew
from listings.schedules.schedule import Schedule, Slot
from tests.helpers.ads import closed, draft, in_days, pending, published
from tests.helpers.cases import told
from tests.helpers.codes import empty_mailbox, letters_to
from tests.helpers.jobs import run_jobs, waiting_jobs

ENDS_IN_FIVE_DAYS = timedelta(days=55)


@pytest.fixture(autouse=True)
def mailbox(undo):
    empty_mailbox()
    yield
    empty_mailbox()


async def ending(author, category="childcare", ago=ENDS_IN_FIVE_DAYS, **given):
    return await published(author, category, published_at=datetime.now(UTC) - ago, **given)


async def test_the_author_is_told_on_the_site_and_by_one_letter(anne):
    ad = await ending(anne)

    assert await remind_authors() == 1
    await run_jobs()

    assert await told(anne) == [("listing_ending", f"/annonces/{ad.id}")]
    (letter,) = letters_to(anne.email)
    links = re.findall(re.escape(settings().site_url) + r"/lien/annonce/\S+", letter.get_content())
    assert len(set(links)) == 3


async def test_the_letter_says_nothing_of_the_ad(anne):
    ad = await ending(anne, title="Garde de deux enfants le mercredi")
    await remind_authors()
    await run_jobs()
    (letter,) = letters_to(anne.email)
    whole = re.sub(r"https://\S+", "", f"{letter['Subject']} {letter.get_content()}").lower()
    whole = re.sub(r"publiée le \d+(er)? \w+", "", whole)
    for secret in ("anne", "garde", "enfant", "mercredi", "brest", "29", str(ad.id), "childcare"):
        assert secret not in whole, secret
    assert not re.search(r"\d", whole)


async def test_once_for_each_term_however_often_the_job_runs(anne):
    ad = await ending(anne)
    assert [await remind_authors(), await remind_authors()] == [1, 0]
    await let_time_pass()
    assert [name for name, _ in await waiting_jobs()].count("listings.mail_ending") == 1

    await renew(ad.id, anne.id)
    await database.execute(
        "UPDATE listing SET expires_at = now() + interval '2 days', renewed_at = now() - interval"
        " '58 days' WHERE id = $1",
        ad.id,
    )
    assert await remind_authors() == 1


async def test_who_published_for_a_few_days_is_not_asked(anne):
    await ending(anne, ago=timedelta(days=6), schedule=Schedule(slots=(Slot(in_days(5)),)))
    assert await remind_authors() == 0


async def test_neither_far_from_the_end_nor_after_it_nor_what_is_not_online(anne):
    await ending(anne, ago=timedelta(days=52))
    await ending(anne, ago=timedelta(days=61))
    await ending(anne, "tips")
    for make in (draft, pending, closed):
        ad = await make(anne)
        await database.execute("UPDATE listing SET expires_at = now() + interval '3 days' WHERE id = $1", ad.id)
    assert await remind_authors() == 0


async def test_no_letter_for_what_was_settled_meanwhile(anne):
    ad = await ending(anne)
    await remind_authors()
    await renew(ad.id, anne.id)
    await run_jobs()
    assert not letters_to(anne.email)


async def test_no_letter_for_what_is_gone(anne):
    ad = await ending(anne)
    await remind_authors()
    await database.execute("DELETE FROM listing WHERE id = $1", ad.id)
    await run_jobs()
    assert not letters_to(anne.email)
    await mail_about_the_end(ad.id, 0, datetime.now(UTC))


async def test_many_are_reminded_a_bounded_number_at_once(anne, bilal, monkeypatch):
    monkeypatch.setattr("listings.life.reminding.AT_ONCE", 2)
    for author in (anne, bilal, anne, bilal, anne):
        await ending(author)
    assert await remind_authors() == 5
    assert len(await told(anne)) == 3


async def test_prolonging_settles_the_news(anne):
    ad = await ending(anne)
    await remind_authors()
    await renew(ad.id, anne.id)
    assert await database.value("SELECT read_at IS NOT NULL FROM notification WHERE member = $1", anne.id)
