"""Figures of a week read that week, however many years stand behind it."""

import re
from datetime import timedelta

import pytest

from app import database
from app.dates import now
from moderation.figures import delays, load, queue, returns
from moderation.figures.transparency import counting
from tests.helpers.ads import closed

MANY = 6_000
YEARS = 10
FILL = """
WITH ad AS (SELECT $1::uuid AS id, $2::uuid AS author),
opened AS (
    INSERT INTO moderation_case (id, kind, listing, author, category, department, due_at, press_at, opened_at,
        first_read_at, closed_at)
    SELECT gen_random_uuid(), 'listing', ad.id, ad.author, 'classifieds', '29', at, at, at, at, at + interval '1 hour'
    FROM ad, generate_series(1, $3::int) n, LATERAL (SELECT now() - n * ($4::interval / $3::int)) past (at)
    RETURNING id, author, closed_at
)
INSERT INTO decision ("case", moderator, author, kind, decided_at, appeal_until)
SELECT id, $5, author, 'approve', closed_at, closed_at + interval '7 months' FROM opened
"""
OTHERS = """
INSERT INTO rule_hit (at, rule, version, action, mode, moment, "case")
    SELECT decided_at, 'law.pets', 1, 'hold', 'on', 'submission', "case" FROM decision;
INSERT INTO report ("case", reporter, reason, words, made_at, outcome, thing, edition)
    SELECT "case", m.id, 'market', '', decided_at, 'founded', 'listing:' || "case", md5("case"::text)
    FROM decision, member m WHERE m.first_name = 'Bilal';
INSERT INTO notice (location, illegality, why, name, email, good_faith, made_at, outcome, answered_at)
    SELECT '/annonces/' || id, 'fraud', 'Faux.', 'Odile', 'odile@exemple.test', TRUE, decided_at, 'founded', decided_at
    FROM decision;
INSERT INTO sanction (member, decision, kind, reason, facts, words, state, proposed_by, proposed_at, starts_at)
    SELECT author, id, 'warn', 'market', 'f', 'w', 'active', moderator, decided_at, decided_at FROM decision;
INSERT INTO appeal (decision, first_judge, until, appellant, "case", opened_at)
    SELECT id, moderator, appeal_until, author, "case", decided_at FROM decision;
ANALYZE moderation_case, decision, rule_hit, report, notice, sanction, appeal;
"""
PERIODS = {
    "notices": counting._NOTICES,
    "reports": counting._REPORTS,
    "decisions": counting._DECISIONS,
    "sanctions": counting._SANCTIONS,
    "appeals": counting._APPEALS,
    "hits": counting._HITS,
    "held": counting._HELD,
    "times": counting._TIMES,
    "moderators": counting._MODERATORS,
}
STEPS = {"delays": delays._DELAYS, "load": load._LOAD, "appeals": returns._APPEALS, "reports": returns._REPORTS}
GROWING = ("moderation_case", "decision", "rule_hit", "report", "notice", "sanction", "appeal")


@pytest.fixture
async def ten_years(anne, bilal, chloe) -> None:
    ad = await closed(anne, "classifieds")
    await database.execute("SET LOCAL session_replication_role = replica")  # without triggers: rows, soon written
    await database.execute(FILL, ad.id, anne.id, MANY, timedelta(days=365 * YEARS), chloe.id)
    await database.script(OTHERS)
    await database.execute("SET LOCAL session_replication_role = origin")


async def touched(sql: str, *args: object) -> int:
    """How many rows the plan really read of the tables that grow."""
    plan = await database.value(f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {sql}", *args)
    whole = _WHOLE.findall(plan)
    assert not set(whole) & set(GROWING), f"reads the whole of {whole}"
    return max(int(float(rows) * int(loops)) for rows, loops in _ROWS.findall(plan))


_WHOLE = re.compile(r'"Node Type": "Seq Scan".*?"Relation Name": "(\w+)"', re.DOTALL)
_ROWS = re.compile(r'"Actual Rows": ([\d.]+),\s+"Actual Loops": (\d+)')


async def test_a_week_costs_a_week(ten_years):
    days = now() - timedelta(days=7), now()
    in_a_week = MANY // (365 * YEARS) * 7 + 20

    assert await database.value("SELECT count(*) FROM appeal") == MANY
    for name, sql in PERIODS.items():
        assert await touched(sql, *days) <= in_a_week * 3, name
    for name, sql in STEPS.items():
        assert await touched(sql, *days, "week") <= in_a_week * 3, name
    assert await touched(queue._THEN, days[0], "week") <= in_a_week * 3
    assert await touched(queue._NOW) <= 10
