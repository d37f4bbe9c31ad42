"""Where a row of `listing` is read, and where its author changes it: an ad at its own address, a home at another."""

from uuid import UUID

from listings.kinds import Category

MY_HOME = "/moi/logement"
HOMES = "/logements"


def path_of(category: str, listing: UUID) -> str:
    return f"{HOMES}/{listing}" if category == Category.home else f"/annonces/{listing}"


def own_path_of(category: str, listing: UUID) -> str:
    """Where its author finds what may be done with it."""
    return MY_HOME if category == Category.home else f"/annonces/{listing}"


def writing_path_of(category: str, listing: UUID) -> str:
    """The form of a draft."""
    return MY_HOME if category == Category.home else f"/annonces/{listing}/brouillon"


def changing_path_of(category: str, listing: UUID) -> str:
    """The form of what is online."""
    return f"{own_path_of(category, listing)}/modification"
