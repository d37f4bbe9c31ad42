from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.constraints import Check, Unique

from app import database

ID = "2026-11-22T14:04:00:000002"
VERSION = "1.38.0"
DESCRIPTION = "A report is of its case's thing, once per person and edition; one open notice per person and place"

FORWARDS = """
CREATE FUNCTION thing_of(judged moderation_case) RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT CASE judged.kind WHEN 'edit' THEN 'edit:' || judged.edit WHEN 'reply' THEN 'reply:' || judged.reply
        WHEN 'thanks' THEN 'thanks:' || judged.thanks WHEN 'message' THEN 'message:' || judged.message
        ELSE 'listing:' || judged.listing END
$$;
CREATE FUNCTION edition_of(thing text) RETURNS text STABLE LANGUAGE plpgsql AS $$
DECLARE
    key text := split_part(thing, ':', 2);
    said text;
BEGIN
    CASE split_part(thing, ':', 1)
        WHEN 'listing' THEN
            SELECT jsonb_build_array(category, kind, deal, title, body, details, schedule, wanted_by, quantity,
                price_cents, commune, photos)::text INTO said FROM listing WHERE id = key::uuid;
        WHEN 'edit' THEN SELECT content::text INTO said FROM listing_edit WHERE id = key::uuid;
        WHEN 'reply' THEN SELECT body INTO said FROM reply WHERE id = key::bigint;
        WHEN 'thanks' THEN SELECT body INTO said FROM thanks WHERE id = key::uuid;
        WHEN 'message' THEN SELECT body INTO said FROM message WHERE id = key::bigint;
    END CASE;
    RETURN md5(coalesce(said, ''));
END $$;
CREATE FUNCTION name_what_is_reported() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named text := (SELECT thing_of(c) FROM moderation_case c WHERE c.id = NEW."case");
BEGIN
    NEW.thing := coalesce(nullif(NEW.thing, ''), named);
    IF NEW.thing <> named THEN
        RAISE EXCEPTION 'a report is of the thing its case is about'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'of_the_thing_of_its_case';
    END IF;
    NEW.edition := coalesce(nullif(NEW.edition, ''), edition_of(NEW.thing));
    IF NEW.outcome <> '' AND (TG_OP = 'INSERT' OR OLD.outcome = '') THEN
        NEW.judged_edition := edition_of(NEW.thing);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_the_thing_of_its_case BEFORE INSERT OR UPDATE OF "case", thing, outcome ON report
    FOR EACH ROW EXECUTE FUNCTION name_what_is_reported();
UPDATE report r SET thing = thing_of(c), edition = CASE
        WHEN r.id = ANY(ARRAY(
            SELECT DISTINCT ON (last.reporter, thing_of(about)) last.id FROM report last
            JOIN moderation_case about ON about.id = last."case"
            ORDER BY last.reporter, thing_of(about), last.made_at DESC
        )) THEN edition_of(thing_of(c)) ELSE md5(c.id::text) END
    FROM moderation_case c WHERE c.id = r."case";
CREATE INDEX report_of_thing ON report (thing, edition);
CREATE INDEX report_judged_by_day ON report (made_at, reporter) WHERE outcome <> '';
CREATE UNIQUE INDEX one_open_notice_per_email ON notice (email, location)
    WHERE joins IS NULL AND outcome = '' AND email <> '';
CREATE UNIQUE INDEX one_open_notice_per_member ON notice (member, location) WHERE joins IS NULL AND outcome = '';
CREATE INDEX notice_by_day ON notice (made_at);
"""
BACKWARDS = """
DROP INDEX report_of_thing, report_judged_by_day, one_open_notice_per_email, one_open_notice_per_member, notice_by_day;
DROP TRIGGER of_the_thing_of_its_case ON report;
DROP FUNCTION name_what_is_reported;
DROP FUNCTION edition_of;
DROP FUNCTION thing_of;
"""


async def up() -> None:
    await database.script(FORWARDS)


async def down() -> None:
    await database.script(BACKWARDS)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="moderation", description=DESCRIPTION)
    manager.add_raw(up)
    manager.add_raw_backwards(down)
    manager.add_constraint(
        table_class_name="Report",
        tablename="report",
        constraint_name="names_its_edition",
        constraint_class=Check,
        params={"condition": "thing <> '' AND edition <> ''"},
        schema=None,
    )
    manager.add_constraint(
        table_class_name="Report",
        tablename="report",
        constraint_name="once_per_edition",
        constraint_class=Unique,
        params={
            "columns": ["reporter", "thing", "edition"],
            "nulls_distinct": True,
        },
        schema=None,
    )
    return manager
