"""Who may judge an appeal, and what comes of it: the moderators of its scope but those with a stake, and everyone else
when they cannot."""

from app import database

ALONE_FOR = "48 hours"

IS_FOR_ALL = f"""(
    CASE WHEN c.kind = 'appeal' OR c.listing IN (SELECT earlier.listing FROM decision fallen
            JOIN moderation_case earlier ON earlier.id = fallen."case" WHERE fallen.overturned_at IS NOT NULL)
        THEN c.kind = 'appeal' AND c.opened_at < now() - interval '{ALONE_FOR}' OR NOT EXISTS (
            SELECT FROM role judge WHERE judge.kind = 'moderator'
            AND (cardinality(judge.categories) = 0 OR c.category = ANY(judge.categories))
            AND (cardinality(judge.departments) = 0 OR c.department = ANY(judge.departments))
            AND NOT EXISTS (SELECT FROM member m WHERE m.id = judge.member AND m.suspended_until > now())
            AND NOT has_stake(judge.member, c))
        ELSE FALSE END
)"""
"""On `moderation_case c`: one that any moderator without a stake may judge, whatever their scope. An appeal, at once
when nobody of its scope can, else after two days; what is judged again after one, only when nobody of its scope can."""

MOST_COUNTED = 100


async def appeals_that_wait() -> int:
    """How many open appeals went beyond their scope, or have no judge at all: up to MOST_COUNTED. Administrators are
    shown this: one more moderator is needed."""
    return await database.value(
        "SELECT count(*) FROM (SELECT FROM moderation_case c WHERE c.kind = 'appeal' AND c.closed_at IS NULL"
        f" AND {IS_FOR_ALL} LIMIT {MOST_COUNTED}) counted"
    )
