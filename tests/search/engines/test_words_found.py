"""What people type is not what others wrote, and they find it all the same."""

import pytest

from search.contract import Engine
from tests.search.engines.ads import ad, ask, found, in_batches


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("velo electrique", "velo"),
        ("VÉLO", "velo"),
        ("vélos électriques", "velo"),
        ("velo pour adulte", "velo"),
        ("autonomie", "velo"),
        ("l'autonomie", "velo"),
        ("cheval", "chevaux"),
        ("nounou", "garde"),
        ("babysitter", "garde"),
        ("baby sitter", "garde"),
        ("baby-sitting", "soir"),
        ("garde d’enfants", "soir"),
        ("toutou", "chien"),
        ("promenade chien", "chien"),
        ("decole", "garde"),
        ("pousette", "poussette"),
        ("poucette", "poussette"),
        ("electirque", "velo"),
        ("pouss", "poussette"),
        ("enfants toulon", "soir"),
        ("cherche une poussette svp", "poussette"),
    ],
)
async def test_an_ad_is_found_by_other_words_than_its_own(engine: Engine, typed: str, expected: str) -> None:
    assert expected in (await found(engine, typed))[:2]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("élagage", "Élaguer un cerisier"),
        ("carreleur", "Pose de carrelage"),
        ("quatre pièces", "Appartement F4"),
        ("6ème", "Maths niveau sixième"),
        ("apprentissage", "Apprendre à coudre"),
        ("peintre", "Je repeins votre salon : peinture fournie"),
        ("jardinier", "Jardinage le samedi"),
    ],
)
async def test_words_of_one_family_and_two_ways_to_say_a_number_meet(empty: Engine, typed: str, title: str) -> None:
    await empty.put([ad("right", title), ad("wrong", "Table de ferme")])
    assert (await found(empty, typed))[:1] == ["right"]


async def test_what_two_people_wrote_is_no_slip_of_another_word(empty: Engine) -> None:
    await empty.put(
        [ad("foule", "Nourrir la foule"), ad("garde", "Garde de poules"), ad("coq", "Des poules avec leur coq")]
    )
    assert {"garde", "coq"} <= set(await found(empty, "nourrir des poules"))


async def test_a_short_word_that_is_written_is_not_the_beginning_of_another(empty: Engine) -> None:
    town = ad("ville", "Marché de Châteaulin", days_old=1)
    await empty.put([ad("chat", "Nourrir un chat", days_old=9), town])
    for typed, expected in (("chat", "chat"), ("chats", "chat"), ("nourrir chat", "chat"), ("chateaul", "ville")):
        assert await found(empty, typed) == [expected], typed
    assert (await found(empty, "marche chatea"))[0] == "ville"
    await empty.rebuild(in_batches([town]))
    assert await found(empty, "chat") == ["ville"]


async def test_a_longer_word_finds_what_begins_with_it_after_itself(empty: Engine) -> None:
    await empty.put(
        [ad("beginning", "Jardinage du samedi", days_old=1), ad("itself", "Un jardin à partager", days_old=9)]
    )
    assert await found(empty, "jardin") == ["itself", "beginning"]


async def test_numbers_are_never_taken_for_others(engine: Engine) -> None:
    assert await found(engine, "16 pouces") == ["poussette"]
    assert await found(engine, "18 pouces") == ["roue"]


async def test_words_that_change_the_meaning_are_kept(empty: Engine) -> None:
    await empty.put([ad("sans", "Appartement sans ascenseur"), ad("avec", "Appartement avec ascenseur")])
    assert await found(empty, "appartement sans ascenseur") == ["sans"]


async def test_all_the_words_are_wanted_before_some(engine: Engine) -> None:
    assert await found(engine, "enfants mercredi") == ["garde"]


async def test_some_of_the_words_will_do_when_no_ad_has_them_all(engine: Engine) -> None:
    answer = await ask(engine, "poussette zanzibar")
    assert [hit.id for hit in answer.hits] == ["poussette"]
    assert answer.total == 1


async def test_the_title_counts_more_than_the_text(empty: Engine) -> None:
    await empty.put([ad("in_text", "Objet trouvé", "Une tondeuse", days_old=0), ad("in_title", "Tondeuse", days_old=9)])
    assert await found(empty, "tondeuse") == ["in_title", "in_text"]


async def test_among_equals_the_newest_comes_first(empty: Engine) -> None:
    await empty.put([ad(f"d{days}", "Tondeuse à gazon", days_old=days) for days in (5, 1, 9, 3)])
    assert await found(empty, "tondeuse") == ["d1", "d3", "d5", "d9"]


async def test_no_word_worth_searching_means_everything(engine: Engine) -> None:
    assert (await ask(engine, "je cherche")).total == 7
    assert (await ask(engine, "  ?! ")).total == 7


async def test_a_word_nobody_wrote_finds_nothing(engine: Engine) -> None:
    answer = await ask(engine, "xylophoniste")
    assert (answer.hits, answer.total) == ([], 0)
    assert not any(answer.facets.values())


async def test_what_sounds_the_same_is_meant_rather_than_what_is_a_slip_away(empty: Engine) -> None:
    await empty.put([ad("vtt", "VTT 26 pouces"), ad("right", "Poussette verte"), ad("cook", "Nourrir un chat")])
    assert await found(empty, "poucette") == ["right"]
    assert await found(empty, "poucette verte") == ["right"]


async def test_a_slip_that_sounds_like_nothing_is_forgiven_all_the_same(empty: Engine) -> None:
    await empty.put([ad("right", "Trottinette bleue"), ad("wrong", "Table de ferme")])
    assert await found(empty, "tortinette") == ["right"]


async def test_a_number_says_nothing_where_its_word_is_missing(empty: Engine) -> None:
    await empty.put([ad("lessons", "Cours à 18 h"), ad("bike", "Vélo 16 pouces"), ad("wrong", "Table de ferme")])
    assert await found(empty, "18 pouces") == ["bike"]
    assert await found(empty, "18 trottinettes") == []
    assert await found(empty, "18") == ["lessons"]
