"""The places a member lives with: home, and the commune they are moving to."""

from members.me import Me
from places.communes import Place, commune


def places_of(me: Me) -> tuple[Place, ...]:
    """Home first, then the second place while it holds and is elsewhere.

    Lists, searches, suggestions, alerts and the first page offer these.
    """
    there = commune(me.second_commune) if me.second_commune else None
    return (me.place, there) if there and there.commune != me.place.commune else (me.place,)


def chosen_place(me: Me, *, there: bool) -> Place:
    """The place distances are counted from: the second one when it is asked for and there is one."""
    return places_of(me)[-1] if there else me.place
