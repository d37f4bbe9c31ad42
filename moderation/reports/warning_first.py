"""Nobody is kept from reporting without a warning first (regulation (EU) 2022/2065, article 23(2))."""

from uuid import UUID

from app.forms import Errors
from app.refusals import Refused
from moderation.decisions.form import DecisionForm
from moderation.reports.abuse import not_warned

WARN_FIRST = (
    "Un avertissement vient d’abord\u202f: {names} n’en {have} pas reçu depuis un an pour ses signalements. Il se donne"
    " dans «\u202fSignalements abusifs\u202f», une fois qu’ils se répètent."
)


async def too_early(case: UUID, form: DecisionForm) -> Errors:
    """Beside the measure: whom of those whose reports are ticked has to be warned first."""
    if form.is_refusal or form.sanction is None:
        return {}
    names = await not_warned(case, form.abusive)
    return {"sanction": _in_words(names)} if names else {}


async def guard_warning_first(case: UUID, form: DecisionForm) -> None:
    """The same inside the decision's transaction, its members held. Raises Refused."""
    if why := (await too_early(case, form)).get("sanction"):
        raise Refused(why)


def _in_words(names: list[str]) -> str:
    others, last = ", ".join(names[:-1]), names[-1]
    said = WARN_FIRST.format(names=f"{others} et {last}" if others else last, have="ont" if others else "a")
    return said.replace("ses signalements", "leurs signalements") if others else said
