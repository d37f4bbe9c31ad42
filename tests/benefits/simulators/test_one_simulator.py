"""One simulator through its door: a visitor, no cookie, nothing kept."""

from tests.helpers.browser import words

AF = "/droits/simulateurs/af"
TWO = {"enfants": "2", "enfant-1-born": "2016-05-03", "enfant-2-born": "2019-02-01", "sur": ["children"]}
REST = {
    "territory": "mainland",
    "shared_custody": "non",
    "resources": "30 000,50",
    "sur": ["children", "territory", "shared_custody", "resources"],
    "jour": "2026-06-15",
}


async def test_the_list_says_what_each_tells_and_how_much_it_asks(browser):
    page = await browser.get("/droits/simulateurs")
    assert page.status_code == 200
    assert "Allocations familiales" in words(page) and "questions" in words(page)


async def test_a_simulator_begins_with_what_it_needs_first(browser):
    page = await browser.get(AF)
    assert "Vos enfants à charge" in words(page)
    assert 'name="resources"' not in page.text


async def test_one_question_leads_to_the_next_then_to_the_result(browser):
    first = await browser.post(AF, data=TWO)
    assert first.status_code == 200
    assert 'value="2016-05-03"' in first.text and 'name="territory"' in first.text

    result = await browser.post(AF, data=TWO | REST)
    assert "Probable" in words(result) and "€" in words(result) and "par mois" in words(result)
    assert "sans valeur d’engagement" in words(result)
    assert "Le calcul, étape par étape" in words(result)
    assert result.headers["cache-control"] == "no-store"


async def test_a_visitor_gets_no_cookie_and_needs_none(browser):
    for page in (await browser.get(AF), await browser.post(AF, data=TWO), await browser.post(AF, data=TWO | REST)):
        assert "set-cookie" not in page.headers
    assert not browser.cookies


async def test_what_does_not_fit_is_said_beside_its_field_and_everything_stays(browser):
    wrong = TWO | REST | {"resources": "beaucoup", "enfant-2-born": "hier"}
    page = await browser.post(AF, data=wrong)
    assert page.status_code == 422
    assert 'value="beaucoup"' in page.text and 'value="hier"' in page.text
    assert 'id="resources-error"' in page.text and 'id="enfant-2-born-error"' in page.text
    assert 'href="#enfant-2-born"' in page.text


async def test_a_child_is_added_and_removed_with_what_was_typed(browser):
    more = await browser.post(AF, data=TWO | {"resources": "12", "faire": "ajouter"})
    assert 'name="enfant-3-born"' in more.text and 'value="2019-02-01"' in more.text
    fewer = await browser.post(AF, data=TWO | {"faire": "retirer:1"})
    assert 'name="enfants" value="1"' in fewer.text
    assert 'value="2019-02-01"' in fewer.text and "2016-05-03" not in fewer.text


async def test_rows_left_blank_are_no_children(browser):
    page = await browser.post(AF, data={"enfants": "3", "sur": ["children"]})
    assert "Peu probable" in words(page)


async def test_what_nobody_answers_is_said_to_be_missing(browser):
    page = await browser.post(AF, data=TWO | REST | {"resources": ""})
    assert "À préciser" in words(page)
    assert "Il manque" in words(page)


async def test_the_answers_can_be_corrected_from_the_result(browser):
    page = await browser.post(AF, data=TWO | REST | {"faire": "corriger:0"})
    assert 'value="30 000,50"' in page.text and 'value="2019-02-01"' in page.text


async def test_another_day_is_another_scale(browser):
    one = await browser.post(AF, data=TWO | REST | {"jour": "2025-06-15"})
    other = await browser.post(AF, data=TWO | REST)
    assert "15 juin 2025" in words(one) and "15 juin 2026" in words(other)
    assert (await browser.post(AF, data=TWO | REST | {"jour": "1950-01-01"})).status_code == 422


async def test_an_unknown_simulator_is_not_there(browser):
    assert (await browser.get("/droits/simulateurs/rsa")).status_code == 404
    assert (await browser.post("/droits/simulateurs/rsa", data={})).status_code == 404


async def test_what_a_loan_costs_is_a_sum_and_no_right(browser):
    asked = ["loan_amount", "loan_rate", "loan_months"]
    loan = {"loan_amount": "10 000", "loan_rate": "3,5 %", "loan_months": "48", "sur": asked}
    page = await browser.post("/droits/simulateurs/mensualites", data=loan)
    assert "223,57" in words(page), words(page)
    assert "Probable" not in words(page)
