"""Somebody writes to the social service without a name, from a borrowed computer, and comes back from another with the
code. Only the social worker reads; who watches over the site sees nothing, not even in the database."""

from app import database
from contacts.social.passing import let_time_pass_over_talks
from tests.helpers.browser import words
from tests.helpers.jobs import run_jobs
from tests.helpers.social import code_on, opening, social_worker

SECRET = "Je dois trois loyers et je n’ose le dire à personne."


async def test_nobody_but_the_social_worker_ever_reads_it(browser, another_browser, chloe, denis):
    wanda = await social_worker("Wanda", "29")
    shown = await browser.submit("/service-social", **opening(text=SECRET))
    code, talk = code_on(shown), await database.value("SELECT id FROM social_talk")
    path = f"/service-social/conversations/{talk}"
    await run_jobs()

    desk = await another_browser.sign_in(wanda)
    assert str(talk) in (await desk.get("/service-social/bureau")).text
    assert SECRET in words(await desk.get(path))
    version = await database.value("SELECT version FROM social_talk")
    await desk.follow(await desk.submit(f"{path}/prise-en-charge", version=str(version)))
    await desk.follow(await desk.submit(f"{path}", text="Vous avez bien fait d’écrire. Parlons-en."))

    for watcher in (chloe, denis):
        other = await another_browser.sign_in(watcher)
        assert (await other.get(path)).status_code == 404
        assert (await other.get("/service-social/bureau")).status_code == 403

    await browser.submit("/service-social/quitter")
    assert (await browser.get(path)).status_code == 404
    later = await browser.submit("/service-social/reprendre", code=code.lower())
    assert "Parlons-en" in words(await browser.follow(later))

    everything = "".join(str(dict(row)) for row in await database.rows("SELECT * FROM social_message"))
    assert "loyers" not in everything and "Parlons" not in everything

    await browser.follow(await browser.submit(f"{path}/fermeture"))
    assert await database.value("SELECT state FROM social_talk") == "closed"
    await database.execute("UPDATE social_talk SET closed_at = now() - interval '13 months', last_at = closed_at")
    await let_time_pass_over_talks()
    assert await database.value("SELECT count(*) FROM social_talk") == 0
    gone = await browser.submit("/service-social/reprendre", code=code)
    assert gone.status_code == 422 and "Parlons" not in words(gone)
