"""Asks the companion server, an OpenFisca of one’s own (`OPENFISCA_URL`), within its budget of time."""

import asyncio
import logging
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import httpx
import msgspec
from dateutil.relativedelta import relativedelta

from app.breaker import Breaker
from app.settings import settings
from benefits.companion.household import Household

log = logging.getLogger(__name__)
BUDGET = 5.0  # seconds
LARGEST = 500_000  # bytes of an answer
MOST = Decimal(10_000)
"""Euros a month; a server that answers more is no OpenFisca."""
MONTHS_BEFORE = 14
"""The housing aid looks at the twelve months that ended the month before last."""


class Away(Exception):
    """It is not set, not there, or what it answered cannot be read."""


class TooSlow(Away):
    """No answer within the budget."""


class Figures(NamedTuple):
    """In euros a month. `version` is that of OpenFisca-France, empty when the server does not say."""

    activity_bonus: Decimal
    housing_aid: Decimal
    version: str


class _Family(msgspec.Struct):
    ppa: dict[str, float]
    aide_logement: dict[str, float]


class _Answer(msgspec.Struct):
    familles: dict[str, _Family]


def is_set() -> bool:
    return bool(settings().openfisca_url)


async def figures_for(household: Household, on: date) -> Figures:
    """For the month of `on`. Raises Away; what was asked is written nowhere."""
    with _breaker(settings().openfisca_url).asking():
        try:
            async with asyncio.timeout(BUDGET):
                body, version = await _answer_to(question(household, on))
            return _read(body, f"{on:%Y-%m}", version)
        except (TimeoutError, httpx.TimeoutException):
            log.warning("openfisca: no answer within %s s", BUDGET)
            raise TooSlow from None
        except (httpx.HTTPError, httpx.InvalidURL, msgspec.DecodeError, LookupError, ArithmeticError) as problem:
            log.warning("openfisca: %s", type(problem).__name__)
            raise Away from None


def question(household: Household, on: date) -> dict[str, Any]:
    """The body of `POST /calculate`, as OpenFisca-France names things. The pay is taken for that of every month that
    counts, and for what is taxed of it."""
    this, months = f"{on:%Y-%m}", [f"{on - relativedelta(months=back):%Y-%m}" for back in range(MONTHS_BEFORE + 1)]
    people = {"moi": _person(household.born, household.pay, months)}
    if household.couple:
        people["conjoint"] = _person(
            household.partner_born or household.born, household.partner_pay or Decimal(0), months
        )
    adults, children = list(people), [f"enfant{number}" for number in range(len(household.children))]
    for name, born in zip(children, household.children, strict=True):
        people[name] = {"date_naissance": {"ETERNITY": born.isoformat()}}
    return {
        "individus": people,
        "familles": {
            "famille": {"parents": adults, "enfants": children, "ppa": {this: None}, "aide_logement": {this: None}}
        },
        "foyers_fiscaux": {"foyer": {"declarants": adults, "personnes_a_charge": children}},
        "menages": {
            "menage": {
                "personne_de_reference": adults[:1],
                "conjoint": adults[1:],
                "enfants": children,
                "statut_occupation_logement": {this: household.housing.value},
                "depcom": {this: household.commune.code},
                "loyer": {this: float(household.rent)},
            }
        },
    }


def _person(born: date, pay: Decimal, months: list[str]) -> dict[str, Any]:
    every_month = dict.fromkeys(months, float(pay))
    return {
        "date_naissance": {"ETERNITY": born.isoformat()},
        "salaire_net": every_month,
        "salaire_imposable": every_month,
    }


async def _answer_to(asked: dict[str, Any]) -> tuple[bytes, str]:
    url = settings().openfisca_url.rstrip("/") + "/calculate"
    async with (
        httpx.AsyncClient(timeout=BUDGET, trust_env=False) as http,
        http.stream("POST", url, json=asked) as answer,
    ):
        answer.raise_for_status()
        body = b""
        async for piece in answer.aiter_bytes():
            body += piece
            if len(body) > LARGEST:
                raise httpx.DecodingError("too long")
        return body, answer.headers.get("country-package-version", "")


def _read(body: bytes, month: str, version: str) -> Figures:
    family = msgspec.json.decode(body, type=_Answer).familles["famille"]
    bonus, aid = (Decimal(str(given[month])).quantize(Decimal("0.01")) for given in (family.ppa, family.aide_logement))
    if not (0 <= bonus <= MOST and 0 <= aid <= MOST):
        raise ArithmeticError
    return Figures(bonus, aid, version if version.replace(".", "").isdecimal() and len(version) < 20 else "")


@lru_cache(maxsize=8)
def _breaker(url: str) -> Breaker:
    """Of this very server."""
    if not url:
        raise Away
    return Breaker(Away, TooSlow)
