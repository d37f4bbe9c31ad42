"""Who may be in a new exchange, in SQL: the same words for the search of a match and for what is proposed of it."""

MATCHED_AT_ONCE = 1
REQUESTS_AT_ONCE = 2
REQUESTS_A_WEEK = 5


def in_a_match(member: str) -> str:
    """A condition on an SQL expression for a member: something the server found for them waits for an answer, or for
    days to be agreed on."""
    return (
        "EXISTS (SELECT FROM swap_party p JOIN swap s ON s.id = p.swap"
        f" WHERE p.member = {member} AND s.origin = 'matched' AND s.state IN ('proposed', 'accepted'))"
    )


def engaged(exchanger: str, first: str, last: str) -> str:
    """A condition: a swap that everybody accepted holds this exchanger on one of the days from `first` to `last`."""
    return (
        "EXISTS (SELECT FROM engagement g"
        f" WHERE g.exchanger = {exchanger} AND daterange(g.first, g.last) && daterange({first}, {last}))"
    )
