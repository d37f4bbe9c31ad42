"""The report of a period: what was counted, laid out by the articles of the regulation (15, 17, 20, 23 and 24)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import asyncpg

from app.dates import now
from moderation.decisions.laws import LAWS
from moderation.figures.periods import Period
from moderation.figures.transparency import words
from moderation.figures.transparency.categories import LABEL, OF_NOTICE, category_of
from moderation.figures.transparency.counting import Counted, by, count, total
from moderation.figures.transparency.report import SMALL, Breakdown, Figure, Report, Section, Unit
from moderation.notices.tables import Illegality
from moderation.sanctions.kinds import MEASURES
from moderation.sanctions.tables import SanctionKind


async def make_report(period: Period) -> Report:
    """Every number exact; what anyone may ask for goes through `without_small_numbers`."""
    counted = await count(period)
    sections = (
        Section(key="orders", title="Injonctions des autorités", article="15(1)(a)", words=words.ORDERS),
        _notices(counted),
        _reports(counted),
        _measures(counted),
        _sanctions(counted),
        _appeals(counted),
        _misuse(counted),
        _automated(counted),
        _people(counted),
        Section(key="recipients", title="Membres qui se servent du site", article="24(2)", words=words.RECIPIENTS),
    )
    return Report(first=period.first, last=period.last, made_at=now(), is_exact=True, sections=sections)


def _notices(counted: Counted) -> Section:
    rows = counted.notices
    founded = [row for row in rows if row["outcome"] == "founded"]
    after = [row for row in _restrictions(counted) if row["detection"] == "notice"]
    return Section(
        key="notices",
        title="Avis de contenu illicite",
        article="15(1)(b)",
        words=words.NOTICES,
        figures=(
            Figure("notices", "avis reçus", total(rows)),
            Figure("answered", "avis déjà traités", total(row for row in rows if row["outcome"])),
            _hours("median_hours", "durée médiane de traitement", counted.times["notices"]),
        ),
        breakdowns=(
            _divided("kind", "Par motif d’illicéité", words.ILLEGALITY, by(rows, _kind)),
            _divided("category", "Par catégorie du modèle européen", LABEL, by(rows, _category_of_notice)),
            _divided("outcome", "Par suite donnée", words.NOTICE_OUTCOME, by(rows, _outcome)),
            _divided("founded_by_kind", "Avis reconnus fondés, par motif", words.ILLEGALITY, by(founded, _kind)),
            _divided("measure_by_ground", "Mesures prises après un avis", words.GROUND, by(after, _ground)),
        ),
    )


def _reports(counted: Counted) -> Section:
    rows = counted.reports
    return Section(
        key="reports",
        title="Signalements des membres",
        article="15(1)(c)",
        words=words.REPORTS,
        figures=(Figure("reports", "signalements reçus", total(rows)),),
        breakdowns=(
            _divided("reason", "Par motif", words.REPORT_REASON, by(rows, lambda row: row["reason"])),
            _divided("outcome", "Par suite donnée", words.REPORT_OUTCOME, by(rows, _outcome)),
        ),
    )


def _measures(counted: Counted) -> Section:
    taken = _restrictions(counted)
    on_own = [row for row in taken if row["detection"] != "notice"]
    legal = [row for row in on_own if row["ground"] == "law"]
    charter = [row for row in on_own if row["ground"] != "law"]
    return Section(
        key="measures",
        title="Modération de notre propre initiative",
        article="15(1)(c)",
        words=words.MEASURES,
        figures=(
            Figure("decisions", "contenus relus par une personne", total(counted.decisions)),
            Figure("measures", "mesures prises de notre initiative", total(on_own)),
            _hours("median_hours", "durée médiane avant décision", counted.times["decisions"]),
        ),
        breakdowns=(
            _divided("restriction", "Par nature de la restriction", words.RESTRICTION, by(on_own, _restriction)),
            _divided("ground", "Par fondement", words.GROUND, by(on_own, _ground)),
            _divided("article", "Par article de la charte", words.ARTICLE, by(on_own, lambda row: row["reason"])),
            _divided("law", "Par texte de loi", _laws(legal), by(legal, lambda row: row["law"])),
            _divided("illegal_category", "Contenus illicites, par catégorie", LABEL, by(legal, _category)),
            _divided("charter_category", "Contraires à la charte, par catégorie", LABEL, by(charter, _category)),
            _divided("detection", "Par origine", words.DETECTION, by(on_own, lambda row: row["detection"])),
            _divided("automated", "Par moyen de détection", words.AUTOMATED, by(on_own, _is_automated)),
        ),
    )


def _sanctions(counted: Counted) -> Section:
    rows = [row for row in counted.sanctions if row["kind"] != SanctionKind.no_reporting]
    return Section(
        key="accounts",
        title="Mesures sur les comptes",
        article="15(1)(c)",
        words=words.ACCOUNTS,
        figures=(
            Figure("accounts", "mesures prises", total(rows)),
            Figure("lifted", "levées depuis", total(row for row in rows if row["is_lifted"])),
        ),
        breakdowns=(_divided("measure", "Par mesure", _measure_labels(), by(rows, lambda row: row["kind"])),),
    )


def _appeals(counted: Counted) -> Section:
    rows = counted.appeals
    return Section(
        key="complaints",
        title="Recours",
        article="15(1)(d), 24(1)(a)",
        words=words.APPEALS,
        figures=(
            Figure("complaints", "recours reçus", total(rows)),
            _hours("median_hours", "durée médiane avant réponse", counted.times["appeals"]),
        ),
        breakdowns=(
            _divided("by", "Par personne", words.APPELLANT, by(rows, _appellant)),
            _divided("outcome", "Par issue", words.APPEAL_STATE, by(rows, lambda row: row["state"])),
        ),
    )


def _misuse(counted: Counted) -> Section:
    illicit = [row for row in counted.sanctions if row["ground"] == "law" and row["kind"] in words.SUSPENDS]
    abusive = [row for row in counted.sanctions if row["kind"] == SanctionKind.no_reporting]
    return Section(
        key="misuse",
        title="Suspensions pour utilisation abusive",
        article="24(1)(b), 23",
        words=words.MISUSE,
        figures=(
            Figure("illegal_content", "pour des contenus contraires à la loi", total(illicit)),
            Figure("abusive_reports", "pour des signalements infondés répétés", total(abusive)),
        ),
    )


def _automated(counted: Counted) -> Section:
    held = counted.held
    taken = _restrictions(counted)
    reversed_ = [row for row in taken if row["is_overturned"]]
    return Section(
        key="automated",
        title="Moyens automatisés",
        article="15(1)(e)",
        words=words.AUTOMATED_MEANS,
        figures=(
            Figure("held", "textes retenus par une règle, puis relus", held["number"]),
            _share("error_rate", "retenus à tort (taux d’erreur)", held["wrong"], held["number"]),
            _share("reversal_rate", "mesures annulées après recours", total(reversed_), total(taken)),
        ),
        breakdowns=(
            _divided("action", "Ce que les règles ont dit", words.ACTION, by(counted.hits, lambda row: row["action"])),
        ),
    )


def _people(counted: Counted) -> Section:
    return Section(
        key="people",
        title="Les personnes qui modèrent",
        article="15(1)(c)",
        words=words.PEOPLE,
        figures=(Figure("moderators", "personnes ayant décidé au moins une fois", counted.moderators),),
    )


def _restrictions(counted: Counted) -> list[asyncpg.Record]:
    return [row for row in counted.decisions if row["kind"] != "approve"]


def _divided(key: str, title: str, labels: Mapping[Any, str], numbers: Counter[Any]) -> Breakdown:
    """One row for each label, in their order; a name that no longer has one keeps its own."""
    names: dict[str, str] = {str(name): label for name, label in labels.items()}
    found = Counter({str(name): number for name, number in numbers.items()})
    names |= {name: name for name in found if name not in names}
    return Breakdown(key, title, tuple(Figure(name, label, found[name]) for name, label in names.items()))


def _hours(key: str, label: str, hours: float | None) -> Figure:
    return Figure(key, label, None if hours is None else round(hours, 1), Unit.hours)


def _share(key: str, label: str, part: int, whole: int) -> Figure:
    is_telling = whole > 0 and min(part, whole - part) < SMALL
    return Figure(key, label, round(100 * part / whole, 1) if whole else None, Unit.percent, has_small_parts=is_telling)


def _laws(rows: Iterable[asyncpg.Record]) -> dict[str, str]:
    """Every text a decision may cite, and those it could once."""
    return {text.citation: text.citation for text in LAWS.values()} | {row["law"]: row["law"] for row in rows}


def _measure_labels() -> dict[str, str]:
    return {kind: one.label for kind, one in MEASURES.items() if kind is not SanctionKind.no_reporting}


def _kind(row: asyncpg.Record) -> str:
    return row["illegality"]


def _outcome(row: asyncpg.Record) -> str:
    return row["outcome"] or "waiting"


def _ground(row: asyncpg.Record) -> str:
    return row["ground"]


def _restriction(row: asyncpg.Record) -> str:
    return row["kind"]


def _category(row: asyncpg.Record) -> str:
    return category_of(row["ground"], row["reason"], row["law"])


def _category_of_notice(row: asyncpg.Record) -> str:
    return OF_NOTICE[Illegality(row["illegality"])]


def _appellant(row: asyncpg.Record) -> str:
    return "reporter" if row["by_reporter"] else "author"


def _is_automated(row: asyncpg.Record) -> str:
    return "automated" if row["found_automatically"] else "not_automated"
