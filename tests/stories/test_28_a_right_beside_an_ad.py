"""A member asks for childcare; before it is sent she learns of a help to pay for it, works it out, and shows the result
to the social worker she was talking with; then takes it back."""

import html
import re

from app import database
from tests.helpers import ads
from tests.helpers.browser import words
from tests.helpers.social import a_talk, social_worker, taken_up

CHILDREN = {"enfants": "2", "enfant-1-born": "2016-05-03", "enfant-2-born": "2019-02-01", "sur": ["children"]}
SAID = {
    "territory": "mainland",
    "shared_custody": "non",
    "resources": "30 000",
    "jour": "2026-06-15",
    "sur": ["children", "territory", "shared_custody", "resources"],
}


async def test_from_an_ad_to_a_result_shown_and_withdrawn(browser, another_browser, anne):
    wanda = await social_worker("Wanda", "29")
    talk = await a_talk(anne)
    await taken_up(talk, wanda, "Bonjour, je vous réponds.")
    draft = await ads.draft(anne)

    await browser.sign_in(anne)
    before = await browser.get(f"/annonces/{draft.id}/apercu")
    assert "/droits/simulateurs/cmg" in before.text and "employez la personne" in words(before)
    assert (await browser.get("/droits/simulateurs/cmg")).status_code == 200

    result = await browser.post("/droits/simulateurs/af", data=CHILDREN | SAID)
    assert "Probable" in words(result)
    chosen = CHILDREN | SAID | {"simulateur": "af", "montrer": ["resultat/af", "reponse/resources"]}
    preview = await browser.post("/service-social/paquet/apercu", data=chosen)
    leaves = words(preview).split("Voici exactement ce qui partira")[1]
    assert "Ressources du foyer" in leaves and "En métropole" not in leaves, "only what was ticked"
    carried = html.unescape(re.search(r'name="packet" value="([^"]+)"', preview.text)[1])
    await browser.follow(await browser.submit("/service-social/resultats/envoi", packet=carried, talk=str(talk)))

    path = f"/service-social/conversations/{talk}"
    desk = await another_browser.sign_in(wanda)
    assert "Allocations familiales" in words(await desk.get(path))
    packet = await database.value("SELECT id FROM social_packet")
    await browser.follow(await browser.submit(f"{path}/resultats/{packet}/retrait"))
    assert "Allocations familiales" not in words(await desk.get(path))
    assert await database.value("SELECT sealed FROM social_packet") is None
