"""The form of a contact, for administrators and, for their own, correspondents and social workers."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar.datastructures import FormMultiDict

from app.dates import today
from app.forms import Errors, Form
from contacts.directory.keeping import change
from contacts.directory.reading import Contact, Content
from contacts.directory.typed import bodies_named, content_of, typed_of
from exchanges.stays.screening import objections

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
LABELS = {
    "kind": "Nature",
    "name": "Nom",
    "about": "Présentation",
    "departments": "Départements",
    "communes": "Communes",
    "topics": "Questions",
    "commune": "Commune où le rencontrer",
    "place": "Lieu",
    "line": "Téléphone",
    "mail": "Courriel",
    "url": "Site",
    "body": "Organisme",
    "meetings": "Permanences",
    "closures": "Fermetures",
    "checked_on": "Vérifié le",
    "is_shown": "Visible",
    "import_key": "Clé",
    "seen": "Cette fiche",
}
OWN = ("about", "topics", "commune", "place", "line", "mail", "url", "meetings", "closures")
"""What whose account answers for a contact may correct; for whom it is, and its name, administrators say."""
SCREENED = ("about", "place")
MEANWHILE = (
    "elle a changé pendant que vous écriviez. Ouvrez-la dans un autre onglet pour comparer, puis enregistrez à nouveau"
    " pour garder ce qui est écrit ici."
)


class ContactForm(Form):
    """`checked` says that whoever sends it has just checked what stands there; `seen` is the `changed_at` they saw."""

    kind: str = ""
    name: str = ""
    about: str = ""
    departments: str = ""
    communes: str = ""
    topics: list[str] = []
    commune: str = ""
    place: str = ""
    line: str = ""
    mail: str = ""
    url: str = ""
    body: str = ""
    meetings: str = ""
    closures: str = ""
    checked: bool = False
    seen: str = ""


def shown(contact: Contact | None) -> dict[str, Any]:
    """What stands in the form at first."""
    if contact is None:
        return {"kind": "social_worker", "checked": "on"}
    said: dict[str, Any] = dict(typed_of(contact, contact.body_name))
    return said | {"topics": [topic.value for topic in contact.topics], "seen": contact.changed_at.isoformat()}


def shown_again(sent: FormMultiDict, contact: Contact) -> dict[str, Any]:
    """What was typed, to be sent over what stands there now."""
    said: dict[str, Any] = {name: sent.get(name, "") for name in (*LABELS, "checked")}
    return said | {"topics": sent.getall("topics", []), "seen": contact.changed_at.isoformat()}


async def read_form(
    sent: FormMultiDict, contact: Contact | None = None, *, is_own: bool = False
) -> tuple[Content | None, Errors]:
    """What is kept, or None and a message for each field that does not fit. What the form does not ask for stays."""
    form, errors = ContactForm.read(sent)
    if form is None:
        return None, errors
    typed = _typed(form, contact, is_own)
    content, errors = content_of(typed, await bodies_named([typed["body"]]))
    if content and is_own:
        errors = await objections({name: typed[name] for name in SCREENED if typed[name]})
    return (None if errors else content), errors


def _typed(form: ContactForm, contact: Contact | None, is_own: bool) -> dict[str, str]:
    before = typed_of(contact, contact.body_name) if contact else {"is_shown": "oui", "checked_on": ""}
    asked = (
        OWN
        if is_own
        else tuple(name for name in LABELS if name not in ("is_shown", "checked_on", "import_key", "seen"))
    )
    said = {name: getattr(form, name) for name in asked if name != "topics"} | {"topics": ",".join(form.topics)}
    checked = {"checked_on": today().isoformat()} if form.checked or is_own else {}
    return before | said | checked


async def change_sent(contact: Contact, sent: FormMultiDict, by: UUID, *, is_own: bool = False) -> Errors:
    """Keeps what was sent; a message for each field that does not fit, or when somebody changed it meanwhile."""
    content, errors = await read_form(sent, contact, is_own=is_own)
    if content and not await change(contact.id, content, _seen(sent), by):
        return {"seen": MEANWHILE}
    return errors


def _seen(sent: FormMultiDict) -> datetime:
    """The very beginning for what was never a moment: then it has changed since."""
    try:
        seen = datetime.fromisoformat(str(sent.get("seen") or ""))
        return seen.astimezone(UTC) if seen.tzinfo else NEVER
    except (ValueError, OverflowError):
        return NEVER
