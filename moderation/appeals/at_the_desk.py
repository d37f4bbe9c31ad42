"""What a moderator reads of an appeal beside the thing it is about: the contested decision, and what was said since."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from app import database
from moderation.appeals.access import MESSAGES, Message, read_messages
from moderation.appeals.tables import AppealState
from moderation.cases.tables import CaseKind
from moderation.decisions.tables import DecisionKind
from moderation.desk.masking import Veil


class AppealAtDesk(msgspec.Struct, frozen=True, kw_only=True):
    """`outcome` are the judge's words, empty while it is open. What was judged, the case itself shows."""

    id: UUID
    decision: UUID
    reference: str
    state: AppealState
    appellant_name: str
    by_reporter: bool
    sanction: UUID | None
    opened_at: datetime
    kind: DecisionKind
    of: CaseKind
    reason: str
    facts: str
    words: str
    decided_at: datetime
    decided_case: UUID
    is_overturned: bool
    report_words: str
    measures: Sequence[str]
    outcome: str
    judge_name: str | None
    judged_at: datetime | None
    messages: tuple[Message, ...]


async def appeal_at_desk(case: UUID, veil: Veil) -> AppealAtDesk | None:
    """The appeal of a case its reader may see, as the veil lets them; None when it is another kind of case."""
    found = await database.row(_FOUND, case)
    if found is None:
        return None
    read = dict(found.items())
    for name, kind in (("state", AppealState), ("kind", DecisionKind), ("of", CaseKind)):
        read[name] = kind(read[name])
    messages = tuple(msgspec.structs.replace(one, words=veil(one.words)) for one in read_messages(found["messages"]))
    hidden = {name: veil(found[name]) for name in ("facts", "words", "report_words")}
    return AppealAtDesk(**{**read, **hidden, "messages": messages})


_FOUND = f"""
SELECT a.id, a.decision, d.reference, a.state, appellant.first_name AS appellant_name, a.by_reporter, a.sanction,
    a.opened_at,
    d.kind, c.kind AS of, d.reason, d.facts, d.words, d.decided_at, d."case" AS decided_case,
    d.overturned_at IS NOT NULL AS is_overturned,
    coalesce((SELECT words FROM report WHERE report.thing = thing_of(c) AND reporter = a.appellant
        ORDER BY made_at DESC LIMIT 1), '') AS report_words,
    ARRAY(SELECT kind FROM sanction s WHERE s.decision = d.id AND s.state IN ('active', 'ended')
        AND (a.sanction IS NULL OR s.id = a.sanction) ORDER BY s.proposed_at)
        AS measures,
    a.words AS outcome, judge.first_name AS judge_name, a.judged_at, {MESSAGES}
FROM appeal a JOIN decision d ON d.id = a.decision JOIN moderation_case c ON c.id = d."case"
JOIN member appellant ON appellant.id = a.appellant LEFT JOIN member judge ON judge.id = a.judged_by
WHERE a."case" = $1
"""
