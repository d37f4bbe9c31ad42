"""The cast every test speaks of. Anne in Brest and Bilal in Quimper are trusted members, Émilie has just joined,
Chloé moderates everything, Farid moderates pets in Finistère only, Denis administers."""

from datetime import UTC, datetime

import pytest

from members.tables import Body, Member, Membership, Role

__all__ = ["anne", "bilal", "body", "chloe", "denis", "emilie", "farid"]

NOT_A_HASH = "$argon2id$nobody-signs-in-with-this"


async def person(name: str, commune: str, *, trusted: bool = True) -> Member:
    now = datetime.now(UTC)
    member = Member(
        email=f"{name.lower()}@exemple.test",
        password_hash=NOT_A_HASH,
        first_name=name,
        commune=commune,
        joined_at=now,
        confirmed_at=now,
        trusted_at=now if trusted else None,
    )
    await member.save()
    return member


@pytest.fixture
async def body(undo) -> Body:
    body = Body(name="Action sociale de Brest", kind="delegation", department="29", created_at=datetime.now(UTC))
    await body.save()
    return body


async def belonging(member: Member, body: Body) -> Member:
    await Membership(member=member.id, body=body.id, since=datetime.now(UTC)).save()
    return member


@pytest.fixture
async def anne(body: Body) -> Member:
    return await belonging(await person("Anne", "29019"), body)


@pytest.fixture
async def bilal(body: Body) -> Member:
    return await belonging(await person("Bilal", "29232"), body)


@pytest.fixture
async def emilie(body: Body) -> Member:
    return await belonging(await person("Emilie", "29019", trusted=False), body)


@pytest.fixture
async def chloe(body: Body) -> Member:
    member = await belonging(await person("Chloe", "35238"), body)
    await Role(member=member.id, kind="moderator", granted_at=datetime.now(UTC)).save()
    return member


@pytest.fixture
async def farid(body: Body) -> Member:
    member = await belonging(await person("Farid", "29019"), body)
    await Role(
        member=member.id,
        kind="moderator",
        categories=["pet_care"],
        departments=["29"],
        granted_at=datetime.now(UTC),
    ).save()
    return member


@pytest.fixture
async def denis(body: Body) -> Member:
    member = await belonging(await person("Denis", "75056"), body)
    await Role(member=member.id, kind="administrator", granted_at=datetime.now(UTC)).save()
    return member
