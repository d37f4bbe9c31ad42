"""Where a row of `listing` is read, and where its author changes it: an ad at its own address, a home and a local offer
at others."""

from uuid import UUID

from listings.kinds import Category

MY_ADS = "/mes-annonces"
MY_HOME = "/moi/logement"
HOMES = "/logements"
OFFERS = "/offres"
MY_OFFERS = "/correspondance"


def path_of(category: str, listing: UUID) -> str:
    lists = {Category.home: HOMES, Category.local_offer: OFFERS}
    return f"{lists.get(Category(category), '/annonces')}/{listing}"


def own_path_of(category: str, listing: UUID) -> str:
    """Where its author finds what may be done with it."""
    if category == Category.home:
        return MY_HOME
    return f"{MY_OFFERS if category == Category.local_offer else '/annonces'}/{listing}"


def own_list_of(category: str) -> str:
    """Where its author finds all of the kind; of homes there is one."""
    lists = {Category.home: MY_HOME, Category.local_offer: MY_OFFERS}
    return lists.get(Category(category), MY_ADS)


def writing_path_of(category: str, listing: UUID) -> str:
    """The form of a draft."""
    if category == Category.home:
        return MY_HOME
    if category == Category.local_offer:
        return changing_path_of(category, listing)
    return f"/annonces/{listing}/brouillon"


def changing_path_of(category: str, listing: UUID) -> str:
    """The form of what is online."""
    return f"{own_path_of(category, listing)}/modification"
