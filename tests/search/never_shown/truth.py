"""What a member may find at a moment, from the rows of ads, members, measures and blocks alone. A local offer speaks
for a body: no block hides it."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from app import database
from members.visibility import not_blocked
from search.contract import FACETS, Document
from search.documents.ads import Ads

_MAY_BE_FOUND = f"""
SELECT l.id FROM listing l JOIN member m ON m.id = l.author
WHERE l.status = 'published' AND l.expires_at > $2 AND (m.suspended_until IS NULL OR m.suspended_until <= $2)
    AND (l.category = 'local_offer' OR {not_blocked("l.author", "$1::uuid")})
"""
_HIDDEN = """
SELECT blocked AS other FROM block WHERE blocker = $1 UNION SELECT blocker FROM block WHERE blocked = $1
"""


async def findable(viewer: UUID, at: datetime) -> dict[str, Document]:
    """By id."""
    ids = [str(row["id"]) for row in await database.rows(_MAY_BE_FOUND, viewer, at)]
    return {document.id: document for document in await Ads().documents(ids)}


async def hidden_from(viewer: UUID) -> tuple[str, ...]:
    """Whom they must not meet, as their session tells the pages."""
    return tuple(str(row["other"]) for row in await database.rows(_HIDDEN, viewer))


def counted(documents: dict[str, Document]) -> dict[str, Counter[str]]:
    """How many have each value of each facet."""
    return {facet: Counter(value for one in documents.values() for value in one.values_of(facet)) for facet in FACETS}
