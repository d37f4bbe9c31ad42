"""Who fits whom, kept in `match_fit`: all of it every night, of one exchanger after a change."""

from io import BytesIO

import numpy as np

from app import database
from app.database import transaction
from exchanges.matching.alone import be_alone
from exchanges.matching.apart import Answer
from exchanges.matching.entrants import Entrants, Ints

# The binary form of COPY: a signature, no flags, no extension; each row its fields, each behind its length in bytes.
_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_ROW = np.dtype(
    {
        "names": "fields l1 guest l2 host l3 score l4 same".split(),
        "formats": ">i2 >i4 >i8 >i4 >i8 >i4 >i2 >i4 u1".split(),
    }
)
_DEGREES = """
UPDATE match_entrant e SET wanted_by = d.wanted_by, wants = d.wants
FROM unnest($1::bigint[], $2::int[], $3::int[]) AS d(exchanger, wanted_by, wants)
WHERE e.exchanger = d.exchanger AND (e.wanted_by, e.wants) IS DISTINCT FROM (d.wanted_by, d.wants)
"""


async def keep_all(e: Entrants, found: Answer) -> None:
    """In place of all that was kept."""
    async with transaction() as tx:
        await be_alone()
        still = await _still_there(e)
        kept = np.flatnonzero(still[found.guest] & still[found.host])
        await database.execute("DELETE FROM match_fit")
        rows = np.empty(len(kept), _ROW)
        rows["fields"], rows["l1"], rows["l2"], rows["l3"], rows["l4"] = 4, 8, 8, 2, 1
        rows["guest"], rows["host"] = e.ids[found.guest[kept]], e.ids[found.host[kept]]
        rows["score"], rows["same"] = found.score[kept], found.same[kept]
        await tx.connection.copy_to_table(
            "match_fit",
            source=BytesIO(_HEAD + rows.tobytes() + _END),
            columns=("guest", "host", "score", "same"),
            format="binary",
        )
        await database.execute(_DEGREES, e.ids.tolist(), found.wanted_by.tolist(), found.wants.tolist())


async def keep_one(exchanger: int, guest: Ints, host: Ints, score: Ints, same: Ints) -> None:
    """In place of all that was kept of this exchanger, as guest and as host. Inside a transaction."""
    await forget(exchanger)
    await database.execute(
        "INSERT INTO match_fit (guest, host, score, same)"
        " SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::boolean[])",
        guest.tolist(),
        host.tolist(),
        score.tolist(),
        same.tolist(),
    )


async def forget(exchanger: int) -> None:
    await database.execute("DELETE FROM match_fit WHERE guest = $1 OR host = $1", exchanger)


async def _still_there(e: Entrants) -> Ints:
    """Who did not leave while the search went on; none of them does before the transaction ends."""
    found = await database.rows(
        "SELECT id FROM exchanger WHERE id = ANY($1::bigint[]) ORDER BY id FOR KEY SHARE", e.ids.tolist()
    )
    return np.isin(e.ids, [row["id"] for row in found])
