"""Fifty people sign in at the same moment, each from their own address, with a password that is not theirs.

A process of its own, so that the load it makes does not slow who measures the list meanwhile.
"""

import asyncio
import os
import re

import httpx

from benchmarks.processes import PORT

PEOPLE = 50


async def main() -> None:
    """Prints how many were answered as they should. Gives way to the server: people's machines are not its cores."""
    os.nice(10)
    answered = await asyncio.gather(*(_one(number) for number in range(1, PEOPLE + 1)))
    print(sum(answered))


async def _one(number: int) -> bool:
    headers = {"x-forwarded-for": f"10.1.0.{number}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}", timeout=60, headers=headers) as client:
        token = re.search(r'name="_csrf_token" value="([^"]+)"', (await client.get("/connexion")).text)
        form = {"_csrf_token": token[1] if token else "", "email": f"m{number}@banc.test", "password": "pas le bon mot"}
        return (await client.post("/connexion", data=form)).status_code == 422


if __name__ == "__main__":
    asyncio.run(main())
