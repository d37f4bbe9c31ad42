"""How many proposed measures wait for a moderator's yes or no: read with every request of theirs, of nobody else's."""


def to_answer(member: str, role: str) -> str:
    """A column, of SQL expressions: a member's id, and the row of their role as moderator, NULL when they are none. In
    their scope, proposed by another, and where they have no stake."""
    return f"""
        (SELECT count(*)::int FROM sanction s
            JOIN decision d ON d.id = s.decision JOIN moderation_case c ON c.id = d."case"
            WHERE {role}.id IS NOT NULL AND s.state = 'proposed' AND {member} NOT IN (s.proposed_by, s.member)
            AND (cardinality({role}.categories) = 0 OR c.category = ANY({role}.categories))
            AND (cardinality({role}.departments) = 0 OR c.department = ANY({role}.departments))
            AND NOT has_stake({member}, c))"""
