"""The moderators' desk with a long queue: its first page, and a decision with the case that comes next."""

import asyncio
import re
from statistics import median
from time import perf_counter

import httpx
from litestar.middleware.csrf import generate_csrf_token

from app import database
from app.migrating import migrate
from app.settings import settings
from app.site import create_app
from benchmarks.community import fill
from members.sessions import cookie_name, start_session
from members.signing_in import csrf_cookie

FEW, MANY = 100, 10_000
"""Open cases."""
PAGES, DECISIONS = 100, 40
MODERATOR = "m1@banc.test"


async def measured() -> dict[str, float]:
    """Milliseconds (p50) by what was asked and how many cases were open."""
    await migrate()
    await fill(1_000)
    app, found = create_app(), {}
    async with app.lifespan():
        cookies = await _moderator()
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", cookies=cookies) as client:
            await _open(FEW)
            await _decisions(client)  # what a process keeps after the first time is kept
            for cases in (FEW, MANY):
                await _open(cases)
                found[f"first page, {cases}"] = median([await _timed(client, "/moderation") for _ in range(PAGES)])
                found[f"decision, {cases}"] = median(await _decisions(client))
        await database.execute("DELETE FROM listing WHERE title LIKE 'Dossier n° %'")
    return found


async def _moderator() -> dict[str, str]:
    member = await database.value("SELECT id FROM member WHERE email = $1", MODERATOR)
    await database.execute(
        "INSERT INTO role (member, kind, granted_at) VALUES ($1, 'moderator', now()) ON CONFLICT DO NOTHING", member
    )
    session = (await start_session(member)).value or ""
    return {cookie_name(): session, csrf_cookie(): generate_csrf_token(settings().secret)}


async def _open(cases: int) -> None:
    """As many ads that wait, each with its open case; those of before are gone."""
    await database.execute("DELETE FROM listing WHERE title LIKE 'Dossier n° %'")
    await database.execute(
        "INSERT INTO listing (author, category, kind, status, title, body, details, photos, department, region,"
        " commune, created_at, updated_at, submitted_at) SELECT (array_agg(m.id))[1], 'helping_hand', 'request',"
        " 'pending', 'Dossier n° ' || n, 'Bonjour, quelqu’un pour ' || n || ' cartons ?', '{\"task\": \"moving\"}',"
        " '{}', '29', '53', '29019', now(), now(), now() FROM generate_series(1, $1) n"
        " JOIN member m ON m.email = 'm' || (2 + n % 900) || '@banc.test' GROUP BY n",
        cases,
    )
    await database.execute(
        "INSERT INTO moderation_case (kind, listing, author, category, department, risk, due_at, press_at, findings,"
        " likeness, opened_at, version) SELECT 'listing', id, author, category, department, 0,"
        " now() + interval '1 day', now() + interval '1 day' + random() * interval '1 day', '[]', md5(id::text),"
        " now(), 1 FROM listing WHERE title LIKE 'Dossier n° %'"
    )
    await database.execute("ANALYZE moderation_case, listing")


async def _timed(client: httpx.AsyncClient, path: str) -> float:
    began = perf_counter()
    answer = await client.get(path)
    answer.raise_for_status()
    return (perf_counter() - began) * 1000


async def _decisions(client: httpx.AsyncClient) -> list[float]:
    """Of each: the form sent, and the next case on the screen."""
    queue = (await client.get("/moderation")).text
    (first,) = re.findall(r"/moderation/dossiers/[\w-]{36}", queue)[:1]
    page = await _sent(client, f"{first}/prise", {})
    took = []
    for _ in range(DECISIONS):
        fields = dict(re.findall(r'name="(version|ad_version)" value="(\d+)"', page.text))
        began = perf_counter()
        page = await _sent(client, f"{page.url.path}/decision", {**fields, "kind": "approve"})
        took.append((perf_counter() - began) * 1000)
    return took


async def _sent(client: httpx.AsyncClient, path: str, fields: dict[str, str]) -> httpx.Response:
    token = client.cookies[csrf_cookie()]
    answer = await client.post(path, data=fields, headers={"x-csrftoken": token})
    if answer.status_code != 303:
        raise RuntimeError(f"{path}: {answer.status_code}")
    shown = await client.get(answer.headers["location"])
    shown.raise_for_status()
    return shown


if __name__ == "__main__":
    figures = asyncio.run(measured())
    print(" ".join(f"{value:.2f}" for value in figures.values()))
