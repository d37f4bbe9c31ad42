"""The report of a day, from what was counted; made once a day by a job, whoever runs it at the same time."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import asyncpg
import msgspec

from app import database
from app.dates import now, today
from exchanges.figures.counting import Counted, count
from exchanges.figures.report import FEW, Number, Report, Share, Wait, divided, share, told, waited
from exchanges.figures.words import ALL, FORMS, HOMES, REASONS
from exchanges.kinds import Answer, Form
from places.departments import region

MONTHS = 12
MOST_REGIONS = 40
KEPT = timedelta(days=400)
ANSWERED = (Answer.accepted, Answer.declined, Answer.silent, Answer.withdrawn)


async def keep_figures_of_today() -> None:
    """Unless they are kept already."""
    if await database.value("SELECT EXISTS (SELECT FROM exchange_figures WHERE day = $1)", today()):
        return
    report = make_report(await count(now()), now(), today())
    await database.execute(
        "INSERT INTO exchange_figures (day, made_at, figures) VALUES ($1, $2, $3::text::jsonb) ON CONFLICT DO NOTHING",
        report.day,
        report.made_at,
        msgspec.json.encode(report).decode(),
    )


async def forget_old_figures() -> None:
    await database.execute("DELETE FROM exchange_figures WHERE day < $1", today() - KEPT)
    await database.execute("DELETE FROM household_served WHERE served_at < $1", now() - KEPT)


async def latest() -> Report | None:
    """The figures last kept; None on a site that has none yet."""
    figures = await database.value("SELECT figures FROM exchange_figures ORDER BY day DESC LIMIT 1")
    return msgspec.json.decode(figures, type=Report) if figures else None


def make_report(counted: Counted, at: datetime, day: date) -> Report:
    """Pure."""
    forms = {row["form"]: row["number"] for row in counted.forms}
    rooms = forms.pop(Form.week_room, 0)
    parts, served = _forms(forms), sum(forms.values())
    return Report(
        day=day,
        made_at=at,
        waiting=told("waiting", "foyers en attente", _all(counted.waiting)),
        waits=_waits(counted.waiting),
        served=told("served", "foyers servis", served),
        served_waits=_waits(counted.served),
        forms=(*parts, told(Form.week_room.value, FORMS[Form.week_room], rooms)),
        form_shares=tuple(share(one.key, one.label, one.value or 0, served) for one in parts),
        months=_months(counted.months, day),
        proposals=_proposals(counted.swaps),
        rates=_rates(counted),
        reasons=_reasons(counted.reasons),
        regions=_regions(counted.regions),
        calls=(
            told("opened", "toits cherchés après un désistement tardif", counted.calls["opened"]),
            told("hosted", "foyers accueillis", counted.calls["hosted"]),
        ),
    )


def _forms(numbers: dict[str, int]) -> tuple[Number, ...]:
    """Parts of those served. A room in the week is not one of them: the total of waits, which leaves it out, would tell
    how many there are."""
    travels = {form: word for form, word in FORMS.items() if form is not Form.week_room}
    return divided((form.value, word, numbers.get(form.value, 0)) for form, word in travels.items())


def _all(rows: Iterable[asyncpg.Record]) -> int:
    return next((row["number"] for row in rows if row["is_all"]), 0)


def _waits(rows: list[asyncpg.Record]) -> tuple[Wait, ...]:
    """All households, then by their home. A kind that is kept quiet tells no wait either."""
    by_kind = {row["kind"]: row for row in rows if not row["is_all"]}
    numbers = divided((kind, word, by_kind[kind]["number"] if kind in by_kind else 0) for kind, word in HOMES.items())
    whole = next((row for row in rows if row["is_all"]), None)
    return (
        _wait(told("all", ALL, whole["number"] if whole else 0), whole),
        *(_wait(number, by_kind.get(number.key)) for number in numbers),
    )


def _wait(number: Number, row: asyncpg.Record | None) -> Wait:
    if row is None or number.value is None:
        return Wait(households=number, median=None, most=None)
    return waited(number.key, number.label, row["number"], *row["waits"])


def _months(rows: list[asyncpg.Record], day: date) -> tuple[Number, ...]:
    numbers = {row["month"]: row["number"] for row in rows}
    months = [_months_ago(day, ago) for ago in range(MONTHS - 1, -1, -1)]
    return divided((f"{one:%Y-%m}", f"{one:%Y-%m}", numbers.get(f"{one:%Y-%m}", 0)) for one in months)


def _months_ago(day: date, ago: int) -> date:
    months = day.year * 12 + day.month - 1 - ago
    return date(months // 12, months % 12 + 1, 1)


def _proposals(swaps: asyncpg.Record) -> tuple[Number, ...]:
    return (
        told("made", "échanges proposés", swaps["made"]),
        told("open", "attendent une réponse", swaps["open"]),
        told("accepted", "acceptés par tous", swaps["accepted"]),
        told("confirmed", "confirmés, dates comprises", swaps["confirmed"]),
    )


def _rates(counted: Counted) -> tuple[Share, ...]:
    answers = {row["answer"]: row["number"] for row in counted.answers}
    ended = counted.swaps["made"] - counted.swaps["open"]
    return (
        share("yes", "des réponses sont oui", answers.get("accepted", 0), sum(answers.get(one, 0) for one in ANSWERED)),
        share("silence", "sont un silence", answers.get("silent", 0), sum(answers.get(one, 0) for one in ANSWERED)),
        share("everybody", "des échanges proposés sont acceptés par tous", counted.swaps["accepted"], ended),
    )


def _reasons(rows: list[asyncpg.Record]) -> tuple[Number, ...]:
    numbers = {row["reason"]: row["number"] for row in rows}
    return tuple(told(reason.value, word, numbers.get(reason.value, 0)) for reason, word in REASONS.items())


def _regions(rows: list[asyncpg.Record]) -> tuple[Number, ...]:
    """From which region to which, those that five households or more went, the most travelled first."""
    often = sorted((row for row in rows if row["number"] >= FEW), key=lambda row: -row["number"])[:MOST_REGIONS]
    return tuple(
        told(f"{row['leaves']}-{row['reaches']}", f"{_name(row['leaves'])} → {_name(row['reaches'])}", row["number"])
        for row in often
    )


def _name(code: str) -> str:
    found = region(code)
    return found.name if found else code
