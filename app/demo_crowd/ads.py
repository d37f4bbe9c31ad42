"""The crowd's ads, as rows of `listing`: complete, online, and over when their term says so."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import uuid4

import msgspec

from app.demo_crowd import phrases
from app.demo_crowd.people import helped_by, id_of, somewhere
from listings.content import Content
from listings.details import AgeBand, Condition, Home, Species
from listings.kinds import Category, Deal, Kind
from listings.life.term import expiry
from listings.schedules.schedule import Schedule, Slot, Weekly
from listings.writing.written import kind_of
from places.communes import Place

SPREAD = timedelta(days=55)
"""How far back the oldest was published: less than any term, so that all are online."""
HOURS = [(7, 30), (8, 0), (9, 0), (10, 0), (12, 0), (14, 0), (16, 30), (17, 30), (18, 0), (19, 0), (20, 0)]
WEEK = [(0,), (1,), (2,), (3,), (4,), (5,), (6,), (2,), (5,), (0, 3), (1, 4), (0, 1, 3, 4), (0, 1, 2, 3, 4), (5, 6)]


def ads(start: int, how_many: int, members: int, now: datetime) -> list[dict[str, Any]]:
    """Rows of ads by the first so many members; beside the columns, how often their author helped."""
    chance = Random(start)  # noqa: S311 - phrases, not secrets
    return [_row(chance, chance.randrange(members), now) for _ in range(how_many)]


def _row(chance: Random, author: int, now: datetime) -> dict[str, Any]:
    published = now - SPREAD * chance.random()
    content = _content(chance, somewhere(chance), now.date())
    place, schedule = content.calendar_place or somewhere(chance), content.schedule
    return {
        "id": uuid4(),
        "author": id_of(author),
        "families_helped": helped_by(author),
        "category": content.category,
        "kind": content.kind,
        "deal": content.deal,
        "status": "published",
        "title": content.title,
        "body": content.body,
        "details": msgspec.json.encode(content.details).decode(),
        "schedule": msgspec.json.encode(schedule).decode() if schedule else None,
        "starts_on": schedule.starts_on if schedule else None,
        "ends_on": schedule.ends_on if schedule else None,
        "wanted_by": content.wanted_by,
        "quantity": content.quantity,
        "places": content.places,
        "price_cents": content.price_cents,
        "commune": content.commune,
        "department": place.department,
        "region": place.region,
        "latitude": place.lat,
        "longitude": place.lon,
        "photos": [],
        "created_at": published,
        "updated_at": published,
        "submitted_at": published,
        "published_at": published,
        "expires_at": expiry(content, published),
    }


def _content(chance: Random, here: Place, today: date) -> Content:
    theme, other = phrases.theme(chance), somewhere(chance)
    about = theme.is_about
    title, body = phrases.written(chance, theme, here, other)
    category, deal = Category(about["category"]), Deal(about["deal"]) if "deal" in about else None
    seeks = deal is Deal.seek
    return Content(
        category=category,
        kind=kind_of(deal) if deal else Kind(about["kind"]) if "kind" in about else None,
        deal=deal,
        title=title,
        body=body,
        details=_details(chance, category, about, here, other),
        schedule=_schedule(chance, chance.choice(about["when"]), today),
        wanted_by=today + timedelta(days=chance.randint(5, 50)) if seeks and chance.random() < 0.4 else None,
        quantity=chance.choice((1, 1, 1, 2)),
        price_cents=100 * chance.choice((3, 5, 10, 15, 20, 35, 60, 90, 150)) if deal is Deal.sell else None,
        commune=here.code,
    )


def _details(chance: Random, category: Category, about: dict[str, Any], here: Place, other: Place) -> dict[str, Any]:
    """What the category asks for, as the form would keep it; the crowd writes no homes and no local offers."""
    home = chance.choice(tuple(Home)).value
    match category:
        case Category.childcare:
            ages = sorted(chance.sample([age.value for age in AgeBand], chance.randint(1, 2)))
            return {"children": chance.randint(1, 3), "ages": ages, "home": home}
        case Category.school_run:
            return {"school": here.code, "seats": chance.randint(1, 4)}
        case Category.pet_care:
            return {"species": [chance.choice(tuple(Species)).value], "home": home}
        case Category.classifieds:
            return {} if about["deal"] == "seek" else {"condition": chance.choice(tuple(Condition)).value}
        case Category.helping_hand:
            return {"task": about["task"]}
        case Category.rides:
            return {"to": other.code, "seats": chance.randint(1, 4)}
        case Category.tips | Category.home | Category.local_offer:
            return {}


def _schedule(chance: Random, when: str, today: date) -> Schedule | None:
    hour, minute = chance.choice(HOURS)
    starts, ends = time(hour, minute), time(hour + chance.randint(1, 2), minute)
    if when == "weekly":
        return Schedule(weekly=Weekly(chance.choice(WEEK), starts, ends))
    if when == "slots":
        first = today + timedelta(days=chance.randint(2, 45))
        days = [first + timedelta(days=n) for n in range(chance.choice((1, 1, 1, 2, 3)))]
        return Schedule(tuple(Slot(day, starts, ends) for day in days))
    return None
