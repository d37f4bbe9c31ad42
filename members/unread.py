"""What a member has not read yet, as the page's head counts it: sub-selects for the queries that ask for it."""


def unread_messages(member: str) -> str:
    """Messages of everyone they may still meet. `member` is a column or a parameter of the query around it."""
    return f"""(SELECT coalesce(sum(r.unread), 0)::int FROM reading r JOIN conversation c ON c.id = r.conversation
        WHERE r.member = {member} AND r.unread > 0 AND NOT EXISTS (
            SELECT FROM block b WHERE (b.blocker, b.blocked) IN ((c.author, c.helper), (c.helper, c.author))))"""


def unread_notifications(member: str) -> str:
    """Up to 100: beyond, nobody counts."""
    return f"""(SELECT count(*)::int FROM (
        SELECT FROM notification n WHERE n.member = {member} AND n.read_at IS NULL LIMIT 100) few)"""
