"""From a result to the social service: chosen line by line, shown as it leaves, sent to a conversation."""

import html
import re

from contacts.social.access import talk_just_opened
from contacts.social.packets import packets_of
from tests.benefits.simulators.test_one_simulator import AF, REST, TWO
from tests.helpers.browser import words
from tests.helpers.social import a_talk

PACKET = "/service-social/paquet"
ALL = TWO | REST | {"simulateur": "af"}


async def test_a_result_leads_to_the_choice_of_what_to_show(browser):
    result = await browser.post(AF, data=TWO | REST)
    assert f'action="{PACKET}"' in result.text
    page = await browser.post(PACKET, data=ALL)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert 'value="resultat/af" checked' in page.text, "a result is proposed"
    assert 'value="reponse/resources">' in page.text, "an answer is not"
    assert "set-cookie" not in page.headers


async def test_the_preview_holds_what_was_ticked_and_nothing_else(browser):
    page = await browser.post(f"{PACKET}/apercu", data=ALL | {"montrer": ["resultat/af", "reponse/territory"]})
    assert page.status_code == 200
    assert "Voici exactement ce qui partira" in words(page)
    assert "Probable" in words(page) and "En métropole" in words(page)
    assert "30" + "\u202f" + "000,50" not in words(page)


async def test_what_a_loan_costs_is_a_sum_and_not_probable(browser):
    loan = {"loan_amount": "3000", "loan_rate": "2,5", "loan_months": "24", "simulateur": "mensualites"}
    page = words(await browser.post(PACKET, data=loan))
    assert re.search(r"128,29\s€ par mois ; 78,96\s€ en tout, le coût du crédit\.", page.replace("\u00a0", " "))
    assert "Probable" not in page


async def test_nothing_ticked_is_said(browser):
    page = await browser.post(f"{PACKET}/apercu", data=ALL)
    assert page.status_code == 422
    assert "Cochez au moins une ligne" in words(page)


async def test_a_result_cannot_be_made_up(browser):
    made_up = ALL | {"montrer": ["resultat/rsa", "reponse/salaire"], "resultat/rsa": "Probable"}
    assert (await browser.post(f"{PACKET}/apercu", data=made_up)).status_code == 422
    assert (await browser.post(PACKET, data=TWO | REST | {"simulateur": "rsa"})).status_code == 404
    assert (await browser.post(PACKET, data={"simulateur": "af"})).status_code == 404, "no result yet"


async def test_a_member_sends_it_to_the_conversation_they_have(browser, anne):
    opened = await a_talk(anne)
    await browser.sign_in(anne)
    preview = await browser.post(f"{PACKET}/apercu", data=ALL | {"montrer": ["resultat/af", "reponse/resources"]})
    carried = html.unescape(re.search(r'name="packet" value="([^"]+)"', preview.text)[1])
    await browser.follow(await browser.submit("/service-social/resultats/envoi", packet=carried, talk=str(opened)))

    [sent] = (await packets_of((await talk_just_opened(opened)).id)).values()
    assert [title for title, _ in sent.packet.results] == ["Allocations familiales"]
    assert sent.packet.lines == (("Ressources du foyer de l’avant-dernière année", "30\u202f000,50\u202f€ par an"),)


async def test_the_page_loaded_again_leads_to_the_service(browser):
    for path in (PACKET, f"{PACKET}/apercu"):
        assert (await browser.get(path)).headers["location"] == "/service-social"
