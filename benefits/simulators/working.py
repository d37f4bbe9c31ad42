"""The sheet of paper on which a simulator works: what it was told, the steps it wrote down, and how it ends.

A simulator is a function of a `Working`. It asks for what it needs, and stops by itself there when that was not said
yet; so what it asks and what it computes can never disagree.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import wraps

from benefits.simulators.contract import Amount, Estimate, NextAction, Reference, Scale, Step, Verdict
from benefits.simulators.questions import CHILD, concerns
from benefits.simulators.scales import Unscaled, scales
from benefits.simulators.situation import Child, Situation

Estimating = Callable[[Situation, date], Estimate]
MORE = "Il manque des réponses pour le dire."


class Missing(Exception):
    """These questions, by name and in order, come before anything else can be said."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)


class Working:
    def __init__(self, simulator: str, said: Situation, on: date, to_do: tuple[NextAction, ...]) -> None:
        self.simulator, self.said, self.on, self.to_do = simulator, said, on, to_do
        self._steps: list[Step] = []
        self._scale: Scale | None = None

    def needs(self, *names: str, of: Sequence[Child] = ()) -> None:
        """Goes on only when each of these was answered; `child.…` for every child in `of` whom it concerns.
        Raises Missing with those that were not."""
        if missing := [name for name in names if self._unsaid(name, of)]:
            raise Missing(missing)

    def _unsaid(self, name: str, of: Sequence[Child]) -> bool:
        if not name.startswith(CHILD):
            return getattr(self.said, name) is None
        field = name.removeprefix(CHILD)
        return any(getattr(child, field) is None and concerns(name, child, self.on) for child in of)

    def step(self, text: str, rule: Reference | None = None) -> None:
        self._steps.append(Step(text, rule))

    def figures(self, scale: str, day: date | None = None) -> dict[str, Decimal]:
        """Those in force on `day`, or else on the day asked about; the result quotes the last scale that was asked for,
        and the base. Raises Unscaled."""
        self._scale = scales()[scale].quoted(day or self.on)
        return scales()[scale].on(day or self.on).values

    def bmaf(self, day: date | None = None) -> Decimal:
        """The monthly base of the family benefits, in euros. Raises Unscaled."""
        base, quoted = scales()["bmaf"].on(day or self.on), scales()["bmaf"].quoted(day or self.on)
        self._scale = self._scale._replace(sources=self._scale.sources + quoted.sources) if self._scale else quoted
        return base.values["bmaf"]

    def likely(self, because: str, *amounts: Amount) -> Estimate:
        return self._end(Verdict.likely, because, amounts)

    def unlikely(self, because: str) -> Estimate:
        return self._end(Verdict.unlikely, because)

    def unknown(self, because: str, *missing: str) -> Estimate:
        return self._end(Verdict.unknown, because, missing=missing)

    def _end(
        self, verdict: Verdict, because: str, amounts: tuple[Amount, ...] = (), missing: tuple[str, ...] = ()
    ) -> Estimate:
        return Estimate(
            simulator=self.simulator,
            verdict=verdict,
            because=because,
            amounts=amounts,
            steps=tuple(self._steps),
            missing=missing,
            scale=self._scale,
            next=self.to_do,
        )


def simulating(simulator: str, *to_do: NextAction) -> Callable[[Callable[[Working], Estimate]], Estimating]:
    """Makes a pure function of a situation and a day out of one that works; `to_do` is what to do in any case."""

    def made(work: Callable[[Working], Estimate]) -> Estimating:
        @wraps(work)
        def estimate(said: Situation, on: date) -> Estimate:
            working = Working(simulator, said, on, to_do)
            try:
                return work(working)
            except Missing as more:
                return working.unknown(MORE, *more.names)
            except Unscaled as none:
                return working.unknown(f"{none} Le lien ci-dessous mène à qui le sait.")

        return estimate

    return made


def asking(estimate: Estimating) -> Callable[[Situation, date], tuple[str, ...]]:
    """The questions that `estimate` still waits for."""
    return lambda said, on: estimate(said, on).missing
