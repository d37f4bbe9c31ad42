from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T09:27:18:700000"
VERSION = "1.38.0"
DESCRIPTION = "What is due for released days; one person for a single day of a seat; who comes on a day"

FORWARDS = """
CREATE INDEX release_due ON slot_release (due_at) WHERE due_at IS NOT NULL;
CREATE UNIQUE INDEX one_person_per_single_day ON commitment (listing, slot, seat) WHERE ended_at = agreed_at;
CREATE INDEX commitment_of_slot ON commitment (slot, listing);
"""
BACKWARDS = """
DROP INDEX release_due, one_person_per_single_day, commitment_of_slot;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="answers", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
