"""Sealed at rest: with which key, for which place, and how the key is changed."""

from uuid import uuid4

import msgspec
import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from app import database, doctor
from app.settings import settings
from contacts.social import rotating, sealing
from contacts.social.sealing import Place, Unreadable, resealed, seal, unseal
from contacts.social.thread import latest
from tests.helpers.social import a_photo, a_talk, seen_by, shown_packet, social_worker, taken_up

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def keys(monkeypatch):
    """`keys("…", "…")`: these are the keys from now on."""

    def given_keys(*chosen: str) -> None:
        monkeypatch.setattr(sealing, "keys", lambda: list(chosen))

    return given_keys


@given(st.binary(max_size=300))
async def test_what_is_sealed_is_read_again_and_its_words_do_not_show(content: bytes):
    place = Place("person", uuid4(), uuid4())
    sealed = seal(place, content)
    assert unseal(place, sealed) == content
    assert len(content) < 4 or content not in sealed


@given(st.sampled_from(["person", "worker", "file", "name", "packet"]), st.booleans(), st.booleans())
async def test_it_is_read_in_its_own_place_only(kind: str, another_talk: bool, another_thing: bool):
    place = Place("person", uuid4(), uuid4())
    other = Place(kind, uuid4() if another_talk else place.talk, uuid4() if another_thing else place.thing)
    sealed = seal(place, b"Bonjour")
    if other == place:
        assert unseal(other, sealed) == b"Bonjour"
        return
    with pytest.raises(Unreadable):
        unseal(other, sealed)


async def test_one_changed_byte_is_noticed():
    place = Place("person", uuid4(), uuid4())
    sealed = bytearray(seal(place, b"Bonjour"))
    sealed[40] ^= 1
    with pytest.raises(Unreadable):
        unseal(place, bytes(sealed))


async def test_without_a_setting_a_key_is_drawn_once_for_its_owner_alone(monkeypatch):
    monkeypatch.setattr(sealing, "settings", lambda: msgspec.structs.replace(settings(), social_keys=""))
    assert sealing.keys() == sealing.keys()
    assert not sealing.sound_keys() and sealing.keys() != settings().social_keys.split(",")
    assert settings().social_key_file.stat().st_mode & 0o077 == 0


async def test_the_first_key_seals_and_all_of_them_open(keys):
    place = Place("person", uuid4(), uuid4())
    keys(OLD)
    sealed = seal(place, b"Bonjour")
    keys(NEW, OLD)
    assert unseal(place, sealed) == b"Bonjour"
    again = resealed(sealed)
    assert again and resealed(again) is None
    keys(NEW)
    assert unseal(place, again) == b"Bonjour"
    with pytest.raises(Unreadable):
        unseal(place, sealed)


async def test_after_a_rotation_the_old_key_may_go(keys, anne):
    keys(OLD)
    wanda = await social_worker("Wanda", "29")
    talk = await a_talk(anne)
    await taken_up(talk, wanda, "Je vous réponds.")
    await shown_packet(talk, anne)
    await a_photo(talk)
    keys(NEW, OLD)
    done = await rotating.rotate()
    assert (done.resealed, done.already, done.unreadable) == (5, 0, [])
    keys(NEW)
    read = await latest(await seen_by(talk, anne, is_person=True))
    assert "Je vous réponds." in {message.body for message in read.shown}
    assert read.shown[-1].packet and read.shown[-1].packet.packet
    assert (await rotating.rotate()).already == 5


async def test_a_rotation_stopped_half_way_goes_on(keys, anne, monkeypatch):
    keys(OLD)
    talks = [await a_talk(anne) for _ in range(5)]
    keys(NEW, OLD)
    monkeypatch.setattr(rotating, "AT_ONCE", 2)
    replace, seen = rotating._replace, []

    async def tired(*given) -> None:
        seen.append(given)
        if len(seen) == 3:
            raise ConnectionError
        await replace(*given)

    monkeypatch.setattr(rotating, "_replace", tired)
    with pytest.raises(ConnectionError):
        await rotating.rotate()
    monkeypatch.setattr(rotating, "_replace", replace)
    done = await rotating.rotate()
    assert done.resealed + done.already == len(talks) and done.already >= 2


async def test_what_no_key_opens_is_named_and_left(keys, anne):
    keys(OLD)
    await a_talk(anne)
    keys(NEW)
    kept = await database.value("SELECT sealed FROM social_message")
    done = await rotating.rotate()
    assert done.resealed == 0 and done.unreadable[0].startswith("social_message.sealed ")
    assert await database.value("SELECT sealed FROM social_message") == kept


async def test_the_doctor_says_whether_the_key_opens_what_is_there(keys, anne):
    keys(OLD)
    assert not (await doctor.social()).mend
    await a_talk(anne)
    assert not (await doctor.social()).mend
    keys(NEW)
    with pytest.raises(doctor.Wrong) as wrong:
        await doctor.social()
    assert "Put back the key" in wrong.value.found.mend
    keys("too short")
    with pytest.raises(doctor.Wrong) as wrong:
        await doctor.social()
    assert "SOCIAL_KEYS" in wrong.value.found.mend


async def test_a_key_is_drawn_by_a_command():
    from app.commands import entraide

    drawn = CliRunner().invoke(entraide, ["social", "key"])
    assert Fernet(drawn.output.strip())
