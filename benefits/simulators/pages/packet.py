"""What a person chose to show to the social service, out of their answers and results: in the words they saw."""

from collections.abc import Sequence

import msgspec
from litestar.datastructures import FormMultiDict

from app.dates import on_day
from app.refusals import NotHere
from benefits.simulators.all import SIMULATORS
from benefits.simulators.contract import Simulator, Verdict
from benefits.simulators.pages.asking import Field
from benefits.simulators.pages.following import Asking, Done, follow
from benefits.simulators.pages.questionnaire import WHOLE, in_questionnaire
from benefits.simulators.pages.results import Result, results_of
from benefits.simulators.pages.sent import Sent
from benefits.simulators.pages.words import answer_in_words, question_in_words
from contacts.social.packets import Packet


class Choosable(msgspec.Struct, frozen=True):
    """One answer or one result: `id` is what its box sends."""

    id: str
    title: str
    words: str
    is_proposed: bool = False


class Choice(msgspec.Struct, frozen=True):
    """All that could be shown."""

    done: Done
    answers: tuple[Choosable, ...]
    results: tuple[Choosable, ...]


def choice_of(form: FormMultiDict) -> Choice:
    """From the same form as the simulators’ own, with the name of the simulator. Raises NotHere for another one, or
    when there is no result yet."""
    name = str(form.get("simulateur") or "")
    simulators = _simulators(name)
    done = follow(simulators, Sent.read(form), by_group=name == WHOLE)
    if isinstance(done, Asking):
        raise NotHere
    answers = tuple(_answer(field, done) for field in done.fields)
    return Choice(done, answers, tuple(_result(one, done) for one in results_of(simulators, done)))


def packet_of(form: FormMultiDict) -> Packet | None:
    """What is ticked, computed again: nobody can put a result of their own in it. None when nothing is."""
    choice = choice_of(form)
    ticked = set(form.getall("montrer", []))
    lines, results = (
        tuple((one.title, one.words) for one in some if one.id in ticked) for some in (choice.answers, choice.results)
    )
    return Packet(lines=lines, results=results) if lines or results else None


def _simulators(name: str) -> Sequence[Simulator]:
    if name != WHOLE and name not in SIMULATORS:
        raise NotHere
    return in_questionnaire() if name == WHOLE else [SIMULATORS[name]]


def _answer(field: Field, done: Done) -> Choosable:
    about = done.situation, done.day
    return Choosable(f"reponse/{field.name}", question_in_words(field, *about), answer_in_words(field, *about))


def _result(result: Result, done: Done) -> Choosable:
    words = f"{result.in_short} (Calculé pour le {on_day(done.day)}, sans valeur d’engagement.)"
    is_proposed = result.verdict is not Verdict.unlikely
    return Choosable(f"resultat/{result.estimate.simulator}", result.title, words, is_proposed)
