"""The exchanges of a member, in one list: what waits for them first."""

from uuid import UUID

import asyncpg
import msgspec

from app import database
from app.dates import moment
from exchanges.kinds import Answer, Form, State
from exchanges.swaps.words import FORM, STATE, TONE, span_in_words
from members.visibility import not_blocked

KEPT_IN_SIGHT = "interval '60 days'"


class SwapLine(msgspec.Struct, frozen=True, kw_only=True):
    """`says` is one sentence on where it stands, `needs_me` that it waits for this member's answer; `state` and `tone`
    are those of the `state_badge` macro. Nothing of the others while they are not known;
    of two, the `title` says who the other is once it may."""

    id: UUID
    title: str
    state: str
    tone: str
    says: str
    needs_me: bool
    is_open: bool

    @property
    def path(self) -> str:
        return f"/echanges/{self.id}"


async def swaps_of(member: UUID) -> list[SwapLine]:
    """Open ones, what waits for this member first; then those that ended in the last two months. One query."""
    found = await database.rows(_SWAPS, member)
    return [
        SwapLine(
            id=row["id"],
            title=FORM[Form(row["form"])] + (f", avec {row['other']}" if row["other"] else ""),
            state=STATE[State(row["state"])],
            tone=TONE[State(row["state"])],
            says=_says(row),
            needs_me=row["needs_me"],
            is_open=row["is_open"],
        )
        for row in found
    ]


def _says(row: asyncpg.Record) -> str:
    agrees, first, last = row["agrees"], row["first"], row["last"]
    match State(row["state"]):
        case State.proposed if row["answer"] == Answer.asked:
            return f"Dites oui ou non avant {moment(row['answer_by'])}."
        case State.proposed if row["i_asked"]:
            return "Votre demande est partie. Nous attendons la réponse."
        case State.proposed:
            return "Vous avez dit oui. Nous attendons les autres réponses."
        case State.accepted if agrees:
            return "Nous attendons l’accord des autres sur les jours."
        case State.accepted:
            return "Tout le monde a dit oui. Il reste à convenir des jours."
        case State.confirmed if not agrees:
            return "D’autres jours sont proposés\u202f: dites s’ils vous vont."
        case State.confirmed | State.done if first and last:
            return f"{span_in_words(first, last)}.".capitalize()
        case State.confirmed | State.done:
            return "Tout est convenu."
        case _:
            return "Il n’aura pas lieu. Vos semaines restent notées."


_SWAPS = f"""
SELECT own.*, other.first_name AS other, state = 'proposed' AND answer = 'asked' OR state = 'accepted' AND NOT agrees
        OR state = 'confirmed' AND NOT agrees AS needs_me,
    state IN ('proposed', 'accepted', 'confirmed') AS is_open
FROM (
    SELECT s.id, s.form, s.answer_by, s.ended_at, p.answer, s.origin,
        s.asked_by IS NOT DISTINCT FROM p.member AS i_asked,
        p.agreed_version IS NOT DISTINCT FROM s.version AS agrees,
        CASE WHEN s.state = 'proposed' AND s.answer_by <= clock_timestamp() THEN 'dissolved' ELSE s.state END AS state,
        (SELECT min(t.first) FROM stay t WHERE t.swap = s.id AND p.member IN (t.guest, t.host)) AS first,
        (SELECT max(t.last) FROM stay t WHERE t.swap = s.id AND p.member IN (t.guest, t.host)) AS last
    FROM swap_party p JOIN swap s ON s.id = p.swap
    WHERE p.member = $1 AND NOT p.asked_last
        AND (s.ended_at IS NULL OR s.ended_at > clock_timestamp() - {KEPT_IN_SIGHT})
) own LEFT JOIN LATERAL (
    SELECT m.first_name FROM swap_party o JOIN member m ON m.id = o.member
    WHERE o.swap = own.id AND o.member <> $1 AND own.form <> 'loop'
        AND (own.state IN ('accepted', 'confirmed') OR own.state = 'proposed' AND own.origin = 'requested')
        AND {not_blocked("o.member", "$1::uuid")}
) other ON TRUE
ORDER BY is_open DESC, needs_me DESC, coalesce(ended_at, answer_by) DESC, id
LIMIT 50
"""
