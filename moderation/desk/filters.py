"""Which part of the queue a moderator looks at."""

import enum
from typing import Any, TypeVar
from urllib.parse import urlencode

import msgspec
from litestar import Request

from listings.kinds import Category
from moderation.cases.tables import CaseKind
from places.departments import department

AKind = TypeVar("AKind", bound=enum.StrEnum)


class Whose(enum.StrEnum):
    """Those one holds now, or those a colleague handed over."""

    mine = "moi"
    handed = "confies"


class Filters(msgspec.Struct, frozen=True):
    """None where nothing is asked for. Kept in the address, and in those of the cases opened from it."""

    category: Category | None = None
    department: str | None = None
    kind: CaseKind | None = None
    whose: Whose | None = None

    def given(self) -> dict[str, str]:
        """What was chosen, as the form's fields."""
        named = {
            "categorie": self.category,
            "departement": self.department,
            "nature": self.kind,
            "dossiers": self.whose,
        }
        return {name: str(value) for name, value in named.items() if value}

    @property
    def query(self) -> str:
        """`?categorie=rides`, or nothing."""
        return f"?{urlencode(self.given())}" if self.given() else ""

    def address(self, path: str, **more: Any) -> str:
        asked = urlencode({**self.given(), **more})
        return f"{path}?{asked}" if asked else path

    def showing(self, whose: str | None) -> str:
        """The address of the same part of the queue, for one's own cases, those handed over, or all."""
        return msgspec.structs.replace(self, whose=Whose(whose) if whose else None).address("/moderation")

    def condition(self, first: int) -> tuple[str, list[str]]:
        """More of a WHERE on `moderation_case c` where $1 is who asks, and its parameters, numbered from `first`.
        What was not chosen is left out, so that what was may use its index."""
        chosen = {"c.category": self.category, "c.department": self.department, "c.kind": self.kind}
        columns = {column: str(value) for column, value in chosen.items() if value}
        parts = [f"{column} = ${first + at}" for at, column in enumerate(columns)]
        if self.whose is Whose.mine:
            parts.append("c.claimed_by = $1 AND c.claimed_until > now()")
        if self.whose is Whose.handed:
            parts.append("c.handed_to = $1")
        return "".join(f" AND {part}" for part in parts), list(columns.values())


async def filters_asked_for(request: Request) -> Filters:
    """What the address asks for; a value that is none of ours asks for nothing."""
    asked = request.query_params
    code = str(asked.get("departement", "")).strip().upper()
    return Filters(
        category=_one_of(Category, asked.get("categorie")),
        department=code if department(code) else None,
        kind=_one_of(CaseKind, asked.get("nature")),
        whose=_one_of(Whose, asked.get("dossiers")),
    )


def _one_of(kinds: type[AKind], typed: Any) -> AKind | None:
    return next((kind for kind in kinds if kind.value == typed), None)
