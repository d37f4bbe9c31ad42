"""One picture is known again however it was sent; two pictures never are."""

import io
from itertools import combinations

import pytest
from PIL import Image

from app import database
from app.schedule import fingerprint_photos_every_night
from listings.photos.files import Size, keep
from listings.photos.fingerprints import NOTHING_TO_COMPARE, alike, fingerprint_of
from listings.photos.reencoding import reencoded
from tests.helpers.ads import published
from tests.helpers.drawings import SAME, drawing, jpeg

MANY = range(40)


@pytest.mark.parametrize("how", SAME)
async def test_the_same_picture_is_known_again(how):
    for number in MANY:
        whole = drawing(number)
        assert alike(fingerprint_of(whole), fingerprint_of(SAME[how](whole))), number


async def test_two_pictures_are_never_the_same():
    fingerprints = [fingerprint_of(drawing(number)) for number in MANY]
    assert not [pair for pair in combinations(fingerprints, 2) if alike(*pair)]


async def test_a_plain_picture_is_like_no_other():
    plain = fingerprint_of(Image.new("RGB", (400, 300), "teal"))
    assert plain == NOTHING_TO_COMPARE
    assert not alike(plain, plain)
    assert not alike(None, fingerprint_of(drawing(1)))


async def test_a_fingerprint_fits_the_column_on_either_side_of_zero():
    fingerprints = [fingerprint_of(drawing(number)) for number in MANY]
    assert all(-(2**63) <= one < 2**63 for one in fingerprints)
    assert min(fingerprints) < 0 < max(fingerprints)


async def test_every_upload_has_its_fingerprint():
    sent = jpeg(drawing(7, 2000, 1500))
    kept = await reencoded(io.BytesIO(sent))
    assert alike(kept.fingerprint, fingerprint_of(drawing(7, 2000, 1500)))


async def test_photos_of_before_get_theirs_in_the_night(anne):
    ad = await published(anne)
    whole = await reencoded(io.BytesIO(jpeg(drawing(3))))
    photos = [
        await database.value(
            "INSERT INTO photo (listing, width, height, added_at) VALUES ($1, 800, 600, now()) RETURNING id", ad.id
        )
        for _ in range(2)
    ]
    keep(photos[0], whole.sizes)
    keep(photos[1], dict.fromkeys(Size, b"RIFF"))

    for _ in range(2):
        await fingerprint_photos_every_night.func(timestamp=0)

    found = {row["id"]: row["fingerprint"] for row in await database.rows("SELECT id, fingerprint FROM photo")}
    assert alike(found[photos[0]], whole.fingerprint)
    assert found[photos[1]] == NOTHING_TO_COMPARE
