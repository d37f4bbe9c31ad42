"""The list of what is prepared before a stay: each member ticks their own, the others only read how far it is."""

from app import database
from app.database import transaction
from app.dates import now
from app.forms import Form
from exchanges.stays.access import ConfirmedSwap
from exchanges.stays.kinds import Item

ITEMS = {
    Item.insurer: (
        "Mon assurance est prévenue",
        "L’assurance habitation couvre souvent un prêt ou une villégiature : demandez-le, par écrit.",
    ),
    Item.consent: (
        "J’ai l’accord écrit de qui me loge",
        "Bailleur, bailleur social, administration : le bail ou la concession peut l’exiger.",
    ),
    Item.inventory: (
        "L’état des lieux est prêt",
        "Une liste et quelques photos, faites à l’arrivée et au départ, à deux si possible.",
    ),
    Item.keys: ("La remise des clés est convenue", "Quand, où, combien de trousseaux, et qui a un double."),
    Item.emergency: (
        "Les numéros utiles sont notés",
        "Un voisin, un plombier, le compteur d’eau, le disjoncteur ; et le 112 partout.",
    ),
}
"""What each says, and what to know of it."""


class PreparingForm(Form):
    """The items ticked; those that are not sent are not."""

    item: list[Item] = []


def items_of(swap: ConfirmedSwap) -> list[Item]:
    """What concerns this member: who hosts nobody has no landlord to ask and no keys to give."""
    if not swap.as_host:
        return [Item.insurer, Item.inventory, Item.emergency]
    return [item for item in Item if item is not Item.consent or swap.asks_a_landlord]


async def tick(swap: ConfirmedSwap, form: PreparingForm) -> None:
    """Keeps the list as it was sent; what does not concern this member is left aside."""
    ticked = [item.value for item in items_of(swap) if item in form.item]
    async with transaction():
        await database.execute(
            "DELETE FROM stay_ticked WHERE swap = $1 AND member = $2 AND item <> ALL($3)", swap.id, swap.me, ticked
        )
        await database.execute(
            "INSERT INTO stay_ticked (swap, member, item, ticked_at) SELECT $1, $2, item, $4"
            " FROM unnest($3::text[]) AS item ON CONFLICT DO NOTHING",
            swap.id,
            swap.me,
            ticked,
            now(),
        )
