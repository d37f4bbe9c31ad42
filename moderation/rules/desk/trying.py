"""A sentence somebody of the team makes up: which rules speak of it, of which words, and why. Nothing is kept."""

import re
from datetime import date
from typing import Annotated

import msgspec

from app.forms import Form
from listings.kinds import Category, Deal, Kind
from moderation.rules.desk.shelf import ACTION, MODE, MODE_TONE
from moderation.rules.following import switches
from moderation.rules.marking import Piece, marked
from moderation.rules.screening import RULESET, screen
from moderation.rules.verdict import AuthorRecord, Content, Finding, Mode

_ALL_ON = {rule.id: Mode.on for rule in RULESET.rules}
_PRICE = re.compile(r"([0-9]{1,6})(?:[.,]([0-9]{1,2}))?\s*€?")
TRUSTED = AuthorRecord(is_trusted=True, approved=10)


class TryForm(Form):
    text: Annotated[str, msgspec.Meta(max_length=4_000)]
    title: Annotated[str, msgspec.Meta(max_length=100)] = ""
    category: Category | None = None
    kind: Kind | None = None
    deal: Deal | None = None
    price: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    wanted_by: date | None = None
    is_new: bool = False

    @classmethod
    def messages(cls) -> dict[str, str]:
        return {"text": "Écrivez une phrase, de 4\u202f000 caractères au plus."}

    @property
    def content(self) -> Content:
        price = _PRICE.fullmatch(self.price)
        return Content(
            title=self.title,
            body=self.text,
            category=self.category,
            kind=self.kind,
            deal=self.deal,
            price_cents=int(price[1]) * 100 + int((price[2] or "0").ljust(2, "0")) if price else None,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            wanted_by=self.wanted_by,
            author=AuthorRecord() if self.is_new else TRUSTED,
        )


class Heard(msgspec.Struct, frozen=True):
    """What one rule says of the sentence, in force or not; without `words` it spoke of a field, a date or a price."""

    finding: Finding
    mode: str
    tone: str
    action: str
    words: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"/moderation/regles/{self.finding.rule}"


class Tried(msgspec.Struct, frozen=True):
    """`outcome` is what would happen to an ad of a confirmed member that says this."""

    outcome: str
    heard: list[Heard]
    title: list[Piece]
    text: list[Piece]


async def tried(form: TryForm) -> Tried:
    content, now = form.content, await switches()
    in_force = screen(content, modes=now)
    findings = screen(content, modes=_ALL_ON).findings
    heard = [_heard(one, content, now.get(one.rule) or _in_file(one.rule)) for one in findings]
    title, text = marked("title", content.title, findings), marked("body", content.body, findings)
    return Tried(OUTCOME[in_force.action.value], heard, title, text)


OUTCOME = {
    "allow": "Rien ne serait dit : ce texte passerait.",
    "advise": "L’auteur recevrait un conseil, et pourrait publier tel quel.",
    "care": "L’auteur verrait aussitôt des numéros d’écoute ; une personne de l’équipe lirait le texte.",
    "hold": "Une personne de l’équipe lirait ce texte avant sa publication.",
    "refuse": "L’auteur devrait corriger ce texte avant de pouvoir le publier.",
}


def _heard(finding: Finding, content: Content, mode: Mode) -> Heard:
    pieces = (piece for name, text in content.texts().items() for piece in marked(name, text, [finding]))
    words = tuple(dict.fromkeys(piece.text for piece in pieces if piece.marked))
    return Heard(finding, MODE[mode], MODE_TONE[mode], ACTION[finding.action], words)


def _in_file(rule_id: str) -> Mode:
    return next((rule.mode for rule in RULESET.rules if rule.id == rule_id), Mode.on)
