"""What a moderator answered on a dossier: the ready words they chose, the blanks filled, the same cases decided too."""

import asyncpg
import msgspec
from litestar.datastructures import FormMultiDict

from app.forms import Errors
from members.me import Me
from moderation.decisions.deciding import decide
from moderation.decisions.form import DecisionForm
from moderation.desk.bulk import Done, decide_also, read_seen
from moderation.desk.canned import BY_KEY, PLACEHOLDERS, blanks_of, is_untouched, unknown_blanks
from moderation.reports.warning_first import too_early


async def read_decision(sent: FormMultiDict, case: asyncpg.Record) -> tuple[DecisionForm | None, Errors]:
    """The decision as it was sent, its blanks not yet filled; or what it lacks."""
    form, errors = DecisionForm.read(sent)
    if form is None:
        return None, errors
    form = _with_canned(form, str(sent.get("canned") or ""))
    errors = form.errors(case) or await too_early(case["id"], form)
    if strange := unknown_blanks(form.words) if form.is_refusal else []:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        errors["words"] = f"{{{strange[0]}}} ne sera pas remplacé. Vous pouvez écrire {known}."
    return (None, errors) if errors else (form, {})


async def decide_with_others(case: asyncpg.Record, form: DecisionForm, also: str, me: Me) -> Done:
    """Decides of the case, then of the others of the same words that were seen beside it. Raises as `decide`, and then
    nothing was decided."""
    words = (await blanks_of(case)).fill(form.words, form.reason)
    await decide(case, msgspec.structs.replace(form, words=words), me)
    return await decide_also(read_seen(also), form, me)


def _with_canned(form: DecisionForm, key: str) -> DecisionForm:
    """A page without scripts cannot fill the field: words left untouched give way to the ready words chosen."""
    chosen = BY_KEY.get(key)
    if chosen is None or not form.is_refusal or not is_untouched(form.words):
        return form
    return msgspec.structs.replace(form, reason=chosen.reason, words=chosen.words)
