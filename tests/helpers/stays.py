"""Confirmed exchanges of the cast: Anne in Brest and Bilal in Toulon swap their houses, so many days from now."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import httpx

from app import database
from members.tables import Member
from tests.helpers.ads import in_days
from tests.helpers.browser import Browser
from tests.helpers.homes import a_home
from tests.helpers.swaps import confirmed, host

DOOR = "12 rue des Embruns\n29200 Brest"
WAY_IN = "Deuxième étage, la clé est chez la voisine."
HERS = {
    "full_name": "Anne Le Bris",
    "telephone": "06 12 34 56 78",
    "mail": "anne@exemple.test",
    "other_way": "La messagerie libre, au même numéro",
    "door": DOOR,
    "way_in": WAY_IN,
}
BOOKLET = "## Arriver\nLa clé est dans la boîte.\n\n- **Wifi** : Embruns\n- Compteur : sous l’évier"


class Swapped(NamedTuple):
    """`at_hers` is the stay of Bilal in Anne's home, `at_his` hers in his."""

    id: UUID
    at_hers: UUID
    at_his: UUID

    @property
    def path(self) -> str:
        return f"/echanges/{self.id}"

    @property
    def her_door(self) -> str:
        return f"{self.path}/sejours/{self.at_hers}/adresse"

    @property
    def her_booklet(self) -> str:
        return f"{self.path}/sejours/{self.at_hers}/livret"


async def swapped(anne: Member, bilal: Member, *, starts: int = 10, nights: int = 7) -> Swapped:
    """Confirmed by both; they arrive in `starts` days (past when negative)."""
    hers, his = await host(anne, 6), await host(bilal, 6, commune="83137")
    swap = await confirmed(hers, his)
    await on_days(swap, in_days(starts), in_days(starts + nights))
    return Swapped(swap, await _stay(swap, bilal), await _stay(swap, anne))


async def on_days(swap: UUID, first: date, last: date) -> None:
    """As if these were the days all agreed to."""
    await database.execute("UPDATE stay SET first = $2, last = $3 WHERE swap = $1", swap, first, last)
    await database.execute("UPDATE engagement SET first = $2, last = $3 WHERE swap = $1", swap, first, last)


async def _stay(swap: UUID, guest: Member) -> UUID:
    return await database.value("SELECT id FROM stay WHERE swap = $1 AND guest = $2", swap, guest.id)


async def gives_card(browser: Browser, member: Member, **given: Any) -> httpx.Response:
    """Her card unless told otherwise, by the form."""
    await browser.sign_in(member)
    return await browser.submit("/moi/echanges/coordonnees", **{**HERS, **given})


async def writes_booklet(browser: Browser, member: Member, words: str = BOOKLET) -> httpx.Response:
    await browser.sign_in(member)
    return await browser.submit("/moi/echanges/livret", words=words)


async def readings(stay: UUID) -> int:
    return await database.value("SELECT count(*) FROM door_reading WHERE stay = $1", stay)


async def some_stays(anne: Member, bilal: Member) -> dict[str, UUID]:
    """Anne goes to Bilal's tomorrow and he comes to hers: doors and booklets are open, hers was read, both prepared."""
    hers, his = await _home(anne), await _home(bilal)
    swap = await database.value(
        "INSERT INTO swap (form, origin, state, score, version, proposed_at, answer_by, accepted_at, confirmed_at)"
        " VALUES ('pair', 'matched', 'confirmed', 80, 1, now(), now(), now(), now()) RETURNING id"
    )
    for place, member, home in ((0, anne, hers), (1, bilal, his)):
        await database.execute(
            "INSERT INTO swap_party (swap, member, home, place, answer, agreed_version)"
            " VALUES ($1, $2, $3, $4, 'accepted', 1)",
            swap,
            member.id,
            home,
            place,
        )
    visit, welcome = [
        await database.value(
            "INSERT INTO stay (swap, guest, host, home, first, last, days) VALUES ($1, $2, $3, $4, $5, $6, '{}')"
            " RETURNING id",
            swap,
            guest.id,
            there.id,
            home,
            in_days(1),
            in_days(8),
        )
        for guest, there, home in ((anne, bilal, his), (bilal, anne, hers))
    ]
    for member, home in ((anne, hers), (bilal, his)):
        await database.execute(
            "INSERT INTO contact_card (member, full_name, telephone, mail, other_way, door, way_in, written_at)"
            " VALUES ($1, $2, '+33612345678', $3, 'Signal', $4, $5, now())",
            member.id,
            f"{member.first_name} Le Bris",
            f"{member.first_name.lower()}@exemple.test",
            DOOR,
            WAY_IN,
        )
        await database.execute(
            "INSERT INTO welcome_booklet (home, words, written_at) VALUES ($1, $2, now())", home, BOOKLET
        )
        await database.execute(
            "INSERT INTO stay_ticked (swap, member, item, ticked_at) VALUES ($1, $2, 'insurer', now())",
            swap,
            member.id,
        )
    await database.execute("INSERT INTO door_reading (stay, reader, read_at) VALUES ($1, $2, now())", welcome, bilal.id)
    await database.execute(
        "INSERT INTO contact_withheld (swap, member, part, since) VALUES ($1, $2, 'ways', now())", swap, anne.id
    )
    await database.execute(
        "INSERT INTO stay_reminder (swap, member, first, step, sent_at) VALUES ($1, $2, $3, '14', now())",
        swap,
        anne.id,
        in_days(1),
    )
    return {"confirmed": swap, "visit": visit}


async def _home(member: Member) -> UUID:
    found: UUID | None = await database.value(
        "SELECT id FROM listing WHERE author = $1 AND category = 'home' AND status = 'published'", member.id
    )
    return found or (await a_home(member)).id
