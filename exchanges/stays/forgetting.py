"""Thirty days after a stay nothing tells any more where a door was, who read it, or what was ticked before."""

from app import database
from app.database import transaction
from app.dates import today
from exchanges.stays.windows import KEPT_AFTER


async def forget_past_stays() -> None:
    """Also the doors nobody needed for a year, and the booklets of homes that ended. Can run again without harm."""
    before = today() - KEPT_AFTER
    async with transaction():
        await database.execute(
            "DELETE FROM door_reading r USING stay s, swap w WHERE s.id = r.stay AND w.id = s.swap"
            f" AND (s.last < $1 OR w.state = 'dissolved' AND w.ended_at < {_BEFORE})",
            before,
        )
        for table in ("stay_ticked", "contact_withheld", "stay_reminder"):
            await database.execute(f"DELETE FROM {table} t WHERE t.swap IN ({_OVER})", before)
        await database.execute(_FORGET_DOORS, before)
        await database.execute(_FORGET_BOOKLETS, before)


_BEFORE = "$1::date::timestamp AT TIME ZONE 'Europe/Paris'"
_OVER = f"""
SELECT w.id FROM swap w WHERE w.state IN ('done', 'dissolved') AND w.ended_at < {_BEFORE}
    AND NOT EXISTS (SELECT FROM stay s WHERE s.swap = w.id AND w.state = 'done' AND s.last >= $1)
"""
# Who wrote their door again after it was forgotten wants it kept for another exchange: a year, then.
_FORGET_DOORS = """
UPDATE contact_card c SET door = '', way_in = '' WHERE (c.door <> '' OR c.way_in <> '')
    AND NOT EXISTS (SELECT FROM stay s JOIN swap w ON w.id = s.swap WHERE s.host = c.member
        AND (w.state IN ('accepted', 'confirmed') OR w.state = 'done' AND s.last >= $1))
    AND (c.written_at < now() - interval '1 year' OR EXISTS (
        SELECT FROM stay s JOIN swap w ON w.id = s.swap
        WHERE s.host = c.member AND w.state = 'done' AND c.written_at < s.last + interval '30 days'))
"""
_FORGET_BOOKLETS = f"""
DELETE FROM welcome_booklet b USING listing l WHERE l.id = b.home AND l.status = 'closed' AND l.closed_at < {_BEFORE}
    AND NOT EXISTS (SELECT FROM stay s JOIN swap w ON w.id = s.swap WHERE s.home = l.id
        AND (w.state IN ('accepted', 'confirmed') OR w.state = 'done' AND s.last >= $1))
"""
