"""Why an exchange closes, said to one of its members without saying who the others are."""

from collections.abc import Sequence


def why(regions: Sequence[str], me: int) -> list[str]:
    """`regions` of the homes in the order of the loop, each member going to the next; `me` is a place in it."""
    count = len(regions)
    said = []
    for step in range(1, count):
        whose = "Votre logement" if step == 1 else "Le sien"
        said.append(f"{whose} plaît à un membre ({regions[(me - step) % count]}).")
    return [*said, "Et le sien vous plaît."]
