"""The same ad published again by the same member: near-identical words, or the same photo.

Its author is shown the other ad first, with the ways to prolong or change it; only if they go on does a moderator read
(finding `repeat.same-words` or `repeat.same-photo`, version 1). Looked for when an ad is sent, not when it is changed
or prolonged: it would only find itself a little younger.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from app import database
from app.dates import since
from listings.content import Content
from listings.kinds import APART, IS_AN_AD, Status
from listings.photos.fingerprints import alike
from moderation.rules import Action, Finding
from places.folding import fold

SAME_WORDS = 86
"""Of 100, the order of the words set aside; the cases that tuned it are in tests/listings/market/test_repeating.py."""
AMONG = 200
VERSION = 1
WHY = {"words": "Ses mots sont presque les mêmes.", "photo": "Une photo est la même."}
_NUMBERS = re.compile(r"\d+")


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """An ad of the same author that this one repeats, and by what: its words or a photo."""

    listing: UUID
    title: str
    status: Status
    at: datetime
    by: str

    @property
    def message(self) -> str:
        ended = ", terminée depuis peu" if self.status is Status.closed else ""
        return f"Cette annonce ressemble à la vôtre « {self.title} », envoyée {since(self.at)}{ended}. {WHY[self.by]}"

    @property
    def finding(self) -> Finding:
        said = f"Cette annonce ressemble à une autre de la même personne. {WHY[self.by]}"
        return Finding(
            f"repeat.same-{self.by}", VERSION, Action.HOLD, self.message, to_moderators=said, other=self.listing
        )

    @property
    def path(self) -> str:
        return f"/annonces/{self.listing}"


async def repeat_of(listing: UUID, content: Content, author: UUID) -> Repeat | None:
    """The latest of this author's ads that `content`, of the ad `listing`, says again.

    Among those that wait, that are online and that ended less than 30 days ago, 200 at most; drafts do not count. A
    home repeats none, there is one at a time; nor does a local offer, that a moderator always reads.
    """
    if content.category in APART:
        return None
    others = await database.rows(_OTHERS, author, listing, AMONG)
    fingerprints = await _fingerprints(content) if content.photos else []
    for other in others:
        if by := _same(content, fingerprints, other):
            return Repeat(
                listing=other["id"], title=other["title"], status=Status(other["status"]), at=other["sent_at"], by=by
            )
    return None


def same_words(one: Content, other: Content) -> bool:
    """Whether two ads say the same. Other days are another need, and so is an offer beside a request; another number
    in the title is another thing."""
    if (one.kind, one.schedule, one.wanted_by) != (other.kind, other.schedule, other.wanted_by):
        return False
    if _numbers(one.title) != _numbers(other.title):
        return False
    from rapidfuzz import fuzz  # 4 MB, and only processes where somebody sends an ad need it

    return fuzz.token_sort_ratio(_folded(one), _folded(other), score_cutoff=SAME_WORDS) > 0


def _same(content: Content, fingerprints: Sequence[int | None], other: Any) -> str:
    if same_words(content, Content.of(other)):
        return "words"
    return "photo" if any(alike(one, two) for one in fingerprints for two in other["fingerprints"]) else ""


def _folded(content: Content) -> str:
    return fold(f"{content.title} {content.body}")


def _numbers(title: str) -> list[str]:
    return sorted(_NUMBERS.findall(title))


async def _fingerprints(content: Content) -> list[int | None]:
    found = await database.rows("SELECT fingerprint FROM photo WHERE id = ANY($1::uuid[])", list(content.photos))
    return [row["fingerprint"] for row in found]


_OTHERS = f"""
SELECT l.*, coalesce(l.published_at, l.submitted_at) AS sent_at,
    ARRAY(SELECT p.fingerprint FROM photo p WHERE p.id = ANY(l.photos) AND p.fingerprint IS NOT NULL) AS fingerprints
FROM listing l
WHERE l.author = $1 AND l.id <> $2 AND l.{IS_AN_AD} AND coalesce(l.published_at, l.submitted_at) IS NOT NULL
    AND (l.status IN ('pending', 'published') OR (l.status = 'closed' AND l.closed_at > now() - interval '30 days'))
ORDER BY l.updated_at DESC, l.id DESC LIMIT $3
"""
