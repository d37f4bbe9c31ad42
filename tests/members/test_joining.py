import asyncio
import re

import pytest

from app import database
from members.codes import fresh_code, normalised, shown
from members.joining import CodeUsedUp, confirm, join, sweep_unconfirmed
from members.links import fresh_link
from members.passwords import hash_password, matches
from members.sessions import cookie_name
from members.tables import Body, JoiningCode, LinkPurpose, Member, Membership, Session
from places.communes import commune
from tests.helpers.browser import Browser, said
from tests.helpers.codes import GOOD_PASSWORD, a_code, a_request, letters_to, link_in
from tests.helpers.jobs import run_jobs, waiting_jobs

HERE = "192.0.2.1"
PLANTED = "un mot de passe planté"


async def joined(browser: Browser, code: JoiningCode, **changes: str) -> str:
    """The path of the link that confirms."""
    answer = await browser.submit("/rejoindre", **a_request(code, **changes))
    assert answer.headers.get("location") == "/rejoindre/courriel", said(answer)
    await run_jobs()
    return link_in(letters_to(changes.get("email", "zoe@exemple.fr"))[-1])


async def member(email: str = "zoe@exemple.fr") -> Member:
    found = await Member.objects().get(Member.email == email)
    assert found
    return found


async def test_zoe_joins_with_the_code_of_her_body_and_is_in(browser, body):
    code = await a_code(body)

    first = await browser.submit("/rejoindre", code=shown(code.code).lower(), first_name="Zoé", commune="29200")
    assert first.status_code == 200
    assert 'name="email"' in first.text
    assert 'value="Zoé"' in first.text

    path = await joined(browser, code)
    page = await browser.get(path)
    assert page.status_code == 200
    assert "Zoé" in page.text
    assert (await member()).confirmed_at is None

    home = await browser.submit(path, password=GOOD_PASSWORD)
    assert home.headers["location"] == "/"
    assert cookie_name() in browser.cookies
    assert "Zoé" in (await browser.get("/moi")).text

    zoe = await member()
    assert zoe.confirmed_at is not None
    assert zoe.trusted_at is None
    assert zoe.commune == "29019"
    assert zoe.password_hash.startswith("$argon2id$")
    assert await Membership.count().where((Membership.member == zoe.id) & (Membership.body == body.id)) == 1
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 1
    assert await database.value("SELECT count(*) FROM audit_entry WHERE action = 'joined' AND actor = $1", zoe.id) == 1


async def test_the_first_step_says_nothing_of_the_fields_of_the_second(browser, body):
    page = await browser.submit("/rejoindre", code="", first_name="Zoé", commune="Brest")
    assert page.status_code == 422
    assert "Un point est à revoir" in page.text
    assert "charte." not in page.text


async def test_a_second_step_spoilt_meanwhile_says_so_whatever_its_length(browser, body):
    code = await a_code(body)
    page = await browser.submit("/rejoindre", **a_request(code, email="x" * 10_000))
    assert page.status_code == 422
    assert 'id="email-error"' in page.text
    assert 'name="charter" value="on" checked' in page.text


async def test_the_letters_address_fills_the_code_in(browser, body):
    page = await browser.get("/rejoindre", params={"code": 'ABCD-1234"><b>'})

    assert 'value="ABCD-1234&#34;&gt;&lt;b&gt;"' in page.text


async def test_a_code_is_read_whatever_its_case_spaces_hyphens_and_look_alikes():
    assert normalised(" 7k3m–q2xf 9tdb\u00a0") == "7K3MQ2XF9TDB"
    assert normalised("oOiIlL") == "001111"
    assert shown("7K3MQ2XF9TDB") == "7K3M-Q2XF-9TDB"
    for _ in range(50):
        code = fresh_code()
        assert normalised(shown(code).lower()) == code
        assert not set("ILOU") & set(code)


async def spoilt(code: JoiningCode, how: str) -> None:
    await database.execute(f"UPDATE joining_code SET {how} WHERE id = $1", code.id)


@pytest.mark.parametrize(
    "how", ["revoked_at = now()", "expires_at = now() - interval '1 minute'", "uses = most_uses", "code = 'AAAA'"]
)
async def test_a_code_revoked_expired_used_up_or_unknown_opens_nothing(browser, body, how):
    code = await a_code(body)
    await spoilt(code, how)

    answer = await browser.submit("/rejoindre", **a_request(code))

    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text
    assert await Member.count() == 0
    assert await waiting_jobs() == []


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("first_name", "", "Remplissez ce champ"),
        ("first_name", "Adjudant Martin", "sans grade"),
        ("first_name", "Adj Martin", "sans grade"),
        ("first_name", "Marie-Capitaine", "sans grade"),
        ("first_name", "Modératrice", "sans grade"),
        ("first_name", "Zoé <b>", "avec des lettres"),
        ("first_name", "Zoé 29", "avec des lettres"),
        ("first_name", "Зоя", "avec des lettres"),
        ("first_name", "Z" * 41, "en 40 lettres au plus"),
        ("commune", "", "Remplissez ce champ"),
        ("commune", "Nullepartville-sur-Rien", "Nous ne trouvons pas cette commune"),
        ("email", "zoe", "ne semble pas complète"),
        ("email", "zoe@exemple.fr\nBcc: tous@exemple.fr", "ne semble pas complète"),
        ("email", "Zoé <zoe@exemple.fr>", "ne semble pas complète"),
        ("password", "", "Remplissez ce champ"),
        ("password", "trop court", "au moins 12"),
        ("password", "Azertyuiop123", "trop courant"),
        ("password", "Mot de passe 123", "trop courant"),
        ("password", "abababababab", "trop courant"),
        ("password", "x" * 300, "au plus 256"),
        ("password", "zoe@exemple.fr", "ressemble trop"),
        ("password", "Zoé.Zoe-Zoé 2026", "ressemble trop"),
        ("charter", "", "acceptez la charte"),
    ],
)
async def test_what_does_not_fit_is_sent_back_with_what_to_do(browser, body, field, typed, message):
    code = await a_code(body)

    fields = a_request(code) | {field: typed}
    if not typed and field == "charter":
        del fields["charter"]  # browsers leave an unticked box out
    answer = await browser.submit("/rejoindre", **fields)

    assert answer.status_code == 422, said(answer)
    assert message in answer.text.replace("\u202f", " "), said(answer)
    assert f'id="{field}-error"' in answer.text
    assert await Member.count() == 0


@pytest.mark.parametrize("name", ["Zoé", "Jean-Noël", "Marie Claire", "D’Artagnan", "Gal", "Maëlys", "Ève"])
async def test_every_first_name_of_here_fits(browser, body, name):
    code = await a_code(body)
    await joined(browser, code, first_name=name)
    assert (await member()).first_name == name


@pytest.mark.parametrize(
    ("typed", "kept"), [("marie-louise ", "Marie-Louise"), ("JEAN NOËL", "Jean Noël"), ("d'artagnan", "D’Artagnan")]
)
async def test_a_first_name_gets_its_capitals(browser, body, typed, kept):
    await joined(browser, await a_code(body), first_name=typed)
    assert (await member()).first_name == kept


async def test_correcting_the_first_step_keeps_what_was_typed(browser, body):
    code = await a_code(body)
    about = {"code": code.code, "first_name": "Zoé", "commune": "Saint-Denis"}

    page = await browser.submit("/rejoindre", **about, correct="1")

    assert page.status_code == 200
    assert 'value="Zoé"' in page.text and 'value="Saint-Denis"' in page.text
    assert "field-error" not in page.text


async def test_of_several_communes_of_one_name_she_chooses_hers_without_scripts(browser, body):
    code = await a_code(body)
    about = {"code": code.code, "first_name": "Zoé", "commune": "Saint-Denis"}

    asked = await browser.submit("/rejoindre", **about)
    assert asked.status_code == 422
    choices = re.findall(r'name="commune_code"[^>]*value="(\w+)"', asked.text)
    assert {"93066", "97411"} <= set(choices)

    chosen = await browser.submit("/rejoindre", **about, commune_code="97411")
    assert chosen.status_code == 200
    forged = await browser.submit("/rejoindre", **about, commune_code="29019")
    assert forged.status_code == 422

    await joined(browser, code, commune="Saint-Denis", commune_code="97411")
    assert (await member()).commune == "97411"


async def test_the_answer_is_the_same_to_the_byte_whether_the_address_is_known_or_not(
    browser, another_browser, body, anne
):
    code = await a_code(body)

    unknown = await browser.submit("/rejoindre", **a_request(code))
    known = await another_browser.submit("/rejoindre", **a_request(code, email=anne.email))

    assert (known.status_code, known.headers["location"], known.content) == (
        unknown.status_code,
        unknown.headers["location"],
        unknown.content,
    )
    assert known.headers.get_list("set-cookie") == unknown.headers.get_list("set-cookie")
    assert (await browser.follow(unknown)).content == (await another_browser.follow(known)).content
    assert [name for name, _ in await waiting_jobs()] == ["members.answer_joining"] * 2

    await run_jobs()
    assert letters_to("zoe@exemple.fr")[0]["Subject"] == "Confirmez votre adresse"
    assert letters_to(anne.email)[0]["Subject"] == "Vous avez déjà un compte"
    untouched = await Member.objects().get(Member.id == anne.id)
    assert untouched.password_hash == anne.password_hash


async def test_letters_say_nothing_of_anyone_and_jobs_hold_no_link(browser, body):
    code = await a_code(body)
    await browser.submit("/rejoindre", **a_request(code))

    [(_, args)] = await waiting_jobs()
    assert args == {"member": str((await member()).id)}
    await run_jobs()
    words = letters_to("zoe@exemple.fr")[0].get_content()
    assert not any(word in words for word in ("Zoé", "Brest", body.name, code.code))
    token = link_in(letters_to("zoe@exemple.fr")[0]).rpartition("/")[2].encode()
    assert await database.value("SELECT count(*) FROM mailed_link WHERE token_hash = $1", token) == 0


async def test_a_link_serves_once(browser, another_browser, body):
    path = await joined(browser, await a_code(body))
    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 303

    again = await another_browser.submit(path, password=GOOD_PASSWORD)
    assert again.status_code == 410
    assert cookie_name() not in another_browser.cookies
    assert (await another_browser.get(path)).status_code == 410


async def test_a_link_lasts_48_hours_and_another_can_be_asked_for(browser, body):
    path = await joined(browser, await a_code(body))
    await database.execute("UPDATE mailed_link SET expires_at = now() - interval '1 second'")
    assert (await browser.get(path)).status_code == 410

    answer = await browser.submit("/rejoindre/renvoi", email="ZOE@exemple.fr")
    assert answer.headers["location"] == "/rejoindre/courriel"
    await run_jobs()
    newer = link_in(letters_to("zoe@exemple.fr")[-1])
    hours = await database.value("SELECT extract(epoch FROM expires_at - created_at) / 3600 FROM mailed_link")
    assert hours == 48
    assert (await browser.submit(newer, password=GOOD_PASSWORD)).status_code == 303


async def test_asking_for_another_link_tells_nothing_of_an_address(browser, another_browser, anne):
    unknown = await browser.submit("/rejoindre/renvoi", email="personne@exemple.fr")
    known = await another_browser.submit("/rejoindre/renvoi", email=anne.email)

    assert (unknown.status_code, unknown.content) == (known.status_code, known.content)
    await run_jobs()
    assert letters_to("personne@exemple.fr") == []


async def test_a_link_of_another_kind_or_invented_confirms_nothing(browser, body, anne):
    await joined(browser, await a_code(body))
    zoe = await member()
    token = await fresh_link(zoe.id, LinkPurpose.new_password)

    for wrong in (token, "invented", "é" * 50, "x" * 10_000):
        assert (await browser.get(f"/confirmation/{wrong}")).status_code == 410
        assert (await browser.submit(f"/confirmation/{wrong}", password=GOOD_PASSWORD)).status_code == 410
    assert (await member()).confirmed_at is None


async def test_asking_again_before_confirming_the_newer_request_stands(browser, another_browser, body):
    code = await a_code(body)
    planted = await joined(another_browser, code, first_name="Mallory", password=PLANTED)
    own = await joined(browser, code)

    assert (await browser.get(planted)).status_code == 410
    await browser.submit(own, password=GOOD_PASSWORD)

    zoe = await member()
    assert zoe.first_name == "Zoé"
    assert await Membership.count().where(Membership.member == zoe.id) == 1
    refused = await another_browser.submit("/connexion", email=zoe.email, password=PLANTED)
    assert refused.status_code == 422


async def test_who_owns_the_address_cannot_be_led_to_confirm_a_planted_password(browser, another_browser, body):
    code = await a_code(body)
    own = await joined(browser, code)
    planted = await joined(another_browser, code, password=PLANTED)
    assert (await browser.get(own)).status_code == 410

    answer = await browser.submit(planted, password=GOOD_PASSWORD)

    assert answer.status_code == 422
    assert "Recommencez l’inscription" in answer.text
    assert 'href="/rejoindre"' in answer.text
    assert (await member()).confirmed_at is None
    assert cookie_name() not in browser.cookies

    again = await joined(browser, code)
    assert (await browser.submit(again, password=GOOD_PASSWORD)).status_code == 303
    assert (await another_browser.submit("/connexion", email="zoe@exemple.fr", password=PLANTED)).status_code == 422


async def test_a_password_planted_while_hers_is_checked_is_not_confirmed(browser, body, monkeypatch):
    code = await a_code(body)
    path = await joined(browser, code)

    async def slowly(password_hash: str | None, password: str) -> bool:
        await database.execute("UPDATE member SET password_hash = $1", await hash_password(PLANTED))
        return await matches(password_hash, password)

    monkeypatch.setattr("members.joining.matches", slowly)
    answer = await browser.submit(path, password=GOOD_PASSWORD)

    assert answer.status_code == 410
    assert (await member()).confirmed_at is None
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 0


@pytest.mark.parametrize("typed", ["", "pas le bon du tout", "x" * 300, "x" * 10_000, "\x00", "{{ 7*7 }}"])
async def test_a_wrong_password_confirms_nothing_and_keeps_the_link(browser, body, typed):
    code = await a_code(body)
    path = await joined(browser, code)

    answer = await browser.submit(path, password=typed)

    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert "Zoé" in answer.text
    assert not typed.strip("\x00") or typed not in answer.text
    assert (await member()).confirmed_at is None
    assert cookie_name() not in browser.cookies
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 0
    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 303


async def test_the_link_alone_guesses_no_password(browser, another_browser, body):
    path = await joined(browser, await a_code(body))
    for _ in range(10):
        assert (await another_browser.submit(path, password="au hasard 12345")).status_code == 422

    assert (await another_browser.submit(path, password=GOOD_PASSWORD)).status_code == 429
    assert (await member()).confirmed_at is None
    await database.execute("UPDATE throttle SET since = since - interval '16 minutes'")
    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 303


async def test_one_place_guesses_no_password_with_many_links(browser, body):
    await joined(browser, await a_code(body))
    zoe = await member()
    for _ in range(10):
        path = f"/confirmation/{await fresh_link(zoe.id, LinkPurpose.confirm)}"
        for _ in range(10):
            assert (await browser.submit(path, password="au hasard 12345")).status_code == 422

    path = f"/confirmation/{await fresh_link(zoe.id, LinkPurpose.confirm)}"
    assert (await browser.submit(path, password=GOOD_PASSWORD)).status_code == 429


async def test_a_link_left_after_confirming_opens_nothing_again(browser, another_browser, body):
    code = await a_code(body)
    await browser.submit(await joined(browser, code), password=GOOD_PASSWORD)
    late = await fresh_link((await member()).id, LinkPurpose.confirm)

    answer = await another_browser.submit(f"/confirmation/{late}", password=GOOD_PASSWORD)

    assert answer.status_code == 410
    assert cookie_name() not in another_browser.cookies
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 1


async def test_no_account_is_usable_before_its_address_is_confirmed(browser, body):
    await joined(browser, await a_code(body))

    answer = await browser.submit("/connexion", email="zoe@exemple.fr", password=GOOD_PASSWORD)

    assert answer.status_code == 403
    assert "attend que vous confirmiez" in answer.text
    assert cookie_name() not in browser.cookies
    wrong = await browser.submit("/connexion", email="zoe@exemple.fr", password="pas le bon du tout")
    assert wrong.status_code == 422
    assert "attend que vous confirmiez" not in wrong.text


async def test_who_never_confirms_is_forgotten_after_a_week(browser, body, anne):
    await joined(browser, await a_code(body))
    await sweep_unconfirmed()
    assert await Member.count() == 2

    await database.execute("UPDATE member SET joined_at = now() - interval '8 days'")
    await sweep_unconfirmed()
    assert [m.email for m in await Member.objects()] == [anne.email]


async def test_a_code_revoked_before_the_address_is_confirmed_no_longer_counts(browser, body):
    code = await a_code(body)
    path = await joined(browser, code)
    await spoilt(code, "revoked_at = now()")

    answer = await browser.submit(path, password=GOOD_PASSWORD)

    assert answer.status_code == 409
    assert "Demandez le nouveau" in answer.text
    assert (await member()).confirmed_at is None


@pytest.mark.commits
async def test_of_two_people_on_the_last_use_of_a_code_exactly_one_gets_it(app, body):
    code = await a_code(body, most_uses=1)
    brest = commune("29019")
    tokens = []
    for name in ("zoe", "yann"):
        await join(email=f"{name}@exemple.fr", password=GOOD_PASSWORD, first_name="Zoé", place=brest, code=code.code)
        tokens.append(await fresh_link((await member(f"{name}@exemple.fr")).id, LinkPurpose.confirm))

    outcomes = await asyncio.gather(*(confirm(one, GOOD_PASSWORD, HERE) for one in tokens), return_exceptions=True)

    assert sorted(type(o).__name__ for o in outcomes) == ["CodeUsedUp", "UUID"]
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 1
    assert await Member.count().where(Member.confirmed_at.is_not_null()) == 1
    [loser] = [token for token, outcome in zip(tokens, outcomes, strict=True) if isinstance(outcome, CodeUsedUp)]
    await spoilt(code, "most_uses = 2")
    assert await confirm(loser, GOOD_PASSWORD, HERE)  # the refusal left the link as it was


@pytest.mark.commits
async def test_one_link_opened_twice_at_once_counts_once(app, body):
    code = await a_code(body, most_uses=5)
    await join(email="zoe@exemple.fr", password=GOOD_PASSWORD, first_name="Zoé", place=commune("29019"), code=code.code)
    token = await fresh_link((await member()).id, LinkPurpose.confirm)

    twice = (confirm(token, GOOD_PASSWORD, HERE) for _ in range(2))
    outcomes = await asyncio.gather(*twice, return_exceptions=True)

    assert sorted(type(o).__name__ for o in outcomes) == ["LinkGone", "UUID"]
    assert (await JoiningCode.objects().get(JoiningCode.id == code.id)).uses == 1


async def test_guessing_codes_is_braked_even_for_the_right_one(browser, another_browser, body):
    code = await a_code(body)
    about = {"first_name": "Zoé", "commune": "Brest"}
    for _ in range(40):
        assert (await browser.submit("/rejoindre", code=fresh_code(), **about)).status_code == 422

    assert (await browser.submit("/rejoindre", code=code.code, **about)).status_code == 429
    assert (await another_browser.submit("/rejoindre", code=code.code, **about)).status_code == 429


async def test_nobodys_mailbox_is_filled(browser, body, anne):
    code = await a_code(body)
    for _ in range(5):
        await browser.submit("/rejoindre", **a_request(code, email=anne.email))
    for path, fields in (
        ("/rejoindre", a_request(code, email=anne.email)),
        ("/rejoindre/renvoi", {"email": anne.email}),
        ("/mot-de-passe-oublie", {"email": anne.email.upper()}),
    ):
        assert (await browser.submit(path, **fields)).status_code == 429
    await run_jobs()
    assert len(letters_to(anne.email)) == 5


HOSTILE = [
    "\x00",
    "a\x00b",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "%ED%A0%80",
    "x" * 10_000,
    "{{ 7*7 }}",
    "'; DROP TABLE member; --",
    "a\r\nBcc: b@exemple.fr",
    "\u202e\u200b",
    "🙂" * 200,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("field", ["code", "first_name", "commune", "commune_code", "email", "password"])
async def test_hostile_text_in_any_field_breaks_nothing(browser, body, field, text):
    code = await a_code(body)

    answer = await browser.submit("/rejoindre", **(a_request(code) | {field: text}))

    assert answer.status_code in (303, 422), said(answer)
    if text == "{{ 7*7 }}" and field in ("code", "first_name", "commune", "email"):
        assert f'value="{text}"' in answer.text
    for stored in await Member.objects():
        assert stored.email == "zoe@exemple.fr" or field == "email"
        assert stored.first_name == "Zoé" or (field, stored.first_name) == ("first_name", "Ab")


async def test_broken_bytes_in_a_form_are_not_a_crash(browser, body):
    code = await a_code(body)
    await browser.get("/rejoindre")
    sent = f"code={code.code}&first_name=Zo%ED%A0%80&commune=%FF%FE&email=%00&password=%C3".encode()
    headers = {"x-csrftoken": browser.cookies["__Host-csrf"], "content-type": "application/x-www-form-urlencoded"}

    answer = await browser.post("/rejoindre", content=sent, headers=headers)

    assert answer.status_code in (400, 422)


async def test_a_member_who_is_in_has_no_need_to_join(browser, anne):
    await browser.sign_in(anne)
    assert (await browser.get("/rejoindre")).headers["location"] == "/"


async def test_confirming_ends_the_session_this_browser_had_for_someone_else(browser, another_browser, body, anne):
    path = await joined(another_browser, await a_code(body))
    await browser.sign_in(anne)

    await browser.submit(path, password=GOOD_PASSWORD)

    assert "Zoé" in (await browser.get("/moi")).text
    assert await Session.count().where(Session.member == anne.id) == 0


async def test_no_member_and_no_code_prints_its_secrets(body: Body):
    code = await a_code(body)
    assert code.code not in f"{code} {code!r}"
    zoe = Member(email="zoe@exemple.fr", password_hash="$argon2id$secret", first_name="Zoé", commune="29019")
    assert "secret" not in f"{zoe} {zoe!r}"
