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
