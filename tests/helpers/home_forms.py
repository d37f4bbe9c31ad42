"""The sheet of a home as a member fills it in, step by step."""

from typing import Any

import asyncpg
import httpx

from app import database
from members.tables import Member
from tests.helpers.browser import Browser
from tests.helpers.homes import BODY

HERE = "/moi/logement"
STEPS: dict[str, dict[str, Any]] = {
    "logement": {"home_kind": "house", "settings": ["sea", "town"], "title": "Maison près de la plage", "body": BODY},
    "couchages": {"sleeps": "5", "bedrooms": "2", "double": "1", "single": "3", "amenities": ["wifi", "cot"]},
    "regles": {"access": ["step_free"], "pets_welcome": "on", "house_rules": "Chaussures à l’entrée."},
    "photos": {},
    "statut": {"occupancy": "owner", "commune": "Brest (29)"},
}
WHOLE = {name: value for step in STEPS.values() for name, value in step.items()}


async def fill(browser: Browser, step: str, do: str = "next", **changed: Any) -> httpx.Response:
    """Sends one step; a field changed to None is left out."""
    fields = {name: value for name, value in {**STEPS[step], **changed}.items() if value is not None}
    return await browser.submit(f"{HERE}/etape/{step}", **fields, do=do)


async def filled_in(browser: Browser, **changed: Any) -> httpx.Response:
    """Begins a home and fills in every step; the answer to the last."""
    await browser.submit(HERE)
    answer = None
    for step, fields in STEPS.items():
        given = {name: value for name, value in changed.items() if name in fields}
        answer = await fill(browser, step, **given)
        assert answer.status_code == 303, answer.text
    assert answer is not None
    return answer


async def home_of(member: Member) -> asyncpg.Record:
    """The row of the home they began last."""
    found = await database.row(
        "SELECT * FROM listing WHERE author = $1 AND category = 'home' ORDER BY created_at DESC, id LIMIT 1", member.id
    )
    assert found is not None
    return found
