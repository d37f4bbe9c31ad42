"""The rows behind what waits for a member, read at once.

$1 is the member, $2 whom they must not meet, $3 how long a word of thanks can be written.
"""

from listings.own_ads import IS_SENT_BACK, RUNS_ITS_COURSE
from thanks.reading import WORDS_DUE

MOST = 20  # of one kind

_PLACES_OFFERED = f"""
SELECT 'asked' AS kind, l.id AS listing, a.conversation AS other, l.title, '' AS who, 1 AS number,
    a.asked_until AS until, NULL::date AS day, l.department, l.category
FROM answer a JOIN listing l ON l.id = a.listing
WHERE a.helper = $1 AND a.state = 'asked' AND a.asked_until > now() AND l.status = 'published'
    AND l.author <> ALL($2) ORDER BY a.asked_until LIMIT {MOST}
"""
_DAYS_TO_COVER = f"""
SELECT 'call', l.id, r.id, l.title, '', 1, c.until, r.day, l.department, l.category
FROM slot_call c JOIN slot_release r ON r.id = c.release JOIN commitment k ON k.id = r.commitment
JOIN listing l ON l.id = k.listing
WHERE c.member = $1 AND c.said IS NULL AND c.until > now() AND r.covered_by IS NULL AND l.status = 'published'
    AND l.author <> ALL($2) AND k.helper <> ALL($2) ORDER BY c.until LIMIT {MOST}
"""
_SENT_BACK = f"""
SELECT 'sent_back', l.id, NULL::uuid, l.title, '', 1, l.updated_at, NULL, l.department, l.category
FROM listing l WHERE l.author = $1 AND l.status = 'draft' AND {IS_SENT_BACK} ORDER BY l.updated_at LIMIT {MOST}
"""
_ANSWERS_TO_SETTLE = f"""
SELECT 'answers', l.id, NULL, l.title, '', count(*)::int, min(a.answered_at), NULL, l.department, l.category
FROM listing l JOIN answer a ON a.listing = l.id AND a.state = 'waiting'
WHERE l.author = $1 AND l.status = 'published' AND a.helper <> ALL($2)
GROUP BY l.id ORDER BY min(a.answered_at) LIMIT {MOST}
"""
_THANKS_TO_WRITE = f"""
SELECT 'thanks', listing, help, about, name, 1, at, NULL, NULL, NULL FROM ({WORDS_DUE}) AS word
"""
_ENDING_SOON = f"""
SELECT 'ending', l.id, NULL, l.title, '', 1, l.expires_at, NULL, l.department, l.category
FROM listing l WHERE l.author = $1 AND l.status = 'published' AND l.expires_at > now()
    AND l.expires_at <= now() + interval '7 days' AND {RUNS_ITS_COURSE} ORDER BY l.expires_at LIMIT {MOST}
"""
_DRAFTS_LEFT = f"""
SELECT 'draft', l.id, NULL, l.title, '', (count(*) OVER ())::int, l.updated_at, NULL, l.department, l.category
FROM listing l WHERE l.author = $1 AND l.status = 'draft' AND NOT {IS_SENT_BACK} ORDER BY l.updated_at DESC LIMIT 1
"""
_EXCHANGES = f"""
SELECT CASE s.state WHEN 'proposed' THEN 'swap' ELSE 'swap_days' END, NULL, s.id, '', '', 1, s.answer_by, NULL, NULL,
    NULL
FROM swap_party p JOIN swap s ON s.id = p.swap
WHERE p.member = $1 AND NOT p.asked_last AND s.answer_by > now() AND (s.state = 'proposed' AND p.answer = 'asked'
    OR s.state = 'accepted' AND p.agreed_version IS DISTINCT FROM s.version)
ORDER BY s.answer_by LIMIT {MOST}
"""
_ROOFS = f"""
SELECT 'roof', NULL, c.id, '', '', 1, c.until, NULL, NULL, NULL
FROM hospitality_asked a JOIN hospitality_call c ON c.id = a.call
WHERE a.host = $1 AND a.said IS NULL AND c.closed_at IS NULL AND c.until > now() ORDER BY c.until LIMIT {MOST}
"""
EVERYTHING = " UNION ALL ".join(
    f"({part})"
    for part in (
        _PLACES_OFFERED,
        _DAYS_TO_COVER,
        _EXCHANGES,
        _ROOFS,
        _SENT_BACK,
        _ANSWERS_TO_SETTLE,
        _THANKS_TO_WRITE,
        _ENDING_SOON,
        _DRAFTS_LEFT,
    )
)
