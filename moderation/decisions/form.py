"""What a moderator fills in to decide, and what may be decided of a case."""

from typing import Annotated
from uuid import UUID

import asyncpg
import msgspec

from app.forms import Errors, Form
from listings.kinds import Status
from moderation.cases.tables import CaseKind
from moderation.decisions.laws import Law
from moderation.decisions.reasons import TEXTS, Reason
from moderation.decisions.tables import DecisionKind, Ground
from moderation.sanctions.kinds import MEASURES, OF_AUTHORS, TIMED
from moderation.sanctions.tables import SanctionKind

Version = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]
"""As large as the database's own; it refuses to look for a larger one."""


def possible(case: asyncpg.Record) -> tuple[DecisionKind, ...]:
    """What may be decided of a case. What was said, and an ad nobody reads any more, are not rewritten; an edit sent
    back leaves the ad as it was, which a report would remove. So does one of a reply, which may also be removed. An
    appeal is judged, not decided."""
    match CaseKind(case["kind"]):
        case CaseKind.edit:
            return DecisionKind.approve, DecisionKind.ask_changes
        case CaseKind.appeal:
            return ()
        case CaseKind.thanks if case["thanks_state"] == "private":
            return (DecisionKind.approve,)
        case CaseKind.reply if case["reply_waiting"] is not None:
            return DecisionKind.approve, DecisionKind.ask_changes, DecisionKind.remove
        case CaseKind.listing if case["listing_status"] not in (Status.closed, Status.aside):
            return DecisionKind.approve, DecisionKind.ask_changes, DecisionKind.remove
        case _:
            return DecisionKind.approve, DecisionKind.remove


class DecisionForm(Form):
    """`version` is the case's as it was read, `ad_version` the ad's: if either changed, it is read again first.

    `facts` says what was found, `words` what its author should do; `law` goes with the ground of the same name. A
    `sanction` is against the author; with an approval, against those whose reports (`abusive`, their ids) were none.
    """

    kind: DecisionKind
    version: Version
    ad_version: Version
    reason: Reason | None = None
    ground: Ground = Ground.charter
    law: Law | None = None
    facts: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    words: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    sanction: SanctionKind | None = None
    days: int | None = None
    abusive: list[UUID] = []

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {
            "kind": "Choisissez ce que vous décidez.",
            "reason": "Choisissez un motif.",
            "ground": "Dites si c’est la charte ou la loi.",
            "law": "Choisissez un des textes proposés.",
            "sanction": "Choisissez une des mesures proposées.",
            "days": "Indiquez un nombre de jours.",
            "abusive": "Rechargez le dossier, puis décidez.",
            "version": "Rechargez le dossier, puis décidez.",
            "ad_version": "Rechargez le dossier, puis décidez.",
        }

    @property
    def is_refusal(self) -> bool:
        """The author has something to change, or loses something."""
        return self.kind is not DecisionKind.approve

    def errors(self, case: asyncpg.Record) -> Errors:
        """What this decision lacks for this case."""
        if self.kind not in possible(case):
            return {"kind": "Cette décision n’est pas possible ici."}
        return {**(self._unexplained() if self.is_refusal else {}), **self._unfit_sanction()}

    def _unexplained(self) -> Errors:
        wanted: Errors = {}
        if self.reason not in TEXTS:
            wanted["reason"] = "Choisissez un motif."
        if not self.words:
            wanted["words"] = "Écrivez quelques mots à l’auteur\u202f: il doit pouvoir comprendre."
        if self.ground is Ground.law and self.law is None:
            wanted["law"] = "Choisissez le texte de loi en cause."
        return wanted

    def _unfit_sanction(self) -> Errors:
        if self.sanction is None:
            return {}
        if self.sanction not in (OF_AUTHORS if self.is_refusal else (SanctionKind.no_reporting,)):
            return {"sanction": "Cette mesure ne va pas avec cette décision."}
        if not self.is_refusal and not self.abusive:
            return {"sanction": "Cochez d’abord les signalements abusifs."}
        most = MEASURES[self.sanction].most
        if self.sanction in TIMED and not 1 <= (self.days or 0) <= most:
            return {"days": f"Indiquez un nombre de jours, de 1 à {most}."}
        return {}
