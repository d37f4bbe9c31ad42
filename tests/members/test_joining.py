"""Joining: the two steps of the form, and what it answers to whom."""

import re

import pytest

from app import database
from members.codes import fresh_code, normalised, shown
from members.sessions import cookie_name
from members.tables import Body, JoiningCode, Member, Membership
from tests.helpers.browser import said
from tests.helpers.codes import GOOD_PASSWORD, a_code, a_request, joined, letters_to, link_in, member, spoilt
from tests.helpers.jobs import run_jobs, waiting_jobs


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


async def test_no_member_and_no_code_prints_its_secrets(body: Body):
    code = await a_code(body)
    assert code.code not in f"{code} {code!r}"
    zoe = Member(email="zoe@exemple.fr", password_hash="$argon2id$secret", first_name="Zoé", commune="29019")
    assert "secret" not in f"{zoe} {zoe!r}"
