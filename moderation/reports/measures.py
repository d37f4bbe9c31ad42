"""A moderator acts on abusive reports: a warning first, then no reporting for a while."""

from typing import Annotated

import msgspec

from app.database import transaction
from app.forms import Form
from app.refusals import Refused
from members.me import Me
from moderation.decisions.reasons import Reason
from moderation.reports.abuse import PERIOD, Noticed, noticed_reporter
from moderation.sanctions.effects import hold_member
from moderation.sanctions.imposing import impose
from moderation.sanctions.tables import SanctionKind

CHANGED = "Une autre mesure a été prise entre-temps, ou les chiffres ont changé\u202f: relisez la liste, puis décidez."


class MeasureForm(Form):
    """`kind` is the measure the page proposed."""

    kind: SanctionKind
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"words": "Écrivez quelques mots à cette personne\u202f: elle doit pouvoir comprendre."}


async def take_measure(noticed: Noticed, form: MeasureForm, me: Me) -> None:
    """Raises Refused when another measure is due by now, or none."""
    async with transaction():
        await hold_member(noticed.member)
        found = await noticed_reporter(noticed.member, me)
        if found is None or found.proposed is not form.kind or not found.is_due:
            raise Refused(CHANGED)
        await impose(
            found.decision,
            found.member,
            form.kind,
            found.days if form.kind is SanctionKind.no_reporting else None,
            Reason.good_faith.value,
            facts_of(found),
            form.words,
            me.id,
        )


def facts_of(found: Noticed) -> str:
    """What the statement of reasons says was found."""
    abusive = f", dont {found.abusive} fait{'s' if found.abusive > 1 else ''} pour nuire" if found.abusive else ""
    return (
        f"En {PERIOD.days} jours, l’équipe a examiné {found.judged} de vos signalements\u202f:"
        f" {found.unfounded} n’avaient pas lieu d’être{abusive}."
    )
