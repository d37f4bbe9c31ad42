"""The log is chained: what was sealed cannot change, vanish or appear without a trace."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from app import database
from app.database import transaction
from moderation import audit
from moderation.audit import sealing
from moderation.audit.sealing import head, seal, unsealed
from moderation.audit.verifying import Proof, Unreadable, read_head, verify

AT_WILL = "SET session_replication_role = replica; {}; SET session_replication_role = DEFAULT;"


async def written(many: int, actor=None) -> None:
    for number in range(many):
        await audit.record("tried", by=actor, kind="member", subject=number, number=number, words="é\u202f!")


async def tampered(statement: str) -> None:
    """As superuser, with every trigger put aside."""
    await database.script(AT_WILL.format(statement))


async def test_what_was_sealed_holds_and_says_where_it_ends(anne):
    await written(5, anne.id)
    assert await seal() >= 5
    proof = await verify()
    assert (proof.broken, proof.waiting) == (None, 0)
    assert proof.head == await head()
    assert proof.head.position == await database.value("SELECT count(*) FROM audit_entry")


async def test_sealing_again_does_nothing():
    await written(3)
    await seal()
    before = await head()
    assert await seal() == await seal(everything=True) == 0
    assert await head() == before


async def test_what_comes_later_is_chained_to_what_stood_there():
    await written(2)
    await seal()
    before = await head()
    await written(3)
    assert await unsealed() == 3
    assert (await verify()).waiting == 3
    assert await seal() == 3
    assert (await verify(before)).broken is None


async def test_an_empty_log_holds():
    assert await seal() == 0
    proof = await verify()
    assert (proof.broken, proof.head.position, str(proof.head)) == (None, 0, "0:" + "00" * 32)


async def test_in_small_batches_the_chain_is_the_same(monkeypatch):
    await written(7)
    await seal()
    whole = await head()
    await tampered("DELETE FROM audit_seal")
    monkeypatch.setattr(sealing, "AT_ONCE", 2)
    await seal()
    assert await head() == whole


CHANGES = {
    "its facts": ("UPDATE audit_entry SET facts = '{\"number\": 4}' WHERE facts->>'number' = '3'", "what was sealed"),
    "its facts, into what no program reads": (
        "UPDATE audit_entry SET facts = ('{\"number\": 1' || repeat('0', 400) || '.5}')::jsonb"
        " WHERE facts->>'number' = '3'",
        "what was sealed",
    ),
    "who did it": ("UPDATE audit_entry SET actor = gen_random_uuid() WHERE facts->>'number' = '3'", "what was sealed"),
    "nobody did it": ("UPDATE audit_entry SET actor = NULL WHERE facts->>'number' = '3'", "what was sealed"),
    "what was done": ("UPDATE audit_entry SET action = 'slept' WHERE facts->>'number' = '3'", "what was sealed"),
    "to what": ("UPDATE audit_entry SET subject = '9' WHERE facts->>'number' = '3'", "what was sealed"),
    "when": ("UPDATE audit_entry SET at = at + interval '1 second' WHERE facts->>'number' = '3'", "what was sealed"),
    "the entry is gone": ("DELETE FROM audit_entry WHERE facts->>'number' = '3'", "the entry is gone"),
    "its seal": ("UPDATE audit_seal SET digest = sha256('') WHERE position = 4", "what was sealed"),
    "its seal is gone": ("DELETE FROM audit_seal WHERE position = 4", "the seal is gone"),
    "entry and seal are gone": (
        "DELETE FROM audit_seal WHERE position = 4; DELETE FROM audit_entry WHERE facts->>'number' = '3'",
        "the seal is gone",
    ),
    "gone, and those after it moved up": (
        "DELETE FROM audit_seal WHERE position = 4; UPDATE audit_seal SET position = position - 1 WHERE position > 4",
        "what was sealed",
    ),
}


@pytest.mark.parametrize("changed", CHANGES)
async def test_what_was_tampered_with_is_named(anne, changed):
    statement, wrong = CHANGES[changed]
    await tampered("DELETE FROM audit_entry")
    await written(6, anne.id)
    await seal()
    entry = await database.value("SELECT id FROM audit_entry WHERE facts->>'number' = '3'")
    await tampered(statement)
    broken = (await verify()).broken
    assert broken is not None
    assert broken.position == 4
    assert wrong in broken.wrong
    if "seal is gone" not in wrong:
        assert broken.entry in (entry, entry + 1)


async def test_an_entry_slipped_in_under_an_old_date_is_named_sealed_or_not():
    await written(3)
    await seal()
    old = datetime.now(UTC) - timedelta(days=30)
    await database.execute(
        "INSERT INTO audit_entry (at, action, subject_kind, subject, facts) VALUES ($1, 'never', 'member', 'x', '{}')",
        old,
    )
    entry = await database.value("SELECT max(id) FROM audit_entry")
    for _ in range(2):
        broken = (await verify()).broken
        assert broken is not None
        assert (broken.entry, broken.position) == (entry, 4)
        assert "after the fact" in broken.wrong
        await seal()


async def test_an_entry_slipped_in_the_middle_of_the_chain_is_named():
    await written(4)
    await seal()
    await tampered(
        "UPDATE audit_seal SET position = position + 100 WHERE position > 2;"
        "UPDATE audit_seal SET position = position - 99 WHERE position > 100;"
        "INSERT INTO audit_entry (id, at, action, subject_kind, subject, facts)"
        " VALUES (-1, now(), 'never', 'member', 'x', '{}');"
        "INSERT INTO audit_seal (position, entry, digest, sealed_at) VALUES (3, -1, sha256('any'), now())"
    )
    broken = (await verify()).broken
    assert broken is not None
    assert (broken.position, broken.entry) == (3, -1)


@pytest.mark.parametrize("position", [0, -1, -(2**63)])
async def test_an_entry_slipped_in_before_the_first_link_is_named(position):
    await written(2)
    await seal()
    await tampered(
        "INSERT INTO audit_entry (id, at, action, subject_kind, subject, facts)"
        " VALUES (-1, now(), 'never', 'member', 'x', '{}');"
        f"INSERT INTO audit_seal (position, entry, digest, sealed_at) VALUES ({position}, -1, sha256('any'), now())"
    )
    broken = (await verify()).broken
    assert broken is not None
    assert (broken.position, broken.entry) == (position, -1)


async def test_an_end_cut_off_is_seen_with_the_head_that_was_written_down():
    await written(6)
    await seal()
    written_down = read_head(str(await head()))
    await tampered(
        "DELETE FROM audit_entry WHERE id IN (SELECT entry FROM audit_seal WHERE position > 4);"
        "DELETE FROM audit_seal WHERE position > 4"
    )
    assert (await verify()).broken is None, "alone, a shorter chain is whole"
    broken = (await verify(written_down)).broken
    assert broken is not None
    assert "cut off" in broken.wrong


async def test_a_chain_made_anew_is_not_the_one_that_was_written_down():
    await written(4)
    await seal()
    written_down = await head()
    await tampered("DELETE FROM audit_seal; UPDATE audit_entry SET actor = gen_random_uuid()")
    await seal()
    assert (await verify()).broken is None
    broken = (await verify(written_down)).broken
    assert broken is not None
    assert "written down" in broken.wrong


async def test_a_seal_that_was_lost_at_the_end_is_made_again_the_same():
    await written(3)
    await seal()
    before = await head()
    await tampered("DELETE FROM audit_seal WHERE position = (SELECT max(position) FROM audit_seal)")
    await seal()
    assert await head() == before


@pytest.mark.parametrize(
    "typed", ["", "12", "12:", "12:zz", "x:" + "00" * 32, "1:00", "-1:" + "00" * 32, "0:" + "11" * 32]
)
async def test_what_is_no_head_is_refused(typed):
    with pytest.raises(Unreadable):
        read_head(typed)


@pytest.mark.commits
async def test_two_sealers_at_once_make_one_chain(monkeypatch):
    monkeypatch.setattr(sealing, "AT_ONCE", 5)
    await written(60)
    async with asyncio.timeout(30):
        await asyncio.gather(*(seal() for _ in range(4)))
        await seal()
    assert await _whole() == await database.value("SELECT count(*) FROM audit_entry")


@pytest.mark.commits
async def test_writers_never_wait_for_the_sealer_nor_he_for_them(anne):
    """Entries of a transaction that stays open are sealed after those numbered later that came first."""
    await written(2)
    is_open, may_end = asyncio.Event(), asyncio.Event()

    async def writes_long() -> None:
        async with transaction():
            await audit.record("slow", by=anne.id, kind="member", subject=anne.id)
            is_open.set()
            await may_end.wait()

    async with asyncio.timeout(30):
        writing = asyncio.create_task(writes_long())
        await is_open.wait()
        await written(3)
        await seal()
        sealed = await database.value("SELECT count(*) FROM audit_seal")
        async with transaction():
            await database.value("SELECT pg_advisory_xact_lock($1)", sealing.LOCK)
            await asyncio.wait_for(asyncio.create_task(_writes_elsewhere()), 10)
        may_end.set()
        await writing
        await seal()
    assert await _whole() == sealed + 2
    assert await database.value(
        "SELECT action FROM audit_seal s JOIN audit_entry e ON e.id = s.entry ORDER BY position DESC LIMIT 1"
    ) in ("slow", "tried")


async def _writes_elsewhere() -> None:
    import contextvars

    await asyncio.get_running_loop().create_task(written(1), context=contextvars.Context())


async def _whole() -> int:
    proof: Proof = await verify()
    assert proof.broken is None
    return proof.head.position
