"""Results of simulators in words: each one, then all of them together."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from app.dates import on_day
from benefits.catalogue.leading import SIMULATOR
from benefits.catalogue.reading import sheets
from benefits.simulators.contract import PER, VERDICT, Estimate, Simulator, Verdict
from benefits.simulators.money import in_euros
from benefits.simulators.pages.following import Done
from benefits.simulators.pages.running import estimate_of
from benefits.simulators.questions import CHILD, GROUPS, question

ICON = {Verdict.likely: "circle-check", Verdict.unlikely: "circle-minus", Verdict.unknown: "circle-question-mark"}
TONE = {Verdict.likely: "good", Verdict.unlikely: "still", Verdict.unknown: ""}
MEANS = {
    Verdict.likely: "D’après vos réponses, vous y avez sans doute droit.",
    Verdict.unknown: "Une réponse manque, ou seul l’organisme peut le dire.",
    Verdict.unlikely: "D’après vos réponses, sans doute pas.",
}
ORDER = (Verdict.likely, Verdict.unknown, Verdict.unlikely)


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One estimate, in words. `missing` are questions with the number of their group; `is_sum` when it is no
    entitlement that was worked out: nothing is probable in it."""

    estimate: Estimate
    title: str
    path: str
    sheet: str
    amounts: tuple[tuple[str, str, str], ...]
    missing: tuple[tuple[str, int], ...]
    is_sum: bool = False

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
        since, checked = on_day(scale.since), on_day(scale.checked_on)
        return f"Barème : {scale.name}, en vigueur depuis le {since}, vérifié le {checked}."

    @property
    def in_short(self) -> str:
        """`Probable : 151,05 € par mois. …`, `194,04 € par mois, brut. …`."""
        amounts = " ; ".join(_amount_in_words(*amount) for amount in self.amounts)
        found = (amounts,) if self.is_sum and amounts else filter(None, (self.word, amounts))
        return f"{' : '.join(found)}. {self.estimate.because}"


def results_of(simulators: Sequence[Simulator], done: Done) -> list[Result]:
    """Probable ones first, then what is to be specified; in the order of the simulators otherwise."""
    shown = [
        result_of(
            one.title,
            SIMULATOR.format(one.id),
            one.sheet,
            estimate_of(one, done.situation, done.day),
            is_right=one.in_questionnaire,
        )
        for one in simulators
    ]
    return sorted(shown, key=lambda one: ORDER.index(one.verdict))


def result_of(title: str, path: str, sheet: str, estimate: Estimate, *, is_right: bool = True) -> Result:
    """`sheet` is the id of one, if there is."""
    return Result(
        estimate=estimate,
        title=title,
        path=path,
        sheet=f"/droits/prestations/{sheet}" if sheet in sheets() else "",
        amounts=tuple((in_euros(one.euros), PER[one.per], one.label) for one in estimate.amounts),
        missing=_missing(estimate.missing),
        is_sum=not is_right and estimate.verdict is Verdict.likely,
    )


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


def _missing(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    asked = [question(name) for name in names]
    ofs = [" (enfant)" if name.startswith(CHILD) else "" for name in names]
    return tuple((one.label + of, GROUPS.index(one.group)) for one, of in zip(asked, ofs, strict=True))


def _amount_in_words(euros: str, per: str, label: str) -> str:
    return f"{euros} {per}{', ' + label if label else ''}"
