"""What blocking means in SQL, in one place: neither sees the other, anywhere."""


def not_blocked(one: str, other: str) -> str:
    """A condition on two SQL expressions (a column, a parameter): no block stands between these members."""
    return (
        f"NOT EXISTS (SELECT FROM block WHERE (block.blocker = {one} AND block.blocked = {other})"
        f" OR (block.blocker = {other} AND block.blocked = {one}))"
    )
