"""Reading a rule that is not in force over what members wrote lately, before anybody is bothered by it."""

import asyncio
import contextlib
import sys
from datetime import timedelta

import asyncpg
import msgspec

from app import database
from app.refusals import Refused, TooOften
from app.throttle import throttle
from listings.content import MORE_WORDS
from members.me import Me
from moderation import audit
from moderation.rules.desk.dry_run import Asked, DryRun, Sample
from moderation.rules.verdict import AuthorRecord, Content

NEWEST = 2_000
"""Ads, and replies as many: what is read is the newest of them, of the last thirty days."""
WITHIN = 20.0  # seconds
NEW = "new"  # in the log, for a rule the file does not have: its name is what somebody typed
TOO_LONG = "Cette règle met trop de temps à lire. Simplifiez son motif, puis recommencez."
FAILED = "L’essai s’est arrêté en chemin. Simplifiez la règle, puis recommencez."
BUSY = "Un autre essai est en cours. Patientez une demi-minute, puis recommencez."

_one_at_a_time = asyncio.Lock()


async def dry_run_over_last_month(entry: str, me: Me) -> DryRun:
    """In a process of its own, stopped after WITHIN; who read how many texts so is in the log. Raises Refused when it
    takes too long, and while another runs."""
    await throttle("dry-run", str(me.id), limit=20, every=timedelta(minutes=10))
    if _one_at_a_time.locked():
        raise TooOften(BUSY)
    async with _one_at_a_time:
        asked = Asked(entry, [*await _ads(me), *await _replies(me)])
        came = msgspec.json.decode(await _asked_apart(msgspec.json.encode(asked)), type=DryRun)
    if not came.problem:
        subject = came.rule if came.is_known else NEW
        await audit.record("rule.tried", by=me.id, kind="rule", subject=subject, texts=came.read)
    return came


async def _asked_apart(asked: bytes) -> bytes:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "moderation.rules.desk.dry_run"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(WITHIN):
            answer, _ = await process.communicate(asked)
    except TimeoutError:
        raise Refused(TOO_LONG) from None
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode != 0:
        raise Refused(FAILED)
    return answer


async def _ads(me: Me) -> list[Sample]:
    rows = await database.rows(_ADS.format(scope=_SCOPE), list(me.categories), list(me.departments), NEWEST)
    return [Sample(f"/annonces/{row['id']}", _content(row, row["title"], row["body"])) for row in rows]


async def _replies(me: Me) -> list[Sample]:
    rows = await database.rows(_REPLIES.format(scope=_SCOPE), list(me.categories), list(me.departments), NEWEST)
    author = AuthorRecord(is_trusted=True)
    return [
        Sample(
            f"/annonces/{row['listing']}?depuis={row['thread']}#reponse-{row['id']}",
            Content(body=row["body"], category=row["category"], author=author),
        )
        for row in rows
    ]


def _content(row: asyncpg.Record, title: str, body: str) -> Content:
    details = msgspec.json.decode(row["details"])
    return Content(
        title=title,
        body=body,
        more={name: details[name] for name in MORE_WORDS if details.get(name)},
        author=AuthorRecord(row["is_trusted"], row["approved_publications"]),
        has_photos=row["has_photos"],
        **{name: row[name] for name in _AS_THEY_ARE},
    )


_AS_THEY_ARE = ("category", "kind", "deal", "price_cents", "starts_on", "ends_on", "wanted_by", "quantity")
_SCOPE = """
    (cardinality($1::text[]) = 0 OR l.category = ANY($1)) AND (cardinality($2::text[]) = 0 OR l.department = ANY($2))
"""
# Each part stops at an index of its own: publications by day, what waits, replies by number.
_ADS = """
WITH lately AS (
    (SELECT * FROM listing WHERE published_at > now() - interval '30 days' AND status <> 'draft'
        ORDER BY published_at DESC LIMIT 10000)
    UNION ALL
    (SELECT * FROM listing WHERE status = 'pending' AND published_at IS NULL
        AND submitted_at > now() - interval '30 days' LIMIT 1000)
)
SELECT l.id, l.title, l.body, l.details, l.category, l.kind, l.deal, l.price_cents, l.starts_on, l.ends_on, l.wanted_by,
    l.quantity, cardinality(l.photos) > 0 AS has_photos, m.trusted_at IS NOT NULL AS is_trusted, m.approved_publications
FROM lately l JOIN member m ON m.id = l.author
WHERE {scope} ORDER BY coalesce(l.published_at, l.submitted_at) DESC LIMIT $3
"""
_REPLIES = """
SELECT r.id, r.listing, coalesce(r.parent, r.id) AS thread, r.body, l.category
FROM (SELECT * FROM reply ORDER BY id DESC LIMIT 10000) r JOIN listing l ON l.id = r.listing
WHERE r.said_at > now() - interval '30 days' AND r.state IN ('published', 'held', 'removed') AND {scope}
ORDER BY r.id DESC LIMIT $3
"""
