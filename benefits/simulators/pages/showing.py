"""What the pages of simulators show: questions in their groups, what a form carries on, results in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

from app.dates import today
from benefits.catalogue.reading import sheets
from benefits.simulators.contract import NO_PROMISE, PER, VERDICT, Estimate, Simulator, Verdict
from benefits.simulators.money import in_euros
from benefits.simulators.pages.asking import Field
from benefits.simulators.pages.following import Asking, Done
from benefits.simulators.pages.running import estimate_of
from benefits.simulators.pages.sent import CHILDREN, MOST_CHILDREN, Sent
from benefits.simulators.pages.words import (
    answer_in_words,
    child_in_words,
    day_in_words,
    question_in_words,
)
from benefits.simulators.questions import CHILD, GROUPS, question

ICON = {Verdict.likely: "circle-check", Verdict.unlikely: "circle-minus", Verdict.unknown: "circle-question-mark"}
TONE = {Verdict.likely: "good", Verdict.unlikely: "still", Verdict.unknown: ""}
MEANS = {
    Verdict.likely: "D’après vos réponses, vous y avez sans doute droit.",
    Verdict.unknown: "Une réponse manque, ou seul l’organisme peut le dire.",
    Verdict.unlikely: "D’après vos réponses, sans doute pas.",
}
ORDER = (Verdict.likely, Verdict.unknown, Verdict.unlikely)


class Block(msgspec.Struct, frozen=True):
    """Questions under one legend: a group, or a child in it."""

    legend: str
    fields: tuple[Field, ...]
    is_child: bool = False


class Answered(msgspec.Struct, frozen=True):
    """The answers of a group, in words; `number` names the group to a button that corrects it."""

    group: str
    number: int
    lines: tuple[tuple[str, str], ...]


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One estimate, in words. `missing` are questions with the number of their group."""

    estimate: Estimate
    title: str
    path: str
    sheet: str
    amounts: tuple[tuple[str, str, str], ...]
    missing: tuple[tuple[str, int], ...]

    @property
    def verdict(self) -> Verdict:
        return self.estimate.verdict

    @property
    def word(self) -> str:
        return VERDICT[self.verdict]

    @property
    def icon(self) -> str:
        return ICON[self.verdict]

    @property
    def tone(self) -> str:
        return TONE[self.verdict]

    @property
    def scale_in_words(self) -> str:
        if (scale := self.estimate.scale) is None:
            return ""
        since, checked = day_in_words(scale.since), day_in_words(scale.checked_on)
        return f"Barème : {scale.name}, en vigueur depuis le {since}, vérifié le {checked}."

    @property
    def in_short(self) -> str:
        """`Probable : 151,05 € par mois. …`"""
        amounts = ", ".join(" ".join(part for part in amount if part) for amount in self.amounts)
        return f"{self.word}{' : ' + amounts if amounts else ''}. {self.estimate.because}"


def questions_shown(asking: Asking) -> dict[str, Any]:
    sent = asking.sent
    return {
        "blocks": _blocks(asking),
        "sent": sent.typed() | {"jour": sent.day or asking.day.isoformat()},
        "rows": range(len(sent.children) if sent.children is not None else 1),
        "most_children": MOST_CHILDREN,
        "errors": asking.errors,
        "labels_of": {**_labels(asking), "jour": "Date de la simulation"},
        "hidden": carried(sent),
        "left": asking.left,
        "is_more": asking.is_more,
        "day": asking.day,
        "is_today": asking.day == today(),
        "back": asking.back,
        "back_number": GROUPS.index(asking.back) if asking.back else None,
        "is_first": not sent.seen,
        "title": asking.fields[0].group if asking.fields else "",
        "focus": len(sent.children or ()) - 1 if sent.do == "ajouter" else None,
    }


def carried(sent: Sent) -> list[tuple[str, str]]:
    """The fields a form sends again, hidden: whatever was typed elsewhere, and what was asked."""
    here = set(sent.on_page)
    hidden = [(name, typed) for name, typed in sent.typed().items() if name not in here and not _is_in_rows(name, here)]
    if CHILDREN not in here and sent.children is not None:
        hidden.append(("enfants", str(len(sent.children))))
    return [*hidden, *(("vu", name) for name in sent.seen), *(("sur", name) for name in sent.on_page)]


def everything(sent: Sent) -> list[tuple[str, str]]:
    """As `carried`, from a page that asks nothing."""
    sent.on_page = []
    return carried(sent)


def results_of(simulators: Sequence[Simulator], done: Done) -> list[Result]:
    """Probable ones first, then what is to be specified; in the order of the simulators otherwise."""
    shown = [
        result_of(one.title, f"/droits/simulateurs/{one.id}", one.sheet, estimate_of(one, done.situation, done.day))
        for one in simulators
    ]
    return sorted(shown, key=lambda one: ORDER.index(one.verdict))


def result_of(title: str, path: str, sheet: str, estimate: Estimate) -> Result:
    """`sheet` is the id of one, if there is."""
    return Result(
        estimate=estimate,
        title=title,
        path=path,
        sheet=f"/droits/prestations/{sheet}" if sheet in sheets() else "",
        amounts=tuple((in_euros(one.euros), PER[one.per], one.label) for one in estimate.amounts),
        missing=_missing(estimate.missing),
    )


def result_shown(done: Done) -> dict[str, Any]:
    """What stands around the results."""
    return {
        "answered": _answered(done),
        "hidden": everything(done.sent),
        "day": done.day,
        "on": day_in_words(done.day),
        "is_today": done.day == today(),
        "no_promise": NO_PROMISE,
    }


def by_verdict(results: Sequence[Result]) -> list[tuple[str, str, list[Result]]]:
    """The word of each verdict, what it means, and its results; those without any are left out."""
    found = {verdict: [one for one in results if one.verdict is verdict] for verdict in ORDER}
    return [(VERDICT[verdict], MEANS[verdict], some) for verdict, some in found.items() if some]


def summary(results: Sequence[Result]) -> str:
    """`2 aides probables, 1 à préciser.`"""
    likely, unknown = (sum(one.verdict is verdict for one in results) for verdict in ORDER[:2])
    sure = f"{likely} aide{'s' if likely > 1 else ''} probable{'s' if likely > 1 else ''}" if likely else ""
    return ", ".join(filter(None, (sure, f"{unknown} à préciser" if unknown else ""))) or "Aucune aide probable"


def total(results: Sequence[Result]) -> tuple[str, str] | None:
    """`302,10 €`, `par mois` when all that is likely is one sum each, of the same period; nothing otherwise."""
    likely = [one.estimate.amounts for one in results if one.verdict is Verdict.likely and one.amounts]
    periods = {amount.per for amounts in likely for amount in amounts}
    if len(likely) < 2 or len(periods) != 1 or any(len(amounts) > 1 for amounts in likely):
        return None
    return in_euros(sum((amounts[0].euros for amounts in likely), Decimal(0))), PER[periods.pop()]


def _is_in_rows(name: str, here: set[str]) -> bool:
    """A date of birth stands in the block of children."""
    return CHILDREN in here and name.startswith("enfant-") and name.endswith("-born")


def _blocks(asking: Asking) -> list[Block]:
    blocks = list[Block]()
    for group in GROUPS:
        fields = [field for field in asking.fields if field.group == group]
        if own := tuple(field for field in fields if field.child is None):
            blocks.append(Block(group, own))
        for row in sorted({field.child for field in fields if field.child is not None}):
            legend = child_in_words((asking.situation.children or ())[row], asking.day)
            blocks.append(Block(legend, tuple(field for field in fields if field.child == row), is_child=True))
    return blocks


def _labels(asking: Asking) -> dict[str, str]:
    rows = len(asking.sent.children or ())
    births = {f"enfant-{row + 1}-born": f"Date de naissance, enfant {row + 1}" for row in range(rows)}
    return births | {field.name: field.question.label for field in asking.fields if field.name != CHILDREN}


def _answered(done: Done) -> list[Answered]:
    found = []
    for number, group in enumerate(GROUPS):
        fields = [field for field in done.fields if field.group == group]
        if fields:
            found.append(Answered(group, number, tuple(_line(field, done) for field in fields)))
    return found


def _line(field: Field, done: Done) -> tuple[str, str]:
    about = done.situation, done.day
    return question_in_words(field, *about), answer_in_words(field, *about)


def _missing(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    asked = [question(name) for name in names]
    ofs = [" (enfant)" if name.startswith(CHILD) else "" for name in names]
    return tuple((one.label + of, GROUPS.index(one.group)) for one, of in zip(asked, ofs, strict=True))
