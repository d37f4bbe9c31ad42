from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database
from moderation.piccolo_migrations.stakes_in_appeals import CONTESTED, PARTIES
from moderation.piccolo_migrations.stakes_of_overturned_judges import OVERTURNED

ID = "2026-11-22T15:35:27:935636"
VERSION = "1.38.0"
DESCRIPTION = "A measure confirmed after the appeal was over is contested by itself, before another judge again"

# Who judged the decision once does not judge the measure that came of it. Only the later appeal is not theirs.
JUDGED_EARLIER = """
        OR EXISTS (
            SELECT FROM appeal JOIN appeal earlier ON earlier.decision = appeal.decision
                AND earlier.opened_at < appeal.opened_at
            WHERE appeal."case" = judged.id AND appeal.sanction IS NOT NULL AND earlier.judged_by = who)
"""
FORWARDS = f"""
ALTER TABLE appeal DROP CONSTRAINT once_per_person, DROP CONSTRAINT of_that_judgement;
ALTER TABLE appeal ADD CONSTRAINT once_per_person UNIQUE NULLS NOT DISTINCT (decision, appellant, sanction);
ALTER TABLE appeal ADD CONSTRAINT of_that_judgement FOREIGN KEY (decision, first_judge, until)
    REFERENCES decision (id, moderator, appeal_until) ON UPDATE CASCADE ON DELETE CASCADE;
CREATE UNIQUE INDEX measure_of_member ON sanction (id, decision, member);
ALTER TABLE appeal ADD CONSTRAINT of_their_measure FOREIGN KEY (sanction, decision, appellant)
    REFERENCES sanction (id, decision, member) ON DELETE CASCADE;
{PARTIES}{CONTESTED}{OVERTURNED}{JUDGED_EARLIER}$$;
"""
BACKWARDS = f"""
{PARTIES}{CONTESTED}{OVERTURNED}$$;
DELETE FROM moderation_case USING appeal WHERE appeal."case" = moderation_case.id AND appeal.sanction IS NOT NULL;
ALTER TABLE appeal DROP CONSTRAINT of_their_measure, DROP CONSTRAINT of_that_judgement, DROP CONSTRAINT once_per_person;
DROP INDEX measure_of_member;
ALTER TABLE appeal ADD CONSTRAINT of_that_judgement FOREIGN KEY (decision, first_judge, until)
    REFERENCES decision (id, moderator, appeal_until) ON DELETE CASCADE;
ALTER TABLE appeal ADD CONSTRAINT once_per_person UNIQUE (decision, appellant);
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
