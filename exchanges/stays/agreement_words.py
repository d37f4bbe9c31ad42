"""What the agreement of an exchange says, article by article: a loan for use, which is free.

Sources: code civil, articles 1875 to 1891 (prêt à usage); loi n° 89-462 of 6 July 1989, article 8 (subletting); code de
la construction et de l'habitation, article L. 442-8 (social housing).
"""

from app.french import listed
from exchanges.kinds import Form
from exchanges.stays.access import ConfirmedSwap

Article = tuple[str, tuple[str, ...]]
"""A title and its paragraphs."""

_REST: tuple[Article, ...] = (
    (
        "Un prêt gratuit",
        (
            "Chaque prêt est gratuit par nature (code civil, article 1876) : aucun loyer, aucun frais, aucune somme"
            " n’est versée, sous quelque forme que ce soit. Chacun garde à sa charge les abonnements et les"
            " consommations courantes de son propre logement.",
        ),
    ),
    (
        "La durée",
        (
            "Le logement est remis le premier jour et rendu le dernier. Qui prête ne le reprend pas avant la date"
            " convenue (article 1888). Un besoin pressant et imprévu se règle d’abord entre nous ; à défaut, le juge"
            " peut y mettre fin (article 1889).",
        ),
    ),
    (
        "Le soin du logement",
        (
            "Qui emprunte veille raisonnablement à la garde et à la conservation du logement, et ne s’en sert que pour"
            " y habiter pendant le séjour (article 1880). L’usure normale, sans faute, ne lui est pas reprochée"
            " (article 1884). Le logement n’est ni prêté ni loué à d’autres, et n’accueille pas plus de personnes que"
            " convenu.",
            "Qui emprunte ne réclame pas ce qu’il a dépensé pour se servir du logement (article 1886). Une dépense"
            " extraordinaire, nécessaire et trop urgente pour prévenir est remboursée par qui prête (article 1890)."
            " Un défaut connu qui peut causer un dommage est dit avant le séjour (article 1891).",
        ),
    ),
    (
        "Les assurances",
        (
            "Avant le séjour, chacun prévient son assureur et vérifie par écrit que le contrat d’habitation couvre un"
            " logement prêté et un séjour chez autrui : dégâts des eaux, incendie, vol, responsabilité civile. Un"
            " dommage est dit aussitôt à l’autre et déclaré dans les délais du contrat.",
        ),
    ),
    (
        "Le droit de prêter",
        (
            "Qui n’est pas propriétaire a lu son bail ou sa concession et obtenu, avant le séjour, l’accord écrit de"
            " son bailleur ou de son administration. Sous-louer sans cet accord est interdit (loi n° 89-462 du"
            " 6 juillet 1989, article 8) et, sauf exceptions, l’est toujours dans le logement social (code de la"
            " construction et de l’habitation, article L. 442-8). Un prêt gratuit n’est pas une sous-location.",
        ),
    ),
    (
        "L’état des lieux et les clés",
        (
            "Une liste simple et quelques photos sont faites à l’arrivée et au départ. Le nombre de trousseaux remis"
            " est noté plus bas ; aucun double n’est fait. Le logement est rendu propre, comme il a été trouvé.",
        ),
    ),
    (
        "La vie privée",
        (
            "Adresses, codes et coordonnées ne servent qu’à ces séjours et ne sont transmis à personne. Aucune photo"
            " de l’intérieur n’est publiée sans l’accord de qui y habite.",
        ),
    ),
    (
        "En cas d’empêchement",
        (
            "Qui ne peut plus venir ou prêter le dit aux autres dès qu’il le sait, pour qu’une autre solution soit"
            " cherchée. Entraide met en relation : le site n’est pas partie à cet accord et ne garantit pas les"
            " logements.",
        ),
    ),
)


def articles_of(swap: ConfirmedSwap) -> tuple[Article, ...]:
    """In their order, the first for what this exchange is."""
    lent = (
        _purpose(swap),
        "Chacun de ces prêts est un prêt à usage au sens des articles 1875 à 1891 du code civil.",
    )
    return (("Ce que nous convenons", lent), *_REST)


def _purpose(swap: ConfirmedSwap) -> str:
    stay = swap.mine[0]
    if swap.form is Form.hospitality:
        return f"{stay.host_name} prête son logement à {stay.guest_name} le temps du séjour ci-dessus."
    if swap.form is Form.week_room:
        return (
            f"{stay.host_name} prête une chambre de son logement à {stay.guest_name}, aux jours ci-dessus, et y habite"
            " pendant ce temps."
        )
    if swap.form is Form.loop:
        return (
            "Ces prêts font partie d’une boucle : chacun prête son logement à une personne et séjourne chez une autre,"
            " le temps des séjours ci-dessus."
        )
    names = listed(list(swap.people.values()))
    return f"{names} se prêtent leurs logements, l’un à l’autre, le temps des séjours ci-dessus."
