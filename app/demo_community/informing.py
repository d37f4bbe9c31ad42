"""Whom the demo's members may ask, and who answers."""

import tomllib
from pathlib import Path

from app import database
from contacts.directory.keeping import add
from contacts.directory.typed import content_of
from members.me import Me

FILE = Path(__file__).parent / "contacts.toml"


async def list_contacts(cast: dict[str, Me]) -> None:
    """Takes the caller's transaction."""
    for typed in tomllib.loads(FILE.read_text(encoding="utf-8"))["contact"]:
        account = typed.pop("account", None)
        content, errors = content_of({name: said.strip() for name, said in typed.items()}, {})
        if content is None:
            raise ValueError(f"{typed['name']}: {errors}")
        contact = await add(content, cast["denis"].id)
        if account:
            await database.execute("UPDATE contact SET member = $2 WHERE id = $1", contact, cast[account].id)
