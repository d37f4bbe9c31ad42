"""Who is asking: what every page needs to know of the signed-in member, read in one query."""

from datetime import datetime
from uuid import UUID

import msgspec

from listings.kinds import Category
from places.communes import Place, commune


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """The signed-in member. `is_moderator` with empty scopes means every category and every department; the territory
    of a correspondent or a social worker is read where it is needed (members.roles.territory_of).

    `hidden` are the members this one must not meet, because one of the two blocked the other. `second_commune` is where
    they are moving to, for their eyes only: ask moving.places.places_of. The `…_until` are set while a sanction lasts,
    the year 9999 for one without an end. `measures_to_answer` wait for this moderator's yes or no.
    """

    id: UUID
    session: UUID
    first_name: str
    commune: str
    is_trusted: bool
    is_moderator: bool
    is_administrator: bool
    is_correspondent: bool = False
    is_social_worker: bool = False
    categories: tuple[str, ...]
    departments: tuple[str, ...]
    unread_messages: int
    unread_notifications: int
    hidden: tuple[UUID, ...] = ()
    second_commune: str | None = None
    suspended_until: datetime | None = None
    no_posting_until: datetime | None = None
    no_reporting_until: datetime | None = None
    measures_to_answer: int = 0

    @property
    def is_suspended(self) -> bool:
        return self.suspended_until is not None

    @property
    def as_reader(self) -> "Me | None":
        """Who reads a page that is there for visitors too: a suspended member reads what a visitor does."""
        return None if self.is_suspended else self

    @property
    def place(self) -> Place:
        """Raises LookupError for a code that is no commune: forms only ever store those of `places`."""
        found = commune(self.commune)
        if found is None:
            raise LookupError(self.commune)
        return found

    def moderates(self, category: Category | str, department: str) -> bool:
        """Whether a case of that category and department is in this moderator's scope."""
        return (
            self.is_moderator
            and (not self.categories or category in self.categories)
            and (not self.departments or department in self.departments)
        )
