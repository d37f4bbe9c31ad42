"""How many there are of what a test looks for."""

from app import database


async def logged(action: str) -> int:
    return await database.value("SELECT count(*) FROM audit_entry WHERE action = $1", action)


async def count(table: str) -> int:
    return await database.value(f"SELECT count(*) FROM {table}")
