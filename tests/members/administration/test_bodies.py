from datetime import UTC, datetime

import pytest

from app import database
from members.tables import Body, Membership
from tests.helpers.browser import said
from tests.helpers.cast import person


async def some_body(name: str) -> Body:
    body = Body(name=name, kind="employer", created_at=datetime.now(UTC))
    await body.save()
    return body


async def test_an_administrator_creates_a_body(browser, denis):
    await browser.sign_in(denis)

    answer = await browser.submit(
        "/administration/organismes", name="  Commune  de Plougastel ", kind="employer", department="29"
    )
    page = await browser.follow(answer)

    assert "Commune de Plougastel" in said(page)
    assert "Finistère (29)" in said(page)
    entry = await database.row("SELECT * FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert (entry["action"], entry["actor"]) == ("body.created", denis.id)
    assert entry["subject"] in answer.headers["location"]


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": "", "kind": "employer"}, "name"),
        ({"name": "ab", "kind": "employer"}, "name"),
        ({"name": "x" * 10_000, "kind": "employer"}, "name"),
        ({"name": "Mairie \u202eeriaM", "kind": "employer"}, "name"),
        ({"name": "Mairie de Brest", "kind": "ministry"}, "kind"),
        ({"name": "Mairie de Brest", "kind": "employer", "department": "99"}, "department"),
    ],
)
async def test_what_does_not_fit_is_said_beside_its_field(browser, denis, sent, field):
    await browser.sign_in(denis)
    page = await browser.submit("/administration/organismes", **sent)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert await Body.count().where(Body.name != "Action sociale de Brest") == 0


async def test_two_bodies_never_bear_the_same_name(browser, denis, body):
    await browser.sign_in(denis)
    page = await browser.submit("/administration/organismes", name=body.name, kind="employer")
    assert page.status_code == 422
    assert "porte déjà ce nom" in page.text
    assert await Body.count() == 1


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=a>', "=HYPERLINK(1)", "{{ 7*7 }}"])
async def test_a_hostile_name_is_only_text(browser, denis, name):
    await browser.sign_in(denis)
    answer = await browser.submit("/administration/organismes", name=name, kind="association")
    where = answer.headers["location"]
    await browser.submit(f"{where}/code", months="12", most_uses="5")
    for path in (where, f"{where}/lettre", "/administration/organismes"):
        page = await browser.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "49" not in said(page).split("Administration")[0] or "{{" not in name
    assert await Body.count().where(Body.name == name) == 1


async def test_bodies_are_found_whatever_the_accents_and_capitals(browser, denis):
    await some_body("Mairie de Saint-Étienne")
    await some_body("Mairie d’Évreux")
    await browser.sign_in(denis)
    for typed, found in [("etienne", "Saint-Étienne"), ("ÉVREUX", "Évreux"), ("d'evreux", "Évreux")]:
        page = await browser.get("/administration/organismes", params={"q": typed})
        assert found in page.text, typed
    nothing = await browser.get("/administration/organismes", params={"q": "100%_"})
    assert "Aucun organisme de ce nom" in nothing.text


async def test_pages_of_bodies_follow_each_other_in_the_order_of_names(browser, denis):
    names = [f"{letter}cole {n:02}" for letter in ("É", "E", "a", "Z") for n in range(9)]
    for name in names:
        await some_body(name)
    await browser.sign_in(denis)

    first = await browser.get("/administration/organismes", params={"q": "cole"})
    listed = _names(first)
    link = next(part for part in first.text.split('"') if "apres=" in part).replace("&amp;", "&")
    second = await browser.get(link)

    assert len(listed) == 25
    assert listed[:9] == [f"acole {n:02}" for n in range(9)]
    assert listed[9].casefold().replace("é", "e") == "ecole 00"
    assert sorted(listed + _names(second)) == sorted(names)
    assert "apres=" not in second.text


def _names(page) -> list[str]:
    import re

    return re.findall(r'class="body-link"[^>]*>([^<]+)<', page.text)


async def test_a_forged_page_address_is_refused_or_starts_at_the_top(browser, denis, body):
    await browser.sign_in(denis)
    unknown = await browser.get("/administration/organismes?apres=6b1f6a0e-0000-4000-8000-000000000000")
    assert body.name in unknown.text
    assert (await browser.get("/administration/organismes?apres=zzz")).status_code == 400


async def test_members_are_counted_never_named(browser, denis, anne, bilal, body):
    unconfirmed = await person("Xaviere", "29019")
    await database.execute("UPDATE member SET confirmed_at = NULL WHERE id = $1", unconfirmed.id)
    await Membership(member=unconfirmed.id, body=body.id, since=datetime.now(UTC)).save()
    await browser.sign_in(denis)

    page = await browser.get(f"/administration/organismes/{body.id}")

    assert "Membres inscrits 3" in said(page)
    for name in ("Anne", "Bilal", "exemple.test"):
        assert name not in page.text
