"""What was reported stands beside what its author made of it since; around it, what is known of who said so."""

from app import database
from tests.helpers.ads import published
from tests.helpers.browser import words
from tests.helpers.cases import take
from tests.helpers.decisions import decided
from tests.helpers.desk import crowded_case, reported
from tests.helpers.offers import correspondent, waiting_offer


async def _read(browser, case):
    return await browser.get(f"/moderation/dossiers/{case}")


async def test_a_text_that_changed_since_it_was_reported_is_compared_word_by_word(browser, chloe, anne, bilal):
    page = await _read(await browser.sign_in(chloe), await crowded_case(by=anne, of=bilal, moderator=chloe))
    before = page.text.split("desk-before")[1]
    assert "Le texte a changé depuis" in before
    for changed in ("<del>Tous</del>", "<del>chez vous</del>", "<ins>Petits</ins>", "<ins>le samedi</ins>"):
        assert changed in before


async def test_a_text_that_did_not_change_stands_once(browser, chloe, anne, bilal):
    page = await _read(await browser.sign_in(chloe), await reported(anne, bilal))
    assert "desk-before" not in page.text


async def test_an_offer_that_did_not_change_stands_once_and_one_whose_agreement_did_is_compared(browser, chloe, anne):
    offer = await waiting_offer(await correspondent(anne, "29"))
    case = await database.value("SELECT id FROM moderation_case WHERE listing = $1", offer.id)
    await browser.sign_in(chloe)
    page = await take(browser, case)
    assert "desk-before" not in page.text
    assert "Approuver l’offre" in words(page) and "Retirer l’offre" in words(page)
    await database.execute(
        'UPDATE listing SET details = details || \'{"agreement": "Une poignée de main"}\' WHERE id = $1', offer.id
    )
    assert "Une poignée de main" in (await _read(browser, case)).text.split("desk-before")[1]


async def test_a_report_tells_a_first_name_and_what_became_of_the_earlier_ones(browser, chloe, anne, bilal, emilie):
    for outcome in ("founded", "unfounded", "abusive"):
        earlier = await reported(anne, emilie, title=f"Avant {outcome}")
        await database.execute('UPDATE report SET outcome = $2 WHERE "case" = $1', earlier, outcome)
    page = words(await _read(await browser.sign_in(chloe), await reported(anne, bilal)))
    assert "C’est du commerce Anne," in page
    assert "signalements d’avant : 1 fondé, 2 sans suite" in page.replace("\u202f", " ").replace("\xa0", " ")


async def test_notes_and_the_record_stand_beside(browser, chloe, anne, bilal):
    page = words(await _read(await browser.sign_in(chloe), await crowded_case(by=anne, of=bilal, moderator=chloe)))
    assert "Déjà vu une annonce du même genre" in page
    assert "Bilal, Quimper (29)" in page


async def test_a_notice_is_shown_with_its_number_and_law_and_not_who_sent_it(browser, chloe, anne, bilal):
    case = await reported(anne, bilal)
    await database.execute(
        'INSERT INTO notice ("case", location, illegality, why, name, email, good_faith, made_at) VALUES'
        " ($1, '/annonces/x', 'fraud', 'Une escroquerie connue.', 'Zoé Quelqu’un', 'zoe@exemple.fr', TRUE, now())",
        case,
    )
    page = words(await _read(await browser.sign_in(chloe), case))
    assert "Une escroquerie connue." in page
    assert "N-20" in page
    assert "Quelqu’un," not in page
    assert "zoe@exemple.fr" not in page


async def test_what_was_decided_before_is_read_in_ones_scope_and_where_one_has_no_stake(
    browser, chloe, farid, denis, anne, bilal
):
    """Farid moderates pets in Finistère only, and reported one of them."""
    for by, category, title in ((anne, "rides", "Loin"), (farid, "pet_care", "Sienne"), (anne, "pet_care", "Chats")):
        old = await reported(by, bilal, category, title=title)
        await database.execute("UPDATE moderation_case SET closed_at = now() WHERE id = $1", old)
        await decided(old, chloe.id, bilal.id, "remove", "market", "Retirée.")
    case = await reported(anne, bilal, "pet_care")
    page = words(await _read(await browser.sign_in(farid), case))
    assert "Chats" in page
    assert "Loin" not in page
    assert "Sienne" not in page


async def test_an_overturned_decision_is_no_longer_held_against_its_author(browser, chloe, denis, anne, bilal):
    listing = await published(bilal)
    old = await reported(anne, bilal, title="Jugée à tort")
    await database.execute("UPDATE moderation_case SET closed_at = now() WHERE id = $1", old)
    decision = await decided(old, denis.id, bilal.id, "remove", "market", "Retirée.")
    case = await reported(anne, bilal)
    await browser.sign_in(chloe)
    assert "retirées 1" in words(await take(browser, case)) or "1 retirées" in words(await _read(browser, case))
    await database.execute("UPDATE decision SET overturned_at = now() WHERE id = $1", decision)
    page = words(await _read(browser, case))
    assert "retirées 0" in page
    assert "revue après un recours" in page
    assert listing.id


async def test_a_reported_private_message_is_read_with_the_few_lines_around_it(browser, chloe, anne, bilal):
    from moderation.cases.opening import open_case
    from moderation.cases.tables import CaseKind
    from tests.helpers.talks import answered

    ad = await published(anne, "classifieds")
    conversation = await answered(ad.id, bilal.id)
    message = await database.value(
        "INSERT INTO message (conversation, sender, body, sent_at, once)"
        " VALUES ($1, $2, 'Payez d’abord, au 06 12 34 56 78.', clock_timestamp(), gen_random_uuid()) RETURNING id",
        conversation,
        bilal.id,
    )
    case = await open_case(
        kind=CaseKind.message,
        listing=ad.id,
        message=message,
        author=bilal.id,
        category="classifieds",
        department="29",
    )
    page = await take(await browser.sign_in(chloe), case)
    assert "Payez d’abord, au •• •• •• •• ••." in words(page)
    assert "quelques lignes autour" in words(page)
    assert "Retirer ce message" in words(page)
