from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T09:11:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "One person per seat, one seat per person and slot; who is asked and until when"

FORWARDS = """
CREATE UNIQUE INDEX one_person_per_seat ON commitment (listing, slot, seat) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_seat_per_person ON commitment (listing, slot, helper) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX one_turn_per_answer ON answer (listing, turn) WHERE state IN ('listed', 'asked');
CREATE INDEX answer_asked ON answer (asked_until) WHERE state = 'asked';
CREATE UNIQUE INDEX one_asked_at_a_time ON slot_call (release) WHERE circle = 'rota' AND said IS NULL;
CREATE INDEX call_open ON slot_call (until) WHERE said IS NULL;
"""
BACKWARDS = """
DROP INDEX one_person_per_seat, one_seat_per_person, one_turn_per_answer, answer_asked, one_asked_at_a_time, call_open;
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
