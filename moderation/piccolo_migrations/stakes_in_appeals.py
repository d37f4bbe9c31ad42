from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from app import database

ID = "2026-11-22T14:25:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Whoever has a stake in what was decided has one in the appeal against it"

IS_PARTY = """
    EXISTS (
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
"""
JUDGED_BEFORE = """
        OR EXISTS (SELECT FROM appeal WHERE "case" = judged.id AND first_judge = who)
        OR EXISTS (SELECT FROM appeal JOIN sanction ON sanction.decision = appeal.decision
            WHERE appeal."case" = judged.id AND sanction.confirmed_by = who)
"""
HEAD = "(who uuid, judged moderation_case) RETURNS boolean STABLE LANGUAGE sql AS $$ SELECT"
# Apart from has_stake, so that an appeal asks about what it contests without the function calling itself.
PARTY = f"CREATE OR REPLACE FUNCTION is_party{HEAD} {IS_PARTY} $$;"
PARTIES = f"CREATE OR REPLACE FUNCTION has_stake{HEAD} is_party(who, judged) {JUDGED_BEFORE}"
CONTESTED = """
        OR (judged.kind = 'appeal' AND EXISTS (
            SELECT FROM appeal JOIN decision ON decision.id = appeal.decision
                JOIN moderation_case contested ON contested.id = decision."case"
            WHERE appeal."case" = judged.id AND is_party(who, contested)))
"""
FORWARDS = f"{PARTY}{PARTIES}{CONTESTED}$$;"
BACKWARDS = f"CREATE OR REPLACE FUNCTION has_stake{HEAD} {IS_PARTY} {JUDGED_BEFORE} $$; DROP FUNCTION is_party;"


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
