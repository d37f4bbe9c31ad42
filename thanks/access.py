"""The only ways to an exchange or a word of thanks on someone's behalf."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import Request
from litestar.params import FromPath

from app import database
from app.dates import in_words
from app.refusals import NotHere, Refused
from app.settings import PARIS
from listings.kinds import Category
from members.visibility import not_blocked
from thanks.opening import HAS_READ, TO_WRITE

WRITTEN = "Vous avez déjà écrit pour cet échange, ou lu le mot de l’autre. Tout est dans « Mercis »."
TOO_LATE = "Les quatorze jours pour écrire un mot sont passés. Vous pouvez encore écrire un message privé."


class AlreadyWritten(Refused):
    """Nothing is left to write here; a notification may still lead to it."""


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """As one of its two people sees it; `they_helped` says which way the help went."""

    id: UUID
    about: str
    category: str
    other: UUID
    other_name: str
    they_helped: bool
    is_service: bool
    is_sale: bool
    at: datetime

    @property
    def said(self) -> str:
        """Who did what for whom, before the ad's title."""
        if self.is_sale:
            return f"{self.other_name} vous a vendu" if self.they_helped else f"Vous avez vendu à {self.other_name}"
        if self.category == Category.home:
            lent = f"Vous avez prêté votre logement à {self.other_name}"
            return f"{self.other_name} vous a prêté son logement" if self.they_helped else lent
        return f"{self.other_name} vous a rendu service" if self.they_helped else f"Vous avez aidé {self.other_name}"

    @property
    def path(self) -> str:
        return f"/mercis/ecrire/{self.id}"

    @property
    def last_day(self) -> str:
        return in_words((self.at + TO_WRITE).astimezone(PARIS).date())


async def own_exchange(help_id: FromPath[UUID], request: Request) -> Exchange:
    """Raises NotHere for anyone but its two people and once one blocked the other, Refused fourteen days after, and
    when they wrote, or read the other's word, already."""
    found = await database.row(
        f"""
        SELECT h.id, h.about, l.category, o.id AS other, o.first_name AS other_name, h.helped = $2 AS they_helped,
            h.is_service, h.is_sale, h.at, h.at > clock_timestamp() - $3::interval AS is_open,
            {HAS_READ.format(member="$2")} AS has_read,
            EXISTS (SELECT FROM thanks t WHERE t.help = h.id AND t.from_member = $2 AND t.state <> 'deleted')
                AS has_written
        FROM help h JOIN listing l ON l.id = h.listing
        JOIN member o ON o.id = CASE WHEN h.helper = $2 THEN h.helped ELSE h.helper END
        WHERE h.id = $1 AND $2 IN (h.helper, h.helped) AND l.status <> 'removed' AND {not_blocked("$2", "o.id")}
        """,
        help_id,
        request.user.id,
        TO_WRITE,
    )
    if found is None:
        raise NotHere
    if not found["is_open"]:
        raise Refused(TOO_LATE)
    if found["has_read"] or found["has_written"]:
        raise AlreadyWritten(WRITTEN)
    return Exchange(**{name: found[name] for name in Exchange.__struct_fields__})


async def own_word(thanks_id: FromPath[UUID], request: Request) -> UUID:
    """Raises NotHere unless this member wrote it and may still take it back."""
    found: UUID | None = await database.value(
        "SELECT id FROM thanks WHERE id = $1 AND from_member = $2 AND state NOT IN ('removed', 'deleted')",
        thanks_id,
        request.user.id,
    )
    if found is None:
        raise NotHere
    return found
