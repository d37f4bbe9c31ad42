"""What the fields of a category have in common."""

import msgspec


class Details(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The fields of one category. `facts` are its lines on the ad's page; their words are also searched."""

    def facts(self) -> list[tuple[str, str]]:
        return []

    def for_the_team(self) -> list[tuple[str, str]]:
        """Lines that its author and the moderators alone read."""
        return []
