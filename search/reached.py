"""Where what was found is read."""

from collections.abc import Collection

from app import database


async def addresses(ids: Collection[str]) -> dict[str, str]:
    """The address of each document of these ids: its own, or the page of the ad it is."""
    if not ids:
        return {}
    found = await database.rows("SELECT id, path FROM search_document WHERE id = ANY($1)", list(ids))
    return {row["id"]: row["path"] or f"/annonces/{row['id']}" for row in found}
