"""Joining with the code of a body, and confirming the address.

A use of the code is counted when the address is confirmed: invented addresses cannot use a code up, and the form
answers the same whether the address has an account or not.
"""

from uuid import UUID

from app import database
from app.database import transaction
from app.jobs import defer
from app.refusals import Refused
from members import jobs
from members.brakes import brake_confirmation
from members.codes import normalised
from members.links import LinkGone, forget_links, look_at, use
from members.passwords import hash_password, matches
from members.tables import LinkPurpose
from moderation import audit
from places.communes import Place

CHARTER = 2
"""The version of the charter that whoever joins today accepts; who joined before keeps the one they accepted."""
NOBODY = UUID(int=0)


class CodeUsedUp(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Ce code vient de servir pour la dernière fois, ou il a été remplacé. Demandez le nouveau à votre"
            " organisme, puis recommencez l’inscription."
        )


async def is_open(code: str) -> bool:
    """Whether one may join with this code now."""
    return await database.row(f"SELECT 1 FROM joining_code WHERE {_OPEN}", normalised(code)) is not None


async def join(*, email: str, password: str, first_name: str, place: Place, code: str) -> None:
    """Writes the request down and has the address answered by e-mail, whatever it is.

    Asked again before confirming, the newer request stands: the earlier password and links are worth nothing.
    """
    password_hash = await hash_password(password)
    async with transaction():
        member = await _write_down(email, password_hash, first_name, place)
        if member:
            await forget_links(member, LinkPurpose.confirm)
            await _vouch(member, code)
        await defer(jobs.answer_joining, member=member or await holder(email))


async def _write_down(email: str, password_hash: str, first_name: str, place: Place) -> UUID | None:
    """The new or still unconfirmed account; None when the address has had a confirmed one."""
    member: UUID | None = await database.value(
        """
        INSERT INTO member
            (email, password_hash, first_name, commune, joined_at, charter_version, approved_publications)
        VALUES ($1, $2, $3, $4, now(), $5, 0)
        ON CONFLICT (email) DO UPDATE SET password_hash = excluded.password_hash, first_name = excluded.first_name,
            commune = excluded.commune, joined_at = excluded.joined_at, charter_version = excluded.charter_version
            WHERE member.confirmed_at IS NULL
        RETURNING id
        """,
        email,
        password_hash,
        first_name,
        place.code,
        CHARTER,
    )
    return member


async def _vouch(member: UUID, code: str) -> None:
    await database.execute("DELETE FROM membership WHERE member = $1", member)
    await database.execute(
        "INSERT INTO membership (member, body, code, since)"
        f" SELECT $2, body, id, now() FROM joining_code WHERE {_OPEN}",
        normalised(code),
        member,
    )


async def ask_again(email: str) -> None:
    """Another link to confirm with; nothing tells whether the address is known."""
    await defer(jobs.answer_joining, member=await holder(email))


async def confirm(token: str, password: str, address: str) -> UUID | None:
    """The member, from now on; None, and the link stays good, when the password is not the one chosen at joining.

    Whoever holds a code may ask to join with an address that is not theirs. The link proves the address; the
    password, that the request being confirmed is one's own.

    Raises `LinkGone`, `TooOften`, or `CodeUsedUp` when someone else had the code's last use.
    """
    member = await look_at(token, LinkPurpose.confirm)
    await brake_confirmation(token, address)
    password_hash = await database.value("SELECT password_hash FROM member WHERE id = $1", member)
    if not await matches(password_hash, password):
        return None
    async with transaction():
        await _hold(member, password_hash)
        await use(token, LinkPurpose.confirm)
        await _count_use(member)
        await database.execute("UPDATE member SET confirmed_at = now() WHERE id = $1", member)
        await audit.record("joined", by=member, kind="member", subject=member)
    return member


async def _hold(member: UUID, password_hash: str) -> None:
    # Compared with the hash just checked: a newer request may have replaced it meanwhile, and none may from here on.
    # The account is locked before its links, as `join` does.
    held = await database.value(
        "SELECT 1 FROM member WHERE id = $1 AND password_hash = $2 AND confirmed_at IS NULL FOR NO KEY UPDATE",
        member,
        password_hash,
    )
    if held is None:
        raise LinkGone


async def _count_use(member: UUID) -> None:
    # Compare-and-set: of two people on the last use, the second finds the row changed and gets nothing.
    counted = await database.value(
        "UPDATE joining_code SET uses = uses + 1"
        " WHERE id = (SELECT code FROM membership WHERE member = $1 AND code IS NOT NULL LIMIT 1)"
        " AND uses < most_uses AND revoked_at IS NULL RETURNING id",
        member,
    )
    if counted is None:
        raise CodeUsedUp


async def holder(email: str) -> UUID:
    """The account of an address, or `NOBODY`: the job is deferred in both cases, so that both take as long."""
    return await database.value("SELECT id FROM member WHERE email = $1", email) or NOBODY


async def sweep_unconfirmed() -> None:
    """Forgets who never confirmed their address."""
    await database.execute("DELETE FROM member WHERE confirmed_at IS NULL AND joined_at < now() - interval '7 days'")


_OPEN = "code = $1 AND revoked_at IS NULL AND expires_at > now() AND uses < most_uses"
