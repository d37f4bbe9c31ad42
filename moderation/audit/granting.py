"""The rights of the role the site runs under: enough for everything it does, never to rewrite the log.

The triggers refuse rewriting to everyone; only who owns the tables, or is superuser, could switch them off. So the
tables belong to the role that migrates, and the site runs under another.
"""

import asyncpg

from app import database
from app.database import transaction
from app.refusals import Refused

NEVER_REWRITTEN = ("audit_entry", "audit_seal", "transparency_year")
READ_ONLY = ("migration",)


class CannotBeHeldBack(Refused):
    """A role that could rewrite the log whatever it is granted."""


async def grants(role: str) -> list[str]:
    """The statements that give `role` what the site needs. Raises CannotBeHeldBack when it does not exist, is
    superuser, or owns the tables or may act as who does."""
    found = await database.row(_ROLE, role, list(NEVER_REWRITTEN))
    name, here = _checked(role, found)
    log = ", ".join(NEVER_REWRITTEN)
    return [
        f"GRANT CONNECT, TEMPORARY ON DATABASE {here} TO {name}",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"REVOKE CREATE ON SCHEMA public FROM {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"GRANT EXECUTE ON ALL ROUTINES IN SCHEMA public TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {name}",
        f"REVOKE ALL ON {log}, {', '.join(READ_ONLY)} FROM {name}",
        f"GRANT SELECT, INSERT ON {log} TO {name}",
        f"GRANT SELECT ON {', '.join(READ_ONLY)} TO {name}",
    ]


async def grant(role: str) -> list[str]:
    """Runs them in one transaction, as who owns the tables. Raises CannotBeHeldBack; again it changes nothing."""
    statements = await grants(role)
    async with transaction():
        for statement in statements:
            await database.execute(statement)
        if left := await database.row(_LEFT, role, list(NEVER_REWRITTEN)):
            raise CannotBeHeldBack(
                f"{role} may still {left['privilege']} {left['table']}: another role, or PUBLIC, gives it the right."
            )
    return statements


def _checked(role: str, found: asyncpg.Record | None) -> tuple[str, str]:
    """The role and the database, as they stand in a statement."""
    if found is None:
        raise CannotBeHeldBack(f"There is no role {role!r}: create it first (CREATE ROLE … LOGIN PASSWORD …).")
    if found["rolsuper"]:
        raise CannotBeHeldBack(f"{role} is superuser: no grant can hold it back.")
    if found["owns"]:
        raise CannotBeHeldBack(
            f"{role} owns the tables of the log, or may act as who does: run the site under another role."
        )
    return found["name"], found["database"]


_ROLE = """
SELECT quote_ident(rolname) AS name, quote_ident(current_database()) AS database, rolsuper, EXISTS (
    SELECT FROM pg_class WHERE relname = ANY($2::text[]) AND relnamespace = 'public'::regnamespace
        AND pg_has_role(r.oid, relowner, 'MEMBER')) AS owns
FROM pg_roles r WHERE rolname = $1
"""
_LEFT = """
SELECT kept.name AS "table", privilege FROM unnest($2::text[]) kept (name),
    unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) privilege
WHERE has_table_privilege($1, 'public.' || kept.name, privilege) LIMIT 1
"""
