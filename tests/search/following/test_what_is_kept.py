"""What can be found follows each change in its own transaction: appearing, changing, ending, hidden, erased."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app import database
from app.database import transaction
from app.dates import now
from app.piccolo_conf import DB
from listings.kinds import Outcome
from listings.life.closing import close_listing
from listings.life.expiring import expire_ads
from listings.writing.editing import edit
from moderation.sanctions.following import follow
from search.documents.ads import Ads
from search.following.authors import hide_author, keep_author
from search.following.deriving import derive_all
from search.keeping import found_by, keep_indexed
from tests.helpers.ads import content, draft, pending, published
from tests.helpers.homes import a_home
from tests.helpers.jobs import index_follows, run_jobs
from tests.helpers.sanctions import over, taken
from tests.moderation.cases.people import as_me, moderating
from tests.search.engines.ads import ad


async def row(listing: Any) -> Any:
    return await database.row("SELECT * FROM search_document WHERE id = $1", str(listing.id))


async def test_an_ad_is_there_from_the_very_change_that_publishes_it(anne):
    listing = await published(anne, "classifieds", title="Poussette pliante", price_cents=None)
    kept = await row(listing)
    assert (kept["title"], kept["type"], kept["department"], kept["is_gone"]) == (
        "Poussette pliante",
        "listing",
        "29",
        False,
    )
    assert kept["indexed"] is None
    assert kept["author"] == anne.id


async def test_what_is_not_online_is_not_there(anne):
    for listing in (await draft(anne), await pending(anne)):
        await keep_indexed(listing.id)
        assert await row(listing) is None


async def test_a_change_gives_a_new_version_and_no_change_none(anne):
    listing = await published(anne, title="Garde le mercredi")
    first = (await row(listing))["version"]
    await keep_indexed(listing.id)
    assert (await row(listing))["version"] == first
    await edit(listing.id, as_me(anne), content(title="Garde le jeudi"))
    changed = await row(listing)
    assert changed["version"] > first
    assert "'jeud'" in changed["found_by"] or "'jeudi'" in changed["found_by"]


async def closed(home: Any, anne: Any) -> None:
    await close_listing(home.id, as_me(anne), Outcome.withdrawn)


async def erased(home: Any, _anne: Any) -> None:
    await database.execute("DELETE FROM listing WHERE id = $1", home.id)


async def left_with_their_author(_home: Any, anne: Any) -> None:
    await database.execute("DELETE FROM member WHERE id = $1", anne.id)


async def hidden_with_their_author(_home: Any, anne: Any) -> None:
    await hide_author(anne.id)


async def found_gone_by_the_check(home: Any, _anne: Any) -> None:
    await database.execute("UPDATE listing SET expires_at = now() - interval '1 minute' WHERE id = $1", home.id)
    await derive_all([Ads()])


@pytest.mark.parametrize(
    "ends", [closed, erased, left_with_their_author, hidden_with_their_author, found_gone_by_the_check]
)
async def test_while_the_engine_is_away_nothing_is_left_of_what_is_gone_but_that_it_is(anne, ends):
    home = await a_home(anne)
    await index_follows()
    assert {"author", "commune", "lat", "traits", "sleeps", "path", "expires_at"} <= await told_by(home)
    await ends(home, anne)
    assert await told_by(home) == {"id", "type", "is_gone", "version", "indexed"}
    await index_follows()
    assert await row(home) is None


async def told_by(listing: Any) -> set[str]:
    """The columns of its row that say something."""
    nothing = (None, "", [], False, 0, datetime.fromtimestamp(0, UTC))
    return {column for column, value in (await row(listing)).items() if value not in nothing}


async def test_what_expired_says_when_and_then_goes(anne):
    listing = await published(anne)
    assert (await row(listing))["expires_at"] == listing.expires_at
    await database.execute("UPDATE listing SET expires_at = now() - interval '1 minute' WHERE id = $1", listing.id)
    await expire_ads()
    assert (await row(listing))["is_gone"]


async def test_an_erased_ad_is_gone_by_the_database_itself(anne):
    listing = await published(anne)
    await database.execute("DELETE FROM listing WHERE id = $1", listing.id)
    assert (await row(listing))["is_gone"]


async def test_the_ads_of_a_member_who_leaves_are_gone_with_them(anne):
    listing = await published(anne)
    await database.execute("DELETE FROM member WHERE id = $1", anne.id)
    assert (await row(listing))["is_gone"]


async def test_nothing_of_a_suspended_member_is_there_from_the_very_suspension_on(anne, chloe, denis):
    listing = await published(anne)
    sanction = await taken(anne, "suspension", 14, by=chloe, second=await moderating(denis))
    assert (await row(listing))["is_gone"], "before any job"
    assert await database.value("SELECT status FROM listing WHERE id = $1", listing.id) == "published"
    await keep_indexed(listing.id)
    assert (await row(listing))["is_gone"], "whatever else happens to it"
    await over(sanction)
    await follow(anne.id)
    assert not (await row(listing))["is_gone"]


async def test_who_is_suspended_no_more_is_found_again_though_nothing_was_set_aside(anne):
    listing = await published(anne)
    async with transaction():
        await hide_author(anne.id)
    assert (await row(listing))["is_gone"]
    async with transaction():
        await keep_author(anne.id)
    kept = await row(listing)
    assert not kept["is_gone"]
    assert kept["title"] == listing.title


async def test_that_its_author_helped_shows_in_all_their_ads(anne, bilal):
    listing = await published(anne)
    assert not (await row(listing))["has_helped"]
    await database.execute("UPDATE member SET families_helped = 3 WHERE id = $1", anne.id)
    async with transaction():
        await keep_author(anne.id)
    kept = await row(listing)
    assert (kept["has_helped"], kept["helpful"]) == (True, 3)


async def test_a_tip_counts_those_who_say_that_it_still_holds(browser, anne, bilal):
    tip = await published(anne, "tips")
    assert ((await row(tip))["type"], (await row(tip))["helpful"]) == ("tip", 0)
    await browser.sign_in(bilal)
    await browser.submit(f"/annonces/{tip.id}/verification", still="oui")
    assert (await row(tip))["helpful"] == 1
    await browser.submit(f"/annonces/{tip.id}/verification", still="non")
    assert (await row(tip))["helpful"] == 0


async def test_nothing_is_kept_of_a_change_that_is_undone(anne):
    with pytest.raises(ZeroDivisionError):
        async with _undone():
            await published(anne)
            raise ZeroDivisionError
    assert await database.value("SELECT count(*) FROM search_document") == 0


async def test_stems_stand_where_they_are_said_the_title_first():
    made = found_by(ad("one", "Vélo d’enfant", "Un vélo rouge."))
    assert made.startswith("'velo':1A,")
    assert "B" in made.split(" ")[0]
    long = found_by(ad("long", "Tondeuse " * 60, "gazon " * 20_000))
    assert await database.value("SELECT length($1::text::tsvector)", long) == 2, "not more than PostgreSQL keeps"


async def test_an_ad_whose_time_is_over_is_not_there_though_nobody_has_ended_it_yet(anne):
    listing = await published(anne, published_at=now() - timedelta(days=61))
    assert await row(listing) is None
    await run_jobs()
    assert await row(listing) is None


@asynccontextmanager
async def _undone() -> AsyncIterator[None]:
    """A transaction within the test's own."""
    before = await DB.current_transaction.get().savepoint()
    try:
        yield
    finally:
        await before.rollback_to()
