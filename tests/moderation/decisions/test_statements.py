"""Every refusal is explained in full (regulation (EU) 2022/2065, article 17), to whom it concerns alone."""

import re

import pytest

from app import database
from moderation.cases.opening import open_case
from moderation.cases.tables import CaseKind
from moderation.decisions.laws import LAWS, Law
from moderation.decisions.reasons import ARTICLES, OF_REPORTING, TEXTS, Reason, text_of
from moderation.rules import Finding
from moderation.rules.verdict import Action, Span
from tests.helpers.ads import pending, published
from tests.helpers.browser import words
from tests.helpers.cases import case_of, decide, opened, said_under, take, take_and_decide, told
from tests.helpers.homes import a_home
from tests.helpers.offers import an_offer
from tests.helpers.sanctions import judged, taken

BODY = "Notre lapin cherche une famille. Il est à vendre pour dix euros, avec sa cage et son foin."


async def _decision():
    return await database.row("SELECT * FROM decision ORDER BY decided_at DESC LIMIT 1")


async def _held(author, *findings, **given):
    ad = await pending(author, "classifieds", body=BODY, **given)
    await open_case(
        kind=CaseKind.listing,
        listing=ad.id,
        author=author.id,
        category="classifieds",
        department="29",
        findings=findings,
    )
    return (await case_of(ad.id))["id"]


def _finding(quote: str, action: Action = Action.HOLD) -> Finding:
    start = BODY.index(quote)
    return Finding(
        "law.animals", 1, action, "Un animal ne se vend pas ici.", spans=(Span("body", start, start + len(quote)),)
    )


async def test_a_decision_has_a_reference_of_its_own(browser, chloe, anne, bilal):
    await browser.sign_in(chloe)
    for author in (anne, bilal):
        await take_and_decide(browser, await opened(await published(author)), "remove")
    found = await database.rows("SELECT reference FROM decision")
    assert len({one["reference"] for one in found}) == 2
    assert all(re.fullmatch(r"D-\d{4}-\d{6}", one["reference"]) for one in found)


async def test_the_page_says_all_the_law_asks(browser, another_browser, chloe, anne):
    await browser.sign_in(chloe)
    case = await _held(anne, _finding("à vendre pour dix euros"))
    await take_and_decide(
        browser, case, "remove", reason="forbidden", ground="law", law="pets", words="Un animal ne se vend pas ici."
    )
    decision = await _decision()
    await another_browser.sign_in(anne)
    answer = await another_browser.get(f"/decisions/{decision['id']}")
    page = words(answer)
    for said in (
        decision["reference"],
        "Votre annonce a été retirée",
        "partout sur Entraide, sans limite de durée",  # what, where and for how long
        "Passage relevé dans votre texte : « à vendre pour dix euros ».".replace(" :", "\u202f:")
        .replace("« ", "«\u202f")
        .replace(" »", "\u202f»"),
        "Une règle automatique l’avait relevé",
        "a été prise par une personne",
        TEXTS[Reason.forbidden].article_title,
        LAWS[Law.pets].citation,
        "La loi interdit de proposer en ligne",
        "gratuitement, jusqu’au",
        "organisme certifié de règlement extrajudiciaire",
        "le tribunal compétent",
    ):
        assert re.sub(r"\s", " ", said) in re.sub(r"\s", " ", page), said
    assert f'href="/decisions/{decision["id"]}/recours"' in answer.text
    assert 'href="/charte#article-7"' in answer.text
    for name in ("Chloe", "chloe", "Denis"):
        assert name not in answer.text


@pytest.mark.parametrize(("thing", "named"), [(a_home, "fiche"), (an_offer, "offre")])
async def test_what_is_no_ad_is_not_called_one(browser, another_browser, chloe, anne, thing, named):
    await browser.sign_in(chloe)
    await take_and_decide(browser, await opened(await thing(anne)), "remove")
    decision = await _decision()
    await another_browser.sign_in(anne)
    assert f"Votre {named} a été retirée" in words(await another_browser.get(f"/decisions/{decision['id']}"))
    contest = words(await another_browser.get(f"/decisions/{decision['id']}/recours"))
    assert f"{named} a été retirée" in contest and "l’annonce a été" not in contest


async def test_a_statement_may_be_printed_and_no_line_of_it_begins_with_a_colon(browser, another_browser, chloe, anne):
    await browser.sign_in(chloe)
    given = {"facts": "Un prix : dix euros !", "words": "Un animal se donne : il ne se vend pas."}
    await take_and_decide(browser, await _held(anne), "remove", **given)
    await another_browser.sign_in(anne)
    page = (await another_browser.get(f"/decisions/{(await _decision())['id']}")).text
    assert "Un prix\u00a0: dix euros\u00a0!" in page and "se donne\u00a0: il" in page
    assert "data-print" in page


async def test_facts_left_empty_quote_what_the_rules_marked(browser, chloe, anne):
    await browser.sign_in(chloe)
    await take_and_decide(browser, await _held(anne, _finding("à vendre"), _finding("dix euros")), "ask_changes")
    assert (await _decision())["facts"] == (
        "Passages relevés dans votre texte\u202f: «\u202fà vendre\u202f», «\u202fdix euros\u202f»."
    )


async def test_without_a_mark_they_quote_the_beginning_of_the_text(browser, chloe, anne):
    await browser.sign_in(chloe)
    await take_and_decide(browser, await opened(await published(anne, body="Bonjour. " * 100)), "remove")
    facts = (await _decision())["facts"]
    assert facts.startswith("Texte lu\u202f: «\u202fGarde de deux enfants le mercredi. Bonjour.")
    assert len(facts) < 200


async def test_what_the_moderator_found_is_kept_as_written(browser, chloe, anne):
    await browser.sign_in(chloe)
    await take_and_decide(browser, await _held(anne), "remove", facts="Un lapin à vendre, dix euros.")
    assert (await _decision())["facts"] == "Un lapin à vendre, dix euros."


async def test_an_approval_needs_no_reasons_and_keeps_none(browser, chloe, anne):
    await browser.sign_in(chloe)
    await take_and_decide(browser, await _held(anne, _finding("à vendre")), "approve", facts="Rien.", law="pets")
    decision = await _decision()
    assert [decision[name] for name in ("ground", "reason", "law", "facts", "words")] == [""] * 5


@pytest.mark.parametrize(
    ("findings", "by", "automatically"),
    [
        ([], "team", False),
        ([_finding("à vendre")], "rules", True),
        ([_finding("à vendre", Action.ADVISE)], "team", False),
    ],
)
async def test_how_it_was_found_is_kept(browser, chloe, anne, findings, by, automatically):
    await browser.sign_in(chloe)
    await take_and_decide(browser, await _held(anne, *findings), "remove")
    decision = await _decision()
    assert (decision["detection"], decision["found_automatically"]) == (by, automatically)


@pytest.mark.parametrize("is_notified", [False, True])
async def test_a_report_or_a_notice_is_how_it_was_found(browser, chloe, anne, bilal, is_notified):
    case = await opened(await published(anne))
    await database.execute(
        'INSERT INTO report ("case", reporter, reason, words, made_at) VALUES ($1, $2, $3, $4, now())',
        case,
        bilal.id,
        "other",
        "",
    )
    if is_notified:
        await database.execute(
            'INSERT INTO notice ("case", member, location, illegality, why, good_faith, made_at)'
            " VALUES ($1, $2, '/annonces', 'other', 'Parce que.', TRUE, now())",
            case,
            bilal.id,
        )
    await browser.sign_in(chloe)
    await take_and_decide(browser, case, "remove")
    decision = await _decision()
    assert (decision["detection"], decision["found_automatically"]) == ("notice" if is_notified else "report", False)


async def test_a_reply_removed_is_explained_with_the_authors_own_words(browser, another_browser, chloe, anne, bilal):
    ad = await published(anne)
    reply = await said_under(ad.id, bilal, "Vous êtes vraiment nuls.", "held")
    case = await open_case(
        kind=CaseKind.reply, listing=ad.id, reply=reply, author=bilal.id, category="childcare", department="29"
    )
    await take_and_decide(await browser.sign_in(chloe), case, "remove", reason="respect")
    ((_, path),) = await told(bilal)
    page = words(await (await another_browser.sign_in(bilal)).get(path))
    assert "Votre message public a été retiré" in page
    assert "Vous êtes vraiment nuls." in page


async def test_the_author_of_a_reported_ad_that_stays_reads_nothing_of_it(browser, chloe, anne, bilal):
    case = await opened(await published(anne))
    await database.execute(
        'INSERT INTO report ("case", reporter, reason, words, made_at) VALUES ($1, $2, $3, $4, now())',
        case,
        bilal.id,
        "other",
        "",
    )
    await take_and_decide(await browser.sign_in(chloe), case, "approve")
    decision = (await _decision())["id"]
    await browser.sign_in(anne)
    assert (await browser.get(f"/decisions/{decision}")).status_code == 404
    assert "Rien à votre sujet" in words(await browser.get("/moi/decisions"))


async def test_a_decision_and_its_measure_are_read_by_whom_they_concern_alone(browser, chloe, bilal, anne):
    sanction = await taken(anne, "warn", by=chloe)
    decision = await database.value("SELECT decision FROM sanction WHERE id = $1", sanction)
    for other in (bilal, chloe):
        await browser.sign_in(other)
        assert (await browser.get(f"/decisions/{decision}")).status_code == 404
        assert (await browser.get(f"/moi/decisions/mesures/{sanction}")).status_code == 404


async def test_my_decisions_list_all_of_mine_with_their_state_and_a_way_to_contest(browser, anne, bilal, chloe):
    await taken(anne, "no_posting", 7, by=chloe)
    await taken(bilal, "warn", by=chloe)
    await browser.sign_in(anne)
    answer = await browser.get("/moi/decisions")
    page = words(answer)
    assert page.count("Contester") == 2  # the decision, and the measure taken with it
    assert "En cours, jusqu’au " in page
    assert "Poussette pliante à donner" in page
    assert "Avertissement" not in page
    references = re.findall(r"D-\d{4}-\d{6}", page)
    assert len(set(references)) == 1


async def test_my_decisions_go_on_over_pages(browser, anne, chloe):
    for _ in range(27):
        await judged(anne, chloe)
    await browser.sign_in(anne)
    first = await browser.get("/moi/decisions")
    older = re.search(r'href="(/moi/decisions\?apres=[^"]+)"', first.text)
    assert older
    second = await browser.get(older[1])
    seen = [set(re.findall(r"D-\d{4}-\d{6}", page.text)) for page in (first, second)]
    assert [len(one) for one in seen] == [25, 2]
    assert not seen[0] & seen[1]


async def test_past_the_time_to_contest_the_page_says_so(browser, anne, chloe):
    decision = await judged(anne, chloe)
    await database.execute(
        "UPDATE decision SET decided_at = now() - interval '8 months', appeal_until = now() - interval '1 month'"
    )
    await browser.sign_in(anne)
    page = await browser.get(f"/decisions/{decision}")
    assert "Le temps pour contester ici est passé" in words(page)
    assert f"/decisions/{decision}/recours" not in page.text


async def test_an_overturned_decision_says_that_it_no_longer_counts(browser, anne, chloe):
    decision = await judged(anne, chloe)
    await database.execute("UPDATE decision SET overturned_at = now()")
    await browser.sign_in(anne)
    assert "Cette décision a été annulée" in words(await browser.get(f"/decisions/{decision}"))
    assert "Annulée après un recours" in words(await browser.get("/moi/decisions"))


async def test_each_reason_is_an_article_of_the_charter_as_it_is_printed(browser):
    charter = await browser.get("/charte")
    for number, title in ARTICLES.items():
        assert f'<h2 id="article-{number}">{number}. {title}</h2>' in charter.text
    assert {text_of(reason).article for reason in Reason} <= ARTICLES.keys()
    assert text_of("good_faith") is OF_REPORTING
    assert Reason.good_faith not in TEXTS


async def test_every_law_belongs_to_a_reason_and_fits_its_column():
    assert {law for text in TEXTS.values() for law in text.laws} == set(LAWS) == set(Law)
    assert all(len(text.citation) <= 200 for text in LAWS.values())


async def test_a_stale_form_keeps_what_was_typed_of_the_statement(browser, chloe, anne):
    case = await opened(await published(anne))
    page = await take(await browser.sign_in(chloe), case)
    await database.execute("UPDATE moderation_case SET version = version + 1")
    answer = await decide(browser, page, case, "remove", facts="Un lapin à vendre.", ground="law", law="pets")
    assert answer.status_code == 409
    assert "Un lapin à vendre." in answer.text
