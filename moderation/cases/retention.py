"""How long what moderation keeps is kept, and what still needs it.

Decisions, statements of reasons and notices: twelve months after the decision, at least the six months in which they
may be contested (regulation (EU) 2022/2065, article 20(1)). What was removed, and the evidence: as long as somebody may
contest, and no longer.
"""

from datetime import timedelta

MONTHS_KEPT = 12
GRACE = timedelta(days=1)
"""After the last moment to appeal: whoever was just then sending an appeal is not too late for an erasure."""
NEVER_JUDGED = timedelta(days=30)
"""How long the evidence stays of a case its author took back before anybody decided: often sent again soon after."""

_LATELY = f"now() - interval '{MONTHS_KEPT} months'"

IS_CONTESTABLE = f"""(d.appeal_until > now() - interval '{GRACE // timedelta(hours=1)} hours'
    OR EXISTS (SELECT FROM appeal a WHERE a.decision = d.id AND a.state = 'open'))"""
"""On `decision d`: an appeal may still come, or is being judged."""

IS_NEEDED = f"""coalesce(c.closed_at IS NULL OR {IS_CONTESTABLE} OR (d.kind <> 'approve' AND d.decided_at > {_LATELY})
    OR EXISTS (SELECT FROM appeal a JOIN moderation_case of_appeal ON of_appeal.id = a."case"
        WHERE a.decision = d.id AND (of_appeal.closed_at IS NULL OR of_appeal.closed_at > {_LATELY}))
    OR EXISTS (SELECT FROM sanction s WHERE s.decision = d.id
        AND (s.state IN ('proposed', 'active') AND s.kind <> 'warn' OR s.ends_at > {_LATELY})), FALSE)"""
"""On `moderation_case c LEFT JOIN decision d`: it cannot be forgotten, nor what it hangs on. A sanction lasts no longer
than the decision it was taken with; a warning, which limits nothing, is forgotten with it."""

IS_OLD = f"c.closed_at < {_LATELY}"
"""On `moderation_case c`."""
