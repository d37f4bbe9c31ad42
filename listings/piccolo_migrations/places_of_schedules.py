from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T11:40:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "How many places there are in ads written before places were counted: quantity times days or dates"

FORWARDS = """
UPDATE listing SET places = quantity * greatest(1, CASE
    WHEN jsonb_typeof(schedule->'weekly') = 'object' THEN jsonb_array_length(schedule->'weekly'->'days')
    WHEN jsonb_typeof(schedule->'slots') = 'array'
        THEN (SELECT count(DISTINCT slot->>'on') FROM jsonb_array_elements(schedule->'slots') slot)
    ELSE 1 END)
WHERE reserved = 0;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    """What was counted stays counted."""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="listings", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
