async def test_an_unknown_address_says_so_in_french_on_a_whole_page(browser):
    page = await browser.get("/n-existe-pas")

    assert page.status_code == 404
    assert "Cette page n’existe pas" in page.text


async def test_every_answer_carries_the_security_headers_also_when_no_route_made_it(browser):
    for address in ("/charte", "/n-existe-pas"):
        headers = (await browser.get(address)).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


async def test_monitors_may_ask_for_the_head_of_a_page(browser):
    head, page = await browser.head("/charte"), await browser.get("/charte")

    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == page.headers["content-length"]
    assert (await browser.head("/n-existe-pas")).status_code == 404


async def test_a_member_who_is_lost_keeps_their_bar_on_any_address_and_way_of_asking(browser, another_browser, anne):
    await browser.sign_in(anne)
    for path in ("/n-existe-pas", "/annonces/ni-ceci", "/messages/ni/cela", "/moi/", "/n-existe-pas?a=1"):
        page = await browser.get(path)
        assert ('href="/messages"' in page.text, 'href="/connexion"' in page.text) == (True, False), path
    page = await browser.submit("/n-existe-pas", text="perdu")
    assert page.status_code == 404 and 'href="/messages"' in page.text
    page = await browser.submit("/charte")
    assert page.status_code == 405 and 'href="/messages"' in page.text
    assert (await browser.head("/n-existe-pas")).content == b""

    visitor = await another_browser.get("/n-existe-pas")
    assert 'href="/connexion"' in visitor.text and 'href="/messages"' not in visitor.text
    another_browser.cookies.set("__Host-session", "forged", domain="site.test")
    assert 'href="/connexion"' in (await another_browser.get("/n-existe-pas")).text


async def test_a_failure_where_answers_are_typed_quotes_none_of_them(browser, crashes, monkeypatch, caplog):
    typed = "73519"

    def fails(*_, **__):
        raise ValueError(typed)

    monkeypatch.setattr("benefits.simulators.pages.single.follow", fails)
    page = await browser.post("/droits/simulateurs/af", data={"resources": typed})
    crashes.clear()  # this one is meant
    assert page.status_code == 500 and typed not in page.text
    assert "ValueError" in caplog.text and "single.py" in caplog.text
    assert typed not in caplog.text


async def test_a_form_too_heavy_speaks_of_files_only_where_files_were_sent(browser, anne):
    await browser.sign_in(anne)
    long = await browser.submit("/annonces/nouvelle", category="x" * 300_000)
    assert long.status_code == 413
    assert "raccourcissez-le" in long.text and "photos" not in long.text
    heavy = await browser.submit("/annonces/nouvelle", files={"photos": ("chat.jpg", b"x" * 300_000)})
    assert heavy.status_code == 413
    assert "photos moins lourds" in heavy.text and "raccourcissez-le" not in heavy.text
