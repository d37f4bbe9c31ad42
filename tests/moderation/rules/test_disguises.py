"""A disguise changes nothing, and no text, however strange or long, upsets the rules."""

import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.rules import Content, marked, screen
from moderation.rules.normalising import fold, normalise
from tests.moderation.rules.cases import CASES


def without_accents(text):
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def in_fullwidth(text):
    return "".join(
        chr(ord(letter) + 0xFEE0) if letter in string.ascii_letters + string.digits else letter for letter in text
    )


DISGUISES = {
    "capitals": str.upper,
    "small letters": str.lower,
    "no accents": without_accents,
    "decomposed accents": lambda text: unicodedata.normalize("NFD", text),
    "zero-width spaces": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "straight apostrophes": lambda text: text.replace("’", "'"),
    "Cyrillic letters": lambda text: text.translate(str.maketrans("aeopcxi", "аеорсхі")),
    "full width": in_fullwidth,
    "double blanks": lambda text: text.replace(" ", "  "),
    "no-break blanks": lambda text: text.replace(" ", "\u00a0"),
}


@pytest.fixture(scope="module")
def undisguised():
    """What is said of each case as it is written."""
    return [screen(case.content).rules for case in CASES]


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
async def test_a_disguised_sentence_gets_the_same_verdict(disguise, undisguised):
    for case, plain in zip(CASES, undisguised, strict=True):
        other = Content(
            **{**vars(case.content), "title": disguise(case.content.title), "body": disguise(case.content.body)}
        )
        assert screen(other).rules == plain, case


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Œuvre d’ÉTÉ", "oeuvre d'ete"),
        ("M a l i", "mali"),
        ("m.a.l.i et n-i-g-e-r", "mali et niger"),
        ("p a r t  l u n d i", "part lundi"),
        ("Quoi ?!!!!!", "quoi ?!"),
        ("a\u200bb\u00adc", "abc"),
        ("Маli", "mali"),
        ("𝐌𝐚𝐥𝐢 ᴍᴀʟɪ", "mali mali"),
        ("0️⃣6️⃣", "06"),
        ("un\r\n\r\n  deux", "un\ndeux"),
        ("3ᵉ RIMa", "3e rima"),
        ("١٢", "12"),
        ("M4li le 4, 7h30", "mali le 4, 7h30"),
        ("A4 ou B5", "a4 ou b5"),
        ("il y a 2 oeufs", "il y a 2 oeufs"),
        ("champ ¶ libre", "champ libre"),
        ("", ""),
    ],
)
async def test_a_text_is_read_without_its_disguise(written, read):
    assert fold(written) == read


@given(st.text(max_size=300))
async def test_every_character_read_points_back_into_the_original(text):
    normalised = normalise(text)
    assert len(normalised.text) == len(normalised.starts) == len(normalised.ends)
    assert list(normalised.starts) == sorted(normalised.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(normalised.starts, normalised.ends, strict=True))


@given(st.text(max_size=300))
async def test_invisible_characters_between_all_others_change_nothing(text):
    assert fold("\u200b".join(text)) == fold(text)


FRAGMENTS = st.sampled_from(
    [*(word for case in CASES for word in case.content.body.split()), "\u200b", "¶", "\ud800", "\n"]
)


@settings(deadline=None)
@given(
    title=st.text(max_size=80),
    body=st.lists(FRAGMENTS | st.text(max_size=5), max_size=60).map(" ".join),
    price=st.none() | st.integers(),
    deal=st.none() | st.sampled_from(["give", "sell"]),
)
async def test_no_text_raises_and_marks_stay_within_it(title, body, price, deal):
    content = Content(title, body, price_cents=price, deal=deal)
    verdict = screen(content)
    assert "screening.failed" not in verdict.rules
    for finding in verdict.findings:
        for span in finding.spans:
            assert 0 <= span.start < span.end <= len(content.texts()[span.field])
    for name, text in content.texts().items():
        assert "".join(piece.text for piece in marked(name, text, verdict.findings)) == text
