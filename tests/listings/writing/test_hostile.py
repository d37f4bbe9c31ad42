"""Forms no browser sends."""

import pytest

from app import database
from tests.helpers.ads import draft, published
from tests.helpers.pictures import photo
from tests.listings.writing.test_sending import state

BOUNDARY = "----x"


def part(name: str, content: bytes, more: str = "") -> bytes:
    return f'------x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"


async def post_raw(browser, where: str, body: bytes):
    await browser.get("/charte")
    return await browser.post(
        where,
        content=body,
        headers={
            "content-type": f"multipart/form-data; boundary={BOUNDARY}",
            "x-csrftoken": browser.cookies["__Host-csrf"],
        },
    )


@pytest.mark.parametrize(
    "raw",
    [
        part("title", b"\xff\xfe broken") + b"------x--\r\n",
        part("title", b"x", more="\r\nContent-Type: text/plain; charset=klingon") + b"------x--\r\n",
        part("title", b"cut short"),
        b"no parts at all",
        b"",
    ],
    ids=["utf-8", "charset", "cut", "none", "empty"],
)
async def test_a_broken_form_is_not_a_crash(browser, anne, raw):
    await browser.sign_in(anne)
    ad = await draft(anne)

    answer = await post_raw(browser, f"/annonces/{ad.id}/brouillon", raw)

    assert answer.status_code in (303, 400, 422)
    assert (await state(ad)).status == "draft"


@pytest.mark.parametrize("step", ["remove:nonsense", "earlier:", "publish", "remove:" + "9" * 5000, "💥", ""])
async def test_a_step_that_does_not_exist_only_saves(browser, anne, step):
    await browser.sign_in(anne)
    ad = await draft(anne)

    answer = await browser.submit(f"/annonces/{ad.id}/brouillon", title="Un titre gardé", do=step)

    assert answer.status_code == 303
    kept = await state(ad)
    assert (kept.title, kept.status) == ("Un titre gardé", "draft")


@pytest.mark.parametrize("rows", ["-1", "1000000", "x", "3.5", "٣"])
async def test_the_number_of_rows_is_ours(browser, anne, rows):
    await browser.sign_in(anne)
    ad = await draft(anne)

    answer = await browser.submit(f"/annonces/{ad.id}/brouillon", rows=rows, when="dates", do="dates")

    assert 'name="on-13"' not in answer.text
    assert answer.status_code == 422


async def test_a_file_where_words_are_expected_is_no_crash(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)
    names = (
        "title",
        "body",
        "commune",
        "price",
        "wanted_by",
        "when",
        "on-1",
        "days",
        "do",
        "rows",
        "photo",
        "kind",
        "ages",
    )

    answer = await browser.submit(
        f"/annonces/{ad.id}/brouillon", files=[(name, ("x.txt", b"words", "text/plain")) for name in names]
    )

    assert answer.status_code in (303, 422)


async def test_words_where_photos_are_expected_are_passed_over(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)

    assert (
        await browser.submit(f"/annonces/{ad.id}/brouillon", photos=["../../etc/passwd"], do="photos")
    ).status_code == 303
    assert (await state(ad)).photos == []


async def test_the_name_of_a_file_is_never_used(browser, anne):
    await browser.sign_in(anne)
    ad = await draft(anne)
    hostile = "../../../static/evil.webp\r\nX: y"

    sent = await browser.submit(
        f"/annonces/{ad.id}/brouillon", files=[("photos", (hostile, photo(50, 50), "image/svg+xml"))], do="photos"
    )

    assert sent.status_code == 303
    assert "evil" not in (await browser.follow(sent)).text
    assert len((await state(ad)).photos) == 1


@pytest.mark.parametrize("name", ["photo", "kind", "days", "ages", "commune", "title"])
async def test_a_thousand_values_for_one_field(browser, anne, name):
    await browser.sign_in(anne)
    ad = await published(anne)

    answer = await browser.submit(f"/annonces/{ad.id}/modification", **{name: ["x"] * 900, "do": "dates"})

    assert answer.status_code in (200, 422)


async def test_status_and_author_are_not_fields_of_the_form(browser, anne, bilal):
    await browser.sign_in(anne)
    ad = await draft(anne)

    await browser.submit(
        f"/annonces/{ad.id}/brouillon", status="published", author=str(bilal.id), category="tips", id=str(bilal.id)
    )

    row = await database.row("SELECT status, author, category FROM listing WHERE id = $1", ad.id)
    assert tuple(row) == ("draft", anne.id, "childcare")
