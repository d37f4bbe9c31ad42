"""Exchanges of the cast: an ad that was answered, ended, and the words that follow."""

from typing import Any
from uuid import UUID

import httpx

from app import database
from listings.tables import Listing
from members.tables import Member
from tests.helpers.ads import published
from tests.helpers.browser import Browser, words
from tests.helpers.talks import answered

HERS, HIS = "Merci Bilal, le canapé est en haut !", "Avec plaisir, votre café était bon."


async def answered_ad(author: Member, *helpers: Member, category: str = "helping_hand", **given: Any) -> Listing:
    """An ad online that each helper answered."""
    ad = await published(author, category, **given)
    for helper in helpers:
        await answered(ad.id, helper.id)
    return ad


async def end(browser: Browser, ad: Listing, *helped: Member, **fields: Any) -> httpx.Response:
    """Its author says that it is settled and who helped."""
    given = {"outcome": "fulfilled", "helped": [str(one.id) for one in helped], **fields}
    return await browser.submit(f"/annonces/{ad.id}/cloture", **given)


async def exchange_of(ad: Listing) -> UUID:
    return await database.value("SELECT id FROM help WHERE listing = $1 ORDER BY at DESC LIMIT 1", ad.id)


async def helped_ad(browser: Browser, author: Member, helper: Member, **given: Any) -> UUID:
    """An exchange between the two: the ad is settled, no word is written yet."""
    ad = await answered_ad(author, helper, **given)
    await browser.sign_in(author)
    assert (await end(browser, ad, helper)).status_code == 303
    return await exchange_of(ad)


async def writes(browser: Browser, writer: Member, exchange: UUID, word: str = "", **fields: Any) -> httpx.Response:
    await browser.sign_in(writer)
    return await browser.submit(f"/mercis/ecrire/{exchange}", word=word, **fields)


async def mercis(browser: Browser, member: Member) -> str:
    """The page of thanks, as this member reads it."""
    await browser.sign_in(member)
    return words(await browser.get("/mercis"))


async def families(member: Member) -> int:
    return await database.value("SELECT families_helped FROM member WHERE id = $1", member.id)


async def word_of(writer: Member) -> Any:
    """The latest word of a member, as a row."""
    return await database.row("SELECT * FROM thanks WHERE from_member = $1 ORDER BY written_at DESC LIMIT 1", writer.id)


async def fourteen_days_later(exchange: UUID) -> None:
    await database.execute("UPDATE help SET at = at - interval '14 days 1 hour' WHERE id = $1", exchange)
    await database.execute(
        "UPDATE thanks SET opens_at = opens_at - interval '14 days 1 hour' WHERE help = $1", exchange
    )


async def helping(listing: UUID, helper: Member, helped: Member) -> UUID:
    """Somebody helped somebody, as it stands."""
    return await database.value(
        "INSERT INTO help (listing, helper, helped, about, is_service, at)"
        " SELECT id, $2, $3, title, category <> 'classifieds', now() FROM listing WHERE id = $1 RETURNING id",
        listing,
        helper.id,
        helped.id,
    )


async def word_of_thanks(exchange: UUID, writer: Member, to: Member, body: str, state: str) -> UUID:
    """A word of thanks, as it stands."""
    return await database.value(
        "INSERT INTO thanks (help, from_member, to_member, body, private_line, is_problem, state, written_at, opens_at,"
        " published_at) VALUES ($1, $2, $3, $4, '', FALSE, $5::text, now(), now() + interval '14 days',"
        " CASE WHEN $5::text = 'published' THEN now() END) RETURNING id",
        exchange,
        writer.id,
        to.id,
        body,
        state,
    )
