"""What matching keeps, as it stands after a night."""

from app import database
from exchanges.matching import reading


async def some_fits() -> None:
    """Of the exchangers there are: the first fits the second's home, somebody asked, a night went by."""
    await reading.refresh()
    await database.execute(
        "INSERT INTO match_fit (guest, host, score, same)"
        " SELECT min(exchanger), max(exchanger), 70, TRUE FROM match_entrant HAVING count(*) > 1"
    )
    await database.execute(
        "INSERT INTO match_asked (member, asked_at) SELECT member, now() FROM exchanger ORDER BY id LIMIT 1"
    )
    await database.execute(
        "INSERT INTO match_run (began_at, ended_at, households, fits, pairs, loops_of_three, loops_of_four, hosted,"
        " served, bound, exact, proposed) VALUES (now(), now(), 2, 1, 0, 0, 0, 0, 0, 0, TRUE, 0)"
    )
