"""Every page of the administration, asked by those who may not."""

from uuid import uuid4

NOWHERE = uuid4()
PAGES = [
    "/administration",
    "/administration/organismes",
    "/administration/organismes/nouveau",
    f"/administration/organismes/{NOWHERE}",
    f"/administration/organismes/{NOWHERE}/lettre",
    "/administration/roles",
    f"/administration/roles/{NOWHERE}",
]
DEEDS = [
    "/administration/organismes",
    f"/administration/organismes/{NOWHERE}/code",
    f"/administration/organismes/{NOWHERE}/code/{NOWHERE}/remplacement",
    f"/administration/organismes/{NOWHERE}/code/{NOWHERE}/revocation",
    "/administration/roles",
    f"/administration/roles/{NOWHERE}",
    f"/administration/roles/{NOWHERE}/retrait",
]


async def test_visitors_are_sent_to_sign_in(browser):
    for path in PAGES:
        answer = await browser.get(path)
        assert (answer.status_code, "/connexion" in answer.headers["location"]) == (303, True), path
    for path in DEEDS:
        assert (await browser.submit(path)).status_code == 303, path


async def test_members_and_moderators_are_refused(browser, anne, emilie, chloe, farid):
    for who in (anne, emilie, chloe, farid):
        await browser.sign_in(who)
        for path in PAGES:
            assert (await browser.get(path)).status_code == 403, path
        for path in DEEDS:
            assert (await browser.submit(path)).status_code == 403, path


async def test_what_is_not_there_is_said_so(browser, denis):
    await browser.sign_in(denis)
    for path in PAGES:
        if str(NOWHERE) in path:
            assert (await browser.get(path)).status_code == 404, path
    assert (
        await browser.submit(f"/administration/organismes/{NOWHERE}/code", months="1", most_uses="1")
    ).status_code == 404
    assert (await browser.submit(f"/administration/roles/{NOWHERE}/retrait")).status_code == 404


async def test_a_post_from_another_site_is_refused(browser, denis):
    await browser.sign_in(denis)
    assert (
        await browser.post("/administration/organismes", data={"name": "Volé", "kind": "employer"})
    ).status_code == 403
