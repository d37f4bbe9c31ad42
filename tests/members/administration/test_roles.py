import asyncio

import pytest

from app import database
from app.refusals import Refused
from members import roles
from members.tables import Role, RoleKind
from tests.helpers.browser import said


async def role_of(member, kind="moderator") -> object:
    return await database.row("SELECT * FROM role WHERE member = $1 AND kind = $2", member.id, kind)


async def test_a_member_is_made_moderator_of_some_matters_and_places(browser, another_browser, denis, anne):
    await browser.sign_in(denis)
    await another_browser.sign_in(anne)
    assert (await another_browser.get("/moderation")).status_code == 403

    answer = await browser.submit(
        "/administration/roles",
        email=" ANNE@exemple.test ",
        kind="moderator",
        categories=["pet_care", "rides"],
        departments="29; 2a, 974 1",
    )
    page = await browser.follow(answer)

    role = await role_of(anne)
    assert (role["categories"], role["departments"]) == (["pet_care", "rides"], ["29", "2A", "974", "01"])
    assert role["granted_by"] == denis.id
    assert "Garde d’animaux" in said(page)
    assert (await another_browser.get("/moderation")).status_code == 200  # without signing in again
    entry = await database.row("SELECT * FROM audit_entry ORDER BY id DESC LIMIT 1")
    assert (entry["action"], entry["subject"], entry["actor"]) == ("role.granted", str(anne.id), denis.id)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"email": "inconnue@exemple.test", "kind": "moderator"}, "email"),
        ({"email": "anne@exemple.tes", "kind": "moderator"}, "email"),
        ({"email": "%", "kind": "moderator"}, "email"),
        ({"kind": "moderator"}, "email"),
        ({"email": "anne@exemple.test", "kind": "king"}, "kind"),
        ({"email": "anne@exemple.test"}, "kind"),
        ({"email": "anne@exemple.test", "kind": "moderator", "categories": "weapons"}, "categories"),
        ({"email": "anne@exemple.test", "kind": "moderator", "departments": "29, 99, <b>"}, "departments"),
    ],
)
async def test_what_does_not_fit_gives_no_role(browser, denis, anne, sent, field):
    await browser.sign_in(denis)
    page = await browser.submit("/administration/roles", **sent)
    assert page.status_code == 422
    assert f'id="{field}-error"' in page.text
    assert "<b>" not in page.text
    assert await Role.count() == 1


async def test_all_that_is_wrong_is_said_at_once(browser, denis):
    await browser.sign_in(denis)
    page = await browser.submit(
        "/administration/roles", email="inconnue@exemple.test", kind="king", categories="weapons", departments="99"
    )
    assert page.status_code == 422
    for field in ("email", "kind", "categories", "departments"):
        assert f'id="{field}-error"' in page.text, field
    page = await browser.submit("/administration/roles", departments="99")
    assert [f'id="{field}-error"' in page.text for field in ("email", "kind", "departments")] == [True] * 3


async def test_who_never_confirmed_their_address_gets_no_role(browser, denis, anne):
    await database.execute("UPDATE member SET confirmed_at = NULL WHERE id = $1", anne.id)
    await browser.sign_in(denis)
    page = await browser.submit("/administration/roles", email="anne@exemple.test", kind="administrator")
    assert page.status_code == 422
    assert await role_of(anne, "administrator") is None


async def test_a_role_is_given_once(browser, denis, chloe):
    await browser.sign_in(denis)
    page = await browser.submit("/administration/roles", email="chloe@exemple.test", kind="moderator", departments="29")
    assert page.status_code == 422
    assert "déjà ce rôle" in page.text
    assert (await role_of(chloe))["departments"] == []


async def test_an_administrator_has_no_scope(browser, denis, anne):
    await browser.sign_in(denis)
    await browser.submit(
        "/administration/roles", email="anne@exemple.test", kind="administrator", categories="rides", departments="29"
    )
    role = await role_of(anne, "administrator")
    assert (role["categories"], role["departments"]) == ([], [])
    page = await browser.submit(f"/administration/roles/{role['id']}", departments="29")
    assert page.status_code == 409


async def test_the_scope_of_a_moderator_is_changed(browser, denis, farid):
    await browser.sign_in(denis)
    role = await role_of(farid)
    where = f"/administration/roles/{role['id']}"
    shown = await browser.get(where)
    assert 'value="pet_care" checked' in shown.text
    assert (await browser.submit(where, departments="xyz")).status_code == 422

    await browser.follow(await browser.submit(where, categories=["rides"], departments=""))

    changed = await role_of(farid)
    assert (changed["categories"], changed["departments"]) == (["rides"], [])
    assert await database.value("SELECT count(*) FROM audit_entry WHERE action = 'role.scoped'") == 1


async def test_a_withdrawn_moderator_is_out_at_once(browser, another_browser, denis, chloe):
    await browser.sign_in(denis)
    await another_browser.sign_in(chloe)
    where = f"/administration/roles/{(await role_of(chloe))['id']}/retrait"
    assert (await browser.submit(where)).status_code == 303
    assert (await another_browser.get("/moderation")).status_code == 403
    assert (await browser.submit(where)).status_code == 404


async def test_the_last_administrator_stays(browser, denis):
    await browser.sign_in(denis)
    where = f"/administration/roles/{(await role_of(denis, 'administrator'))['id']}/retrait"
    refused = await browser.submit(where)
    assert refused.status_code == 409
    assert "donnez-le d’abord à une autre personne" in refused.text
    assert (await browser.get("/administration")).status_code == 200


async def test_an_administrator_may_leave_when_another_stays(browser, denis, anne):
    await browser.sign_in(denis)
    await browser.submit("/administration/roles", email="anne@exemple.test", kind="administrator")
    where = f"/administration/roles/{(await role_of(denis, 'administrator'))['id']}/retrait"
    answer = await browser.submit(where)
    assert answer.headers["location"] == "/"
    assert (await browser.get("/administration")).status_code == 403


@pytest.mark.commits
async def test_two_administrators_who_withdraw_each_other_leave_one(denis, anne):
    form = roles.GrantForm(email="anne@exemple.test", kind=RoleKind.administrator)
    assert await roles.grant(form, denis.id) == {}
    held = [(await role_of(one, "administrator"))["id"] for one in (denis, anne)]

    ends = await asyncio.gather(
        roles.withdraw(held[0], anne.id), roles.withdraw(held[1], denis.id), return_exceptions=True
    )

    assert [type(end) for end in ends].count(Refused) == 1
    assert await database.value("SELECT count(*) FROM role WHERE kind = 'administrator'") == 1
