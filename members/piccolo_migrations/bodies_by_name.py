from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T06:50:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Bodies in the order of their names, accents and capitals apart; members by week"

# No extension for accents is at hand, and `lower` leaves É alone under the C locale.
FORWARDS = """
CREATE FUNCTION folded_name(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN lower(translate(name,
    'ÀÂÄÁÃÅàâäáãåÇçÈÊËÉèêëéÌÎÏÍìîïíÑñÒÔÖÓÕòôöóõÙÛÜÚùûüúŸÿ’‑–—',
    'aaaaaaaaaaaacceeeeeeeeiiiiiiiinnoooooooooouuuuuuuuyy''---'));
CREATE INDEX body_by_name ON body (folded_name(name) COLLATE "C", id);
CREATE INDEX member_by_joining ON member (joined_at);
"""
BACKWARDS = """
DROP INDEX body_by_name, member_by_joining;
DROP FUNCTION folded_name;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="members", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
