"""What a search page costs besides the engine: the same pages with an engine that answers from memory."""

import asyncio
from time import process_time

import httpx
from msgspec.structs import replace

from app import database
from app.site import create_app
from members.sessions import cookie_name, start_session
from search import engine as chosen
from search.contract import Answer, Query

WORDS = ("garde chat", "velo", "perceuse jardin", "trajet ecole", "livres anglais")
TIMES = 40


class Replay:
    """Keeps each answer of the real engine and gives it again."""

    name = "replay"
    needs_rebuild = False

    def __init__(self, real: chosen.Engine) -> None:
        self._real = real
        self._kept: dict[Query, Answer] = {}

    async def search(self, query: Query) -> Answer:
        asked = replace(query, alive_at=None)  # each question says when it is asked
        if asked not in self._kept:
            self._kept[asked] = await self._real.search(query)
        return self._kept[asked]


async def measured() -> tuple[float, float]:
    """Milliseconds of CPU of a search page without the engine, and of the engine alone (median took_ms)."""
    app = create_app()
    async with app.lifespan():
        while chosen.engine().needs_rebuild:
            await asyncio.sleep(0.1)
        replay = Replay(chosen.engine())
        member = await database.value("SELECT id FROM member LIMIT 1")
        cookies = {cookie_name(): (await start_session(member)).value or ""}
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", cookies=cookies) as client:
            chosen.use(replay)  # type: ignore[arg-type]
            for words in WORDS:
                await client.get("/annonces", params={"q": words})
            began = process_time()
            for turn in range(TIMES * len(WORDS)):
                await client.get("/annonces", params={"q": WORDS[turn % len(WORDS)]})
            page = (process_time() - began) / (TIMES * len(WORDS)) * 1000
            began = process_time()
            for _ in range(TIMES * len(WORDS)):
                await client.get("/charte-inconnue")
            client_alone = (process_time() - began) / (TIMES * len(WORDS)) * 1000
        took = sorted(answer.took_ms for answer in replay._kept.values())
        return max(page - client_alone, 0), took[len(took) // 2]


if __name__ == "__main__":
    own, engine = asyncio.run(measured())
    print(f"{own:.2f} {engine:.2f}")
