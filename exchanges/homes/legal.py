"""What the law reminds a member of before they lend the place they live in, by what title they live there."""

import msgspec

from exchanges.homes.sheet import Occupancy


class Reminder(msgspec.Struct, frozen=True):
    """Sentences, and the texts they come from (read on 22 November 2026)."""

    says: tuple[str, ...]
    sources: tuple[str, ...]


INSURER = "Avant un séjour, prévenez votre assureur et demandez-lui, par écrit, si vos invités sont couverts chez vous."
LOAN = "Code civil, articles 1875 à 1891 (prêt à usage)"
COVER = "Code des assurances, article L. 113-2"

REMINDER = {
    Occupancy.owner: Reminder(
        (
            "Un échange est un prêt gratuit : ni loyer, ni frais, ni participation.",
            "En copropriété, relisez le règlement : il dit ce que peuvent faire vos invités.",
            INSURER,
        ),
        (LOAN, COVER),
    ),
    Occupancy.tenant: Reminder(
        (
            "Relisez votre bail : il peut limiter le prêt du logement.",
            "Sous-louer demande l’accord écrit du propriétaire. Un prêt gratuit n’est pas une sous-location, mais"
            " demandez cet accord par écrit : il évite un désaccord.",
            "Vous répondez du logement pendant le séjour. " + INSURER,
        ),
        ("Loi n° 89-462 du 6 juillet 1989, articles 7 et 8", LOAN, COVER),
    ),
    Occupancy.social_tenant: Reminder(
        (
            "Sous-louer un logement social, ou le louer meublé, est interdit, même pour quelques jours. Il n’y a que"
            " quelques exceptions, prévues par la loi.",
            "Un échange est gratuit, mais votre bailleur peut ne pas l’accepter : demandez son accord écrit avant de"
            " convenir d’un séjour.",
            INSURER,
        ),
        ("Code de la construction et de l’habitation, articles L. 442-8 et L. 442-8-1", LOAN, COVER),
    ),
    Occupancy.service_housing: Reminder(
        (
            "Ce logement vous est accordé, à vous, pour votre emploi, et peut vous être retiré. Le prêter sans accord"
            " peut vous le faire perdre.",
            "Par défaut, nous vous le déconseillons. Avec l’accord écrit de l’administration qui vous loge, c’est"
            " possible.",
            INSURER,
        ),
        (
            "Code général de la propriété des personnes publiques, articles R. 2124-64 à R. 2124-73",
            "Code général de la fonction publique, article L. 721-1",
            LOAN,
            COVER,
        ),
    ),
}
