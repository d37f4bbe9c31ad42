"""The site can run under a role that cannot rewrite the log, whatever it tries."""

import os

import asyncpg
import pytest

from app import database
from app.database import transaction
from app.piccolo_conf import DB
from moderation import audit
from moderation.audit.granting import NEVER_REWRITTEN, CannotBeHeldBack, grant, grants
from moderation.audit.sealing import seal
from moderation.audit.verifying import verify
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from tests.helpers.ads import pending, published
from tests.helpers.cases import case_of, take_and_decide, topics

SITE = f'"entraide site {os.getpid()}"'
NAME = SITE.strip('"')


@pytest.fixture
async def site(undo):
    """A role without any right of its own; gone with the test's transaction."""
    await database.execute(f"CREATE ROLE {SITE}")
    return NAME


async def as_site(statement: str) -> str:
    """What PostgreSQL says to the role; empty when it obeys."""
    before = await DB.current_transaction.get().savepoint()
    try:
        await database.execute(f"SET LOCAL ROLE {SITE}")
        await database.execute(statement)
    except asyncpg.PostgresError as refusal:
        return str(refusal)
    finally:
        await before.rollback_to()
    return ""


REWRITING = [
    *(f"UPDATE {table} SET {column} = {column}" for table, column in zip(
        NEVER_REWRITTEN, ("actor", "digest", "figures"), strict=True)),
    *(f"DELETE FROM {table}" for table in NEVER_REWRITTEN),
    "TRUNCATE audit_entry, audit_seal",
    "TRUNCATE audit_seal",
    "TRUNCATE transparency_year",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "ALTER TABLE audit_seal DISABLE TRIGGER seal_is_append_only",
    "DROP TRIGGER audit_is_append_only ON audit_entry",
    "DROP TABLE audit_seal",
    "CREATE TRIGGER mine BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "SET session_replication_role = replica",
    "ALTER SEQUENCE audit_entry_id_seq RESTART",
    "SELECT setval('audit_entry_id_seq', 1)",
    "DELETE FROM migration",
]  # fmt: skip


@pytest.mark.parametrize("statement", REWRITING)
async def test_the_sites_role_cannot_rewrite_the_log(site, anne, statement):
    await audit.record("tried", by=anne.id, kind="member", subject=anne.id)
    await grant(site)
    said = await as_site(statement)
    assert "permission denied" in said or "must be owner" in said, said


async def test_it_can_write_read_seal_and_prove_it(site, anne):
    await grant(site)
    await database.execute(f"SET LOCAL ROLE {SITE}")
    await audit.record("tried", by=anne.id, kind="member", subject=anne.id)
    assert await seal() > 0
    assert (await verify()).broken is None
    await database.execute("RESET ROLE")


async def test_it_can_do_all_that_the_site_does(site, browser, emilie, chloe):
    """A case is opened, taken and decided, with jobs, news and the search that follow."""
    await grant(site)
    await database.execute(f"SET LOCAL ROLE {SITE}")
    listing = await pending(emilie)
    await take_and_decide(await browser.sign_in(chloe), (await case_of(listing.id))["id"], "approve")
    assert await topics(emilie) == ["listing_published"]
    another = await published(emilie)
    await open_case(kind=CaseKind.listing, listing=another.id, author=emilie.id, category="childcare", department="29")
    await database.execute("RESET ROLE")


async def test_granted_again_it_is_the_same_and_what_was_given_by_hand_is_taken_back(site):
    await grant(site)
    await database.execute(f"GRANT ALL ON audit_entry TO {SITE}")
    await grant(site)
    assert "permission denied" in await as_site("DELETE FROM audit_entry")


async def test_printed_they_are_what_is_run(site):
    printed = await grants(site)
    assert f"GRANT SELECT, INSERT ON {', '.join(NEVER_REWRITTEN)} TO {SITE}" in printed
    assert not any(
        right in line for line in printed for right in ("TRUNCATE", "TRIGGER", "REFERENCES") if "GRANT" in line
    )
    assert await grant(site) == printed


async def test_a_role_that_nothing_holds_back_is_refused(site):
    with pytest.raises(CannotBeHeldBack, match="superuser"):
        await grants(await database.value("SELECT current_user"))
    with pytest.raises(CannotBeHeldBack, match="no role"):
        await grants("nobody of that name")
    await database.execute(f"ALTER TABLE audit_entry OWNER TO {SITE}")
    with pytest.raises(CannotBeHeldBack, match="owns the tables"):
        await grants(site)


async def test_a_right_that_everybody_has_is_noticed(site):
    await database.execute("GRANT DELETE ON audit_seal TO PUBLIC")
    before = await DB.current_transaction.get().savepoint()
    with pytest.raises(CannotBeHeldBack, match="may still DELETE audit_seal"):
        async with transaction():
            await grant(site)
    await before.rollback_to()
