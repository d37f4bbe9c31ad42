"""Photos: sent with the form, drawn again, shown to who may see them."""

import io
from uuid import UUID

import pytest
from PIL import Image

from app import database
from app.settings import settings
from listings.photos.files import Size, photo_file
from listings.photos.photographing import drop_unused_photos
from listings.tables import Listing
from tests.helpers.ads import draft, pending, published
from tests.helpers.jobs import run_jobs
from tests.helpers.pictures import bomb, endless_scans, photo, photo_with_its_place, polyglot, unusual_photos


async def send(browser, where, *files: bytes, **fields):
    named = [("photos", (f"photo-{n}.jpg", content, "image/jpeg")) for n, content in enumerate(files)]
    return await browser.submit(where, files=named, **{"do": "photos", **fields})


async def photos_of(ad) -> list[UUID]:
    return await database.value("SELECT photos FROM listing WHERE id = $1", ad.id)


async def test_photos_are_added_to_the_draft_with_what_was_typed(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne, title="")

    sent = await send(
        browser, f"/annonces/{ad.id}/brouillon", photo(), photo(form="PNG"), photo(form="WEBP"), title="Lit"
    )
    form = await browser.follow(sent)

    assert len(await photos_of(ad)) == 3
    assert 'value="Lit"' in form.text
    assert form.text.count("Retirer<span") == 3


async def test_nothing_of_the_original_is_kept(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)

    await send(browser, f"/annonces/{ad.id}/brouillon", photo_with_its_place())

    (one,) = await photos_of(ad)
    assert sorted(file.name for file in settings().photo_dir.glob(f"*/{one}*")) == [
        f"{one}-large.webp",
        f"{one}-thumb.webp",
    ]
    for size, longest in ((Size.large, 1200), (Size.thumb, 400)):
        content = photo_file(one, size).read_bytes()
        with Image.open(io.BytesIO(content)) as shown:
            assert shown.format == "WEBP"
            assert shown.height == longest > shown.width, "the photo was taken sideways and must stand"
            assert not shown.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(shown.info)
        assert b"Anne" not in content
        assert b"EXIF" not in content
    row = await database.row("SELECT width, height FROM photo WHERE id = $1", one)
    assert tuple(row) == (900, 1200)


async def test_a_large_photo_becomes_1600_pixels(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)

    await send(browser, f"/annonces/{ad.id}/brouillon", photo(6000, 4000))

    (one,) = await photos_of(ad)
    with Image.open(photo_file(one, Size.large)) as shown:
        assert shown.size == (1600, 1067)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a" + bytes(100), "pas une photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "pas une photo"),
        (photo(form="GIF"), "pas une photo"),
        (b"not a picture at all", "pas une photo"),
        (bomb(), "trop grande"),
        (bomb(15_000, 9_000), "trop grande"),
        (bomb(21_000, 20), "trop grande"),
        (photo(8, 8), "trop petite"),
        (photo()[:2000], "abîmée"),
        (bomb(300, 300), "abîmée"),
        (endless_scans(), "pas une photo"),
        (bytes(15 * 1024 * 1024 + 1), "15\u202fMo"),
    ],
    ids=["gif", "svg", "real-gif", "text", "bomb", "wide-bomb", "ribbon", "dot", "cut", "empty-png", "scans", "heavy"],
)
async def test_what_is_no_photo_is_refused_beside_its_field(browser, anne, content, words):
    await browser.sign_in(anne)
    ad = await draft(anne)

    answer = await send(browser, f"/annonces/{ad.id}/brouillon", content, photo(), title="Une poussette bleue")

    assert answer.status_code == 422
    assert words in answer.text
    assert 'id="photos-error"' in answer.text
    assert "Une poussette bleue" in answer.text
    assert len(await photos_of(ad)) == 1, "the good one is kept"


@pytest.mark.parametrize("name", list(unusual_photos()))
async def test_unusual_photos_are_taken_too(browser, anne, name):
    await browser.sign_in(anne)
    ad = await draft(anne)

    answer = await send(browser, f"/annonces/{ad.id}/brouillon", unusual_photos()[name])

    assert answer.status_code == 303
    (one,) = await photos_of(ad)
    with Image.open(photo_file(one, Size.large)) as shown:
        assert (shown.format, shown.mode, shown.size) == ("WEBP", "RGB", (120, 80))
        assert not getattr(shown, "is_animated", False)
        corner = shown.getpixel((60, 40))
    if name == "see-through":
        assert min(corner) > 245, "transparent is white, not black"


async def test_a_file_that_is_also_a_page_becomes_only_a_photo(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)

    await send(browser, f"/annonces/{ad.id}/brouillon", polyglot())

    (one,) = await photos_of(ad)
    answer = await browser.get(f"/photos/{one}/large")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert b"script" not in answer.content


async def test_a_seventh_photo_is_not_taken(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)
    await send(browser, f"/annonces/{ad.id}/brouillon", *[photo(40, 40)] * 4)

    answer = await send(browser, f"/annonces/{ad.id}/brouillon", *[photo(40, 40)] * 3)

    assert answer.status_code == 422
    assert "6 photos au plus" in answer.text
    assert len(await photos_of(ad)) == 6


async def test_photos_are_moved_and_taken_away(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)
    here = f"/annonces/{ad.id}/brouillon"
    await send(browser, here, photo(40, 40), photo(41, 41), photo(42, 42))
    first, second, third = await photos_of(ad)

    await browser.submit(here, do=f"earlier:{third}")
    assert await photos_of(ad) == [first, third, second]
    await browser.submit(here, do=f"remove:{first}")
    assert await photos_of(ad) == [third, second]

    await run_jobs()
    assert not photo_file(first, Size.large).exists()
    assert photo_file(third, Size.large).exists()


async def test_a_photo_of_another_ad_cannot_be_claimed(browser, anne, bilal):
    await browser.sign_in(anne)
    theirs, ad = await draft(bilal), await published(anne)
    stolen = await a_photo(theirs)

    answer = await browser.submit(f"/annonces/{ad.id}/modification", photo=[str(stolen)], do="dates")

    assert answer.status_code == 200
    assert str(stolen) not in answer.text


async def a_photo(ad, shown: bool = True) -> UUID:
    one = await database.value(
        "INSERT INTO photo (listing, width, height, added_at) VALUES ($1, 40, 40, now()) RETURNING id", ad.id
    )
    if shown:
        await database.execute("UPDATE listing SET photos = photos || $2::uuid WHERE id = $1", ad.id, one)
    for size in Size:
        photo_file(one, size).parent.mkdir(parents=True, exist_ok=True)
        photo_file(one, size).write_bytes(photo(40, 40, "WEBP"))
    return one


async def test_photos_of_an_ad_online_are_for_members(browser, another_browser, anne, bilal):
    one = await a_photo(await published(anne))
    await browser.sign_in(bilal)

    answer = await browser.get(f"/photos/{one}/thumb")

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert answer.content == photo_file(one, Size.thumb).read_bytes()
    assert (await another_browser.get(f"/photos/{one}/thumb")).status_code == 303


@pytest.mark.parametrize("state", [draft, pending])
async def test_photos_not_online_are_for_their_author_and_the_moderators_of_that_place(
    browser, anne, bilal, chloe, farid, state
):
    one = await a_photo(await state(anne))
    seen = {}
    for member in (anne, bilal, chloe, farid):
        await browser.sign_in(member)
        seen[member.first_name] = (await browser.get(f"/photos/{one}/large")).status_code

    assert seen == {"Anne": 200, "Bilal": 404, "Chloe": 200 if state is pending else 404, "Farid": 404}


async def test_a_photo_of_an_edit_that_waits_is_not_for_everyone(browser, anne, bilal, chloe):
    one = await a_photo(await published(anne), shown=False)
    seen = {}
    for member in (anne, bilal, chloe):
        await browser.sign_in(member)
        seen[member.first_name] = (await browser.get(f"/photos/{one}/large")).status_code

    assert seen == {"Anne": 200, "Bilal": 404, "Chloe": 200}


async def test_a_blocked_member_sees_no_photo(browser, anne, bilal):
    one = await a_photo(await published(anne))
    await database.execute("INSERT INTO block (blocker, blocked, since) VALUES ($1, $2, now())", anne.id, bilal.id)
    await browser.sign_in(bilal)

    assert (await browser.get(f"/photos/{one}/large")).status_code == 404


@pytest.mark.parametrize("size", ["original", "..", "large.webp", "%2e%2e%2f%2e%2e%2fsecret", "thumb%00"])
async def test_there_are_two_sizes_and_no_other_path(browser, anne, size):
    one = await a_photo(await published(anne))
    await browser.sign_in(anne)

    assert (await browser.get(f"/photos/{one}/{size}")).status_code == 404


async def test_a_photo_whose_file_is_lost_is_not_there(browser, anne):
    one = await a_photo(await published(anne))
    photo_file(one, Size.large).unlink()
    await browser.sign_in(anne)

    assert (await browser.get(f"/photos/{one}/large")).status_code == 404


async def test_deleting_a_draft_deletes_its_photos_and_files(browser, anne):
    ad = await draft(anne)
    one = await a_photo(ad)
    await browser.sign_in(anne)

    await browser.submit(f"/annonces/{ad.id}/suppression")
    await run_jobs()

    assert await Listing.count() == 0
    assert not photo_file(one, Size.large).exists()
    assert not photo_file(one, Size.thumb).exists()


async def test_photos_nobody_used_are_forgotten_after_a_day(anne):
    ad = await published(anne)
    used, unused, fresh = await a_photo(ad), await a_photo(ad, shown=False), await a_photo(ad, shown=False)
    await database.execute("UPDATE photo SET added_at = now() - interval '2 days' WHERE id <> $1", fresh)

    await drop_unused_photos()
    await run_jobs()

    left = await database.rows("SELECT id FROM photo")
    assert {row["id"] for row in left} == {used, fresh}
    assert photo_file(used, Size.large).exists()
    assert not photo_file(unused, Size.large).exists()


async def test_a_night_clears_however_many_are_unused(anne, monkeypatch):
    monkeypatch.setattr("listings.photos.photographing.AT_ONCE", 2)
    ad = await draft(anne)
    await database.execute(
        "INSERT INTO photo (id, listing, width, height, added_at)"
        " SELECT gen_random_uuid(), $1, 16, 16, now() - interval '2 days' FROM generate_series(1, 5)",
        ad.id,
    )
    await drop_unused_photos()
    assert await database.value("SELECT count(*) FROM photo") == 0


async def test_only_the_form_with_photos_takes_a_heavy_body(browser, anne):
    await browser.sign_in(anne)

    answer = await browser.submit("/annonces/nouvelle", category="tips", much="x" * 300_000)

    assert answer.status_code == 413


async def test_a_form_that_is_too_heavy_is_refused(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)

    answer = await send(browser, f"/annonces/{ad.id}/brouillon", *[bytes(16 * 1024 * 1024)] * 6)

    assert answer.status_code == 413
    assert await photos_of(ad) == []
