"""Members of the cast who can sign in with a password."""

from members.passwords import hash_password
from members.tables import Member

ANNES_PASSWORD = "quatre marées sous la lune"


async def with_password(member: Member, password: str = ANNES_PASSWORD) -> Member:
    member.password_hash = await hash_password(password)
    await member.save(columns=[Member.password_hash])
    return member
