from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T14:05:39:400000"
VERSION = "1.38.0"
DESCRIPTION = "Whoever knows a party of a case has a stake in it; what is to be erased is found by an index"

FORWARDS = """
CREATE OR REPLACE FUNCTION has_stake(who uuid, judged moderation_case) RETURNS boolean STABLE LANGUAGE sql AS $$
    SELECT EXISTS (
        SELECT FROM (
            SELECT judged.author AS member
            UNION ALL SELECT author FROM listing WHERE id = judged.listing
            UNION ALL SELECT reporter FROM report WHERE "case" = judged.id
            UNION ALL SELECT member FROM notice WHERE "case" = judged.id AND member IS NOT NULL
            UNION ALL SELECT to_member FROM thanks WHERE id = judged.thanks
            UNION ALL SELECT unnest(ARRAY[c.author, c.helper]) FROM message JOIN conversation c
                ON c.id = message.conversation WHERE message.id = judged.message
            UNION ALL SELECT appellant FROM appeal WHERE "case" = judged.id
        ) party
        WHERE party.member = who
            OR EXISTS (SELECT FROM moderator_tie t WHERE t.moderator = who AND t.member = party.member)
    )
        OR EXISTS (SELECT FROM appeal WHERE "case" = judged.id AND first_judge = who)
        OR EXISTS (SELECT FROM appeal JOIN sanction ON sanction.decision = appeal.decision
            WHERE appeal."case" = judged.id AND sanction.confirmed_by = who)
$$;
CREATE INDEX removal_to_erase ON decision (appeal_until) WHERE kind = 'remove' AND overturned_at IS NULL;
CREATE INDEX case_to_forget ON moderation_case (closed_at) WHERE closed_at IS NOT NULL;
"""
BACKWARDS = """
DROP INDEX removal_to_erase, case_to_forget;
CREATE OR REPLACE FUNCTION has_stake(who uuid, judged moderation_case) RETURNS boolean STABLE LANGUAGE sql AS $$
    SELECT who = judged.author
        OR EXISTS (SELECT FROM listing WHERE id = judged.listing AND author = who)
        OR EXISTS (SELECT FROM report WHERE "case" = judged.id AND reporter = who)
        OR EXISTS (SELECT FROM notice WHERE "case" = judged.id AND member = who)
        OR EXISTS (SELECT FROM thanks WHERE id = judged.thanks AND to_member = who)
        OR EXISTS (SELECT FROM message JOIN conversation ON conversation.id = message.conversation
            WHERE message.id = judged.message AND who IN (conversation.author, conversation.helper))
        OR EXISTS (SELECT FROM appeal WHERE "case" = judged.id AND who IN (appellant, first_judge))
        OR EXISTS (SELECT FROM appeal JOIN sanction ON sanction.decision = appeal.decision
            WHERE appeal."case" = judged.id AND sanction.confirmed_by = who)
        OR EXISTS (SELECT FROM moderator_tie t WHERE t.moderator = who AND (t.member = judged.author
            OR t.member = (SELECT author FROM listing WHERE id = judged.listing)
            OR EXISTS (SELECT FROM report WHERE "case" = judged.id AND reporter = t.member)))
$$;
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
