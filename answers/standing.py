"""Where an answer stands, in words for each of its two people."""

from collections.abc import Mapping
from typing import Any, Self

import msgspec

from answers.slot_words import for_slots
from app.dates import moment
from listings.kinds import Outcome, Status
from listings.schedules.schedule import Schedule
from places.zones import zone_of
from thanks.helping import author_helps

MAY_ANSWER_AGAIN = """(a.state = 'withdrawn' OR (a.state = 'declined' AND a.settled_at < (
    SELECT greatest(l.published_at, l.back_at) FROM listing l WHERE l.id = a.listing)))"""
"""A condition on `answer a`: it was taken back, or told no before the ad was put online anew or came back."""

STANDING = f"""
    a.id AS answer, a.state AS answer_state, a.asked_until,
    (SELECT count(*) FROM answer o WHERE o.listing = a.listing AND o.state IN ('listed', 'asked') AND o.turn <= a.turn)
        AS answer_rank,
    ARRAY(SELECT k.slot FROM commitment k WHERE k.listing = a.listing AND k.helper = a.helper AND k.ended_at IS NULL)
        AS answer_seats,
    EXISTS (SELECT FROM commitment k WHERE k.listing = a.listing AND k.helper <> a.helper AND k.ended_at IS NULL)
        AS answer_found,
    {MAY_ANSWER_AGAIN} AS answer_again
"""
"""Columns of `answer a` for `Standing.of`."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """`state` is an AnswerState; `for_helper` and `for_author` say it to each. `has_week`: several days."""

    state: str
    is_open: bool
    is_expected: bool
    has_week: bool
    author_helps: bool
    may_answer_again: bool
    for_helper: str
    for_author: str

    @classmethod
    def of(cls, row: Mapping[str, Any], schedule: Schedule | None, author: str, helper: str = "") -> Self | None:
        """From a row with the columns of `STANDING` and the ad's `status`, `outcome`, `kind`, `deal` and `department`.

        None without an answer.
        """
        if not row["answer_state"]:
            return None
        words = _Words(row, schedule, author, helper)
        is_expected = row["answer_state"] == "chosen" and bool(row["answer_seats"])
        return cls(
            state=row["answer_state"],
            is_open=row["status"] == Status.published,
            is_expected=is_expected,
            author_helps=words.author_helps,
            may_answer_again=bool(row["answer_again"]),
            has_week=is_expected and schedule is not None and schedule.is_shared_out,
            for_helper=words.for_helper(),
            for_author=words.for_author(),
        )

    @property
    def is_asked(self) -> bool:
        return self.state == "asked" and self.is_open

    @property
    def can_be_withdrawn(self) -> bool:
        return self.is_expected or (self.is_open and self.state in ("waiting", "listed", "asked"))

    @property
    def can_answer_again(self) -> bool:
        return self.is_open and self.may_answer_again


class _Words:
    def __init__(self, row: Mapping[str, Any], schedule: Schedule | None, author: str, helper: str) -> None:
        self.row, self.author, self.helper = row, author, helper
        self.what = for_slots(schedule, row["answer_seats"])
        self.author_helps = author_helps(row["kind"], row["deal"])
        self.until = moment(row["asked_until"], zone_of(row["department"])) if row["asked_until"] else ""

    def for_helper(self) -> str:
        match self.row["answer_state"]:
            case "chosen" if self.row["answer_seats"]:
                verb = "a retenu votre réponse" if self.author_helps else "compte sur vous"
                return f"{self.author} {verb}{self.what}."
            case "chosen":
                return "C’est terminé." if self.author_helps else "C’est terminé. Merci d’avoir été là !"
            case "listed":
                return f"Vous êtes sur la liste d’attente, {_nth(self.row['answer_rank'])}."
            case "asked":
                return f"Une place se libère pour vous. Dites-le à {self.author} avant {self.until}."
            case "withdrawn":
                return "Vous avez retiré votre réponse."
            case "declined":
                return self._no()
            case _:
                return f"Votre réponse attend : {self.author} vous dira oui ou non."

    def for_author(self) -> str:
        match self.row["answer_state"]:
            case "chosen" if self.row["answer_seats"]:
                verb = "avez retenu la réponse de" if self.author_helps else "comptez sur"
                return f"Vous {verb} {self.helper}{self.what}."
            case "chosen":
                return f"Vous aviez choisi {self.helper}."
            case "listed":
                return f"{self.helper} est sur votre liste d’attente, {_nth(self.row['answer_rank'])}."
            case "asked":
                return f"Une place est proposée à {self.helper}, jusqu’à {self.until}."
            case "withdrawn":
                return f"{self.helper} a retiré sa réponse."
            case "declined":
                return f"Vous avez répondu à {self.helper} que ce ne serait pas pour cette fois."
            case _:
                return f"{self.helper} attend votre réponse."

    def _no(self) -> str:
        if self.row["answer_found"] or self.row["outcome"] == Outcome.fulfilled:
            return f"{self.author} a trouvé quelqu’un."
        if self.row["status"] != Status.published:
            return "L’annonce est terminée."
        return f"{self.author} ne peut pas donner suite cette fois."


def _nth(rank: int) -> str:
    return "en tête" if rank == 1 else f"{rank}e"
