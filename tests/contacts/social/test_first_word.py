"""Writing to the social service: with an account, or with no name at all."""

from app import database
from tests.helpers.browser import words
from tests.helpers.counting import count
from tests.helpers.social import code_on, opening, social_worker


async def test_a_visitor_reads_who_reads_and_that_it_is_no_urgent_service(browser):
    page = await browser.get("/service-social")
    assert page.status_code == 200
    assert "Ni les modérateurs, ni les administrateurs" in words(page)
    assert "pas un service d’urgence" in words(page) and 'href="tel:112"' in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_a_visitor_writes_and_is_shown_a_code_once(browser):
    await social_worker("Wanda", "29")
    page = await browser.submit("/service-social", **opening())
    code = code_on(page)
    assert len(code) == 16, words(page)
    assert page.headers["cache-control"] == "no-store"
    talk = await database.row("SELECT * FROM social_talk")
    assert talk["member"] is None and talk["department"] == "29" and talk["topic"] == "housing"
    assert code.encode() not in talk["code_hash"] and len(talk["code_hash"]) == 32
    shown = await browser.get(f"/service-social/conversations/{talk['id']}")
    assert "payer mon loyer" in shown.text
    assert code not in shown.text and "-".join(code[at : at + 4] for at in range(0, 16, 4)) not in shown.text


async def test_a_form_sent_twice_by_two_clicks_is_one_conversation_with_one_code(browser):
    await social_worker("Wanda", "29")
    form = opening()
    first, second = await browser.submit("/service-social", **form), await browser.submit("/service-social", **form)
    assert code_on(first) == code_on(second)
    assert await count("social_talk") == await count("social_message") == 1


async def test_the_same_form_sent_later_shows_the_code_no_more(browser):
    await social_worker("Wanda", "29")
    form = opening()
    await browser.submit("/service-social", **form)
    await database.execute("UPDATE social_talk SET opened_at = opened_at - interval '11 minutes'")
    again = await browser.submit("/service-social", **form)
    assert again.status_code == 303 and again.headers["location"] == "/service-social/reprendre"
    assert await count("social_talk") == 1


async def test_a_member_writes_with_their_account_and_needs_no_code(browser, anne):
    wanda = await social_worker("Wanda", "29")
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit("/service-social", **opening(how="account")))
    assert "payer mon loyer" in page.text
    assert "Quitter" not in page.text
    assert await database.value("SELECT member FROM social_talk") == anne.id
    told = await database.row("SELECT * FROM notification WHERE topic = 'social_waiting'")
    assert told["member"] == wanda.id and told["about"] == "Finistère"
    assert told["path"] == "/service-social/bureau"


async def test_a_member_who_gives_no_name_is_nowhere_in_the_database(browser, anne):
    await social_worker("Wanda", "29")
    await browser.sign_in(anne)
    before = await mentions(anne.id)
    page = await browser.submit("/service-social", **opening())
    assert len(code_on(page)) == 16
    talk = await database.value("SELECT id FROM social_talk")
    await browser.submit(f"/service-social/conversations/{talk}", text="Encore un mot.")
    await browser.get(f"/service-social/conversations/{talk}")
    assert await mentions(anne.id) == before
    assert await database.value("SELECT count(*) FROM social_message WHERE worker IS NOT NULL") == 0


async def mentions(member) -> dict[str, int]:
    """In how many rows of each table this member stands."""
    tables = await database.rows("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
    found = {
        table["name"]: await database.value(
            f'SELECT count(*) FROM "{table["name"]}" t WHERE t::text LIKE $1', f"%{member}%"
        )
        for table in tables
    }
    return {name: many for name, many in found.items() if many}


async def test_what_is_missing_is_said_beside_it_and_what_was_typed_stays(browser):
    await social_worker("Wanda", "29")
    page = await browser.submit("/service-social", **opening(topic="", commune="Nullepartville", text="Bonjour."))
    assert page.status_code == 422
    assert "même à peu près" in page.text and "Nous ne trouvons pas cette commune" in page.text
    assert "Nullepartville" in page.text and "Bonjour." in page.text
    assert await count("social_talk") == 0


async def test_where_nobody_answers_it_is_said_and_nothing_is_sent(browser):
    await social_worker("Wanda", "29")
    page = await browser.submit("/service-social", **opening(commune="Rennes (35)"))
    assert page.status_code == 422
    assert "personne du service social ne répond encore pour ce département" in words(page)
    assert 'href="/contacts?commune=Rennes%20%2835%29"' in page.text
    assert await count("social_talk") == 0


async def test_a_worker_of_everywhere_answers_where_nobody_else_does(browser):
    await social_worker("Wanda")
    page = await browser.submit("/service-social", **opening(commune="Rennes (35)"))
    assert len(code_on(page)) == 16


async def test_words_of_distress_bring_numbers_and_are_sent_all_the_same(browser):
    await social_worker("Wanda", "29")
    page = await browser.submit("/service-social", **opening(text="Je n’en peux plus, j’ai envie de mourir."))
    assert "3114" in page.text and len(code_on(page)) == 16
    assert await count("social_talk") == 1
    assert await count("rule_hit") == await count("moderation_case") == 0


async def test_a_member_in_distress_is_told_whom_to_call(browser, anne):
    await social_worker("Wanda", "29")
    await browser.sign_in(anne)
    form = opening(how="account", text="Je n’en peux plus, j’ai envie de mourir.")
    assert "3114" in words(await browser.follow(await browser.submit("/service-social", **form)))


async def test_a_member_does_not_open_a_hundred_conversations(browser, anne):
    await social_worker("Wanda", "29")
    await browser.sign_in(anne)
    answers = [
        (await browser.submit("/service-social", **opening(how="account", text=f"Bonjour {n}"))).status_code
        for n in range(7)
    ]
    assert answers == [303] * 5 + [429] * 2
    assert await count("social_talk") == 5


async def test_what_is_very_long_is_refused_and_kept_in_the_form(browser):
    await social_worker("Wanda", "29")
    page = await browser.submit("/service-social", **opening(text="a" * 5_001))
    assert page.status_code == 422 and "5 000 caractères" in words(page)
    assert await count("social_talk") == 0


async def test_a_suspended_member_still_has_the_social_service(browser, anne):
    await social_worker("Wanda", "29")
    await database.execute("UPDATE member SET suspended_until = now() + interval '9 days' WHERE id = $1", anne.id)
    await browser.sign_in(anne)
    page = await browser.follow(await browser.submit("/service-social", **opening(how="account")))
    assert "payer mon loyer" in page.text


async def test_opening_is_written_in_the_log_without_anybody(browser, anne):
    await social_worker("Wanda", "29")
    await browser.sign_in(anne)
    await browser.submit("/service-social", **opening(how="account"))
    entry = await database.row("SELECT * FROM audit_entry WHERE action = 'social.opened'")
    assert entry["actor"] is None and entry["facts"] == "{}"
