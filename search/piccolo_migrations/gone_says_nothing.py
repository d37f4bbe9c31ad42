from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.constraints import Check

from app import database

ID = "2026-11-23T02:12:00:000001"
VERSION = "1.38.0"
DESCRIPTION = "Of what is gone nothing is left but that the index has to forget it"

NOTHING = (
    "category = '', title = '', body = '', words = '', commune = '', department = '', region = '', path = '',"
    " found_by = '', kind = NULL, deal = NULL, lat = NULL, lon = NULL, price_cents = NULL, starts_on = NULL, ends_on"
    " = NULL, soonest_on = NULL, sleeps = NULL, expires_at = NULL, author = NULL, days = ARRAY[]::smallint[], periods"
    " = ARRAY[]::varchar[], traits = ARRAY[]::varchar[], covers = ARRAY[]::text[], has_photo = FALSE, has_helped ="
    " FALSE, helpful = 0, published_at = 'epoch'"
)
IS_NOTHING = (
    "NOT is_gone OR (category, title, body, words, commune, department, region, path, found_by, kind, deal, lat, lon,"
    " price_cents, starts_on, ends_on, soonest_on, sleeps, expires_at, author, days, periods, traits, covers,"
    " has_photo, has_helped, helpful, published_at) IS NOT DISTINCT FROM ('', '', '', '', '', '', '', '', '', NULL,"
    " NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, ARRAY[]::smallint[], ARRAY[]::varchar[],"
    " ARRAY[]::varchar[], ARRAY[]::text[], FALSE, FALSE, 0, 'epoch')"
)
FORGET = """
CREATE OR REPLACE FUNCTION forget_what_is_found() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search_document SET is_gone = true, {}, version = nextval('search_change')
    WHERE id = OLD.id::text AND NOT is_gone;
    PERFORM pg_notify('entraide_search', '');
    RETURN NULL;
END $$;
"""
FORWARDS = FORGET.format(NOTHING) + f"UPDATE search_document SET {NOTHING} WHERE is_gone;"
BACKWARDS = FORGET.format("title = '', body = '', words = '', found_by = ''")


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="search", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    manager.add_constraint(
        table_class_name="SearchDocument",
        tablename="search_document",
        constraint_name="gone_says_nothing",
        constraint_class=Check,
        params={"condition": IS_NOTHING},
        schema=None,
    )
    return manager
