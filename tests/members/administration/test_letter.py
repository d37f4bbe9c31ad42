import re

from app import database
from members.letters import joining_address, last_day
from tests.helpers.browser import said


async def test_the_letter_carries_all_one_needs_to_join(browser, denis, body):
    await browser.sign_in(denis)
    await browser.submit(f"/administration/organismes/{body.id}/code", months="12", most_uses="100")
    row = await database.row("SELECT * FROM joining_code")

    page = await browser.get(f"/administration/organismes/{body.id}/lettre")

    words = said(page)
    code = row["code"]
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in words
    assert body.name in words
    assert "https://site.test/rejoindre" in words
    assert f"valable jusqu’au {last_day(row['expires_at'])}" in words
    assert re.search(r'<svg[^>]*class="qr"[^>]*>.*?</svg>', page.text, re.DOTALL)
    assert "style=" not in page.text


async def test_the_square_leads_to_the_filled_in_form(browser, body):
    address = joining_address("0123456789AB")
    assert address == "https://site.test/rejoindre?code=0123-4567-89AB"
    form = await browser.get(address.removeprefix("https://site.test"))
    assert 'value="0123-4567-89AB"' in form.text


async def test_there_is_no_letter_for_a_code_that_opens_nothing(browser, denis, body):
    await browser.sign_in(denis)
    where = f"/administration/organismes/{body.id}"
    assert (await browser.get(f"{where}/lettre")).status_code == 409
    await browser.submit(f"{where}/code", months="12", most_uses="100")
    await database.execute("UPDATE joining_code SET expires_at = now() - interval '1 hour'")
    refused = await browser.get(f"{where}/lettre")
    assert refused.status_code == 409
    assert "Délivrez-lui un code" in refused.text
