"""What was asked of the directory, and from which places it is answered."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from litestar.datastructures import MultiDict

from app import paging
from contacts.directory.finding import ContactCard, look
from contacts.kinds import CONTACT, TOPIC, ContactKind, Topic
from members.home_commune import trouble
from members.me import Me
from moving.places import places_of
from places.communes import Place
from places.finding import resolve, suggest

PATH = "/contacts"
LONGEST = 80


class Asked(NamedTuple):
    """`typed` is a commune as people write it, `meant` those it may be; `page` counts from 1."""

    typed: str = ""
    meant: tuple[Place, ...] = ()
    topic: Topic | None = None
    kind: ContactKind | None = None
    page: int = 1

    @classmethod
    def of(cls, asked: MultiDict[str]) -> "Asked":
        """What in the address can be understood: people edit addresses and follow old links."""
        typed = " ".join(str(asked.get("commune") or "").replace("\x00", "").split())[:LONGEST]
        topic = next((one for one in Topic if one.value == asked.get("sujet")), None)
        kind = next((one for one in ContactKind if one.value == asked.get("type")), None)
        place = resolve(typed) if typed else None
        meant = (place,) if place else tuple(suggest(typed)) if typed else ()
        return cls(typed, meant, topic, kind, paging.number(asked.get("page")))

    @property
    def place(self) -> Place | None:
        """The commune that was named, beyond doubt."""
        return self.meant[0] if self.typed and resolve(self.typed) else None

    @property
    def doubt(self) -> str:
        """What to say when the commune is not understood, or may be several."""
        return trouble(list(self.meant)) if self.typed and not self.place else ""

    def address(self, **changes: Any) -> str:
        """Of the page that asks the same but for these, from its beginning; `typed` is best the label of a commune."""
        one = self._replace(**{"page": 1, **changes})
        said = {"commune": one.typed, "sujet": one.topic, "type": one.kind, "page": one.page if one.page > 1 else ""}
        query = urlencode({name: str(value) for name, value in said.items() if value})
        return f"{PATH}?{query}" if query else PATH

    @property
    def topics(self) -> tuple[tuple[str, str, bool], ...]:
        """Label, address and whether it is chosen, of every question; a second choice takes it back."""
        return tuple(
            (TOPIC[one], self.address(topic=None if one is self.topic else one), one is self.topic) for one in Topic
        )

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kind that is kept, with the address without it."""
        return [(CONTACT[self.kind], self.address(kind=None))] if self.kind else []

    @property
    def ways_out(self) -> tuple[tuple[str, str], ...]:
        """Label and address of each commune it may be."""
        return tuple((place.label, self.address(typed=place.label)) for place in self.meant)


class Answer(NamedTuple):
    """Who can be asked from one place. `writes_to` is where to write to the social service of its department, `before`
    and `after` are the addresses of the other pages."""

    place: Place
    cards: list[ContactCard]
    total: int
    writes_to: str
    before: str | None
    after: str | None

    @property
    def has_social_worker(self) -> bool:
        return any(card.contact.kind is ContactKind.social_worker for card in self.cards)


async def answers(asked: Asked, me: Me | None) -> list[Answer]:
    """From the commune that was named; else, for a member, from each of their places. 2 queries a place, 3 for a
    member."""
    places = (asked.place,) if asked.place else places_of(me) if me and not asked.typed else ()
    return [await _answer(asked, place, asked.page if asked.place else 1, me) for place in places]


async def _answer(asked: Asked, place: Place, page: int, me: Me | None) -> Answer:
    found = await look(place.code, asked.topic, asked.kind, member=me.id if me else None, page=page)
    return Answer(
        place,
        found.cards,
        found.total,
        social_service(place.department, asked.topic, place),
        asked.address(typed=place.label, page=found.page - 1) if found.page > 1 else None,
        asked.address(typed=place.label, page=found.page + 1) if found.page < found.pages else None,
    )


def contacts_near(place: Place) -> str:
    """The address of whom to ask there; a code alone would be read as a postcode."""
    return Asked(place.label).address()


def social_service(department: str, topic: Topic | None = None, place: Place | None = None) -> str:
    """The address of a question to the social service there, with the commune of who asks where it is known."""
    said = {"departement": department, "commune": place.label if place else "", "sujet": topic or ""}
    query = urlencode({name: str(value) for name, value in said.items() if value})
    return f"/service-social?{query}" if query else "/service-social"
