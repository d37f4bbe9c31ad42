"""Who was served, noted when an exchange is confirmed: what home they leave, where they go, how long they waited."""

from uuid import UUID

from app import database


async def note_served(swap: UUID) -> None:
    """Inside the transaction that confirms it, before those in it start to wait again. Whoever travels is served; a
    room in the week is none of this wait. Said twice it changes nothing."""
    await database.execute(_SERVED, swap)


_SERVED = """
INSERT INTO household_served (swap, place, form, home_kind, leaves, reaches, waited_days, served_at)
SELECT s.id, p.place, s.form, own.details->>'home_kind', own.region, there.region,
    greatest(0, extract(day FROM clock_timestamp() - greatest(e.waits_since, e.served_at)))::int, clock_timestamp()
FROM swap s JOIN swap_party p ON p.swap = s.id JOIN exchanger e ON e.member = p.member
JOIN stay t ON t.swap = s.id AND t.guest = p.member JOIN listing there ON there.id = t.home
LEFT JOIN listing own ON own.id = p.home
WHERE s.id = $1 ON CONFLICT DO NOTHING
"""
