from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T06:30:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "One living code per body; sessions by last use"

FORWARDS = """
CREATE UNIQUE INDEX one_living_code_per_body ON joining_code (body) WHERE revoked_at IS NULL;
CREATE INDEX session_by_use ON member_session (seen_at);
CREATE INDEX role_by_kind ON role (kind);
"""
BACKWARDS = """
DROP INDEX one_living_code_per_body, session_by_use, role_by_kind;
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
