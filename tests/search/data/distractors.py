"""A community's worth of ordinary ads, the same at every run: what the right answers must stand out from.

They share words with the relevance queries (enfant, maison, vacances, chien, place, école…) and are
answers to none of them.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from search.contract import Document

NEWEST = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

# Commune, department, latitude, longitude: none is asked for by name in the relevance queries.
PLACES = [
    ("Angers", "49", 47.47, -0.55),
    ("Caen", "14", 49.18, -0.37),
    ("Dijon", "21", 47.32, 5.04),
    ("Grenoble", "38", 45.19, 5.73),
    ("Lille", "59", 50.63, 3.06),
    ("Limoges", "87", 45.83, 1.26),
    ("Metz", "57", 49.12, 6.18),
    ("Nantes", "44", 47.22, -1.55),
    ("Orléans", "45", 47.9, 1.91),
    ("Poitiers", "86", 46.58, 0.34),
    ("Rouen", "76", 49.44, 1.1),
    ("Tours", "37", 47.39, 0.69),
]

# Category, kind, titles, sentences.
ADS: list[tuple[str, str, list[str], list[str]]] = [
    (
        "classifieds",
        "offer",
        [
            "Table de ferme en chêne",
            "Canapé trois places en tissu gris",
            "Machine à coudre révisée",
            "Lot de livres de poche",
            "Vélo de ville femme",
            "VTT adulte 26 pouces",
            "Trottinette enfant",
            "Chaise haute pliante",
            "Guitare classique",
            "Tente quatre places",
            "Appareil photo et deux objectifs",
            "Bureau d'angle blanc",
            "Rollers taille 38",
            "Cafetière et grille-pain",
            "Jeux de société",
        ],
        [
            "Bon état général, à venir prendre sur place.",
            "Très peu servi, visible en soirée.",
            "Cause double emploi, prix à débattre entre nous.",
            "Dans une maison sans fumeur.",
            "Peut être livré dans un rayon de 10 km.",
            "Quelques traces d'usage, rien de gênant.",
            "Les enfants ont grandi, il prend la poussière.",
            "Facture et notice fournies.",
        ],
    ),
    (
        "helping_hand",
        "request",
        [
            "Monter une armoire",
            "Tailler une haie de thuyas",
            "Porter un réfrigérateur au deuxième étage",
            "Réparer un robinet qui goutte",
            "Remplir une déclaration en ligne",
            "Repeindre une chambre d'ado",
            "Changer une roue",
            "Installer une imprimante",
            "Arroser les plantes du balcon",
            "Apprendre à se servir d'un téléphone",
        ],
        [
            "Une heure suffira, café offert.",
            "J'ai le matériel, il me manque des bras.",
            "Plutôt le samedi matin, mais je m'adapte.",
            "Je suis seule et ne peux pas le faire.",
            "En échange je sais coudre et cuisiner.",
            "Rien de lourd, il faut surtout de la patience.",
            "La maison est au calme, on se gare facilement.",
        ],
    ),
    (
        "pet_care",
        "offer",
        [
            "Nourrir vos poissons et vos tortues",
            "Pension familiale pour lapins",
            "Visites à vos oiseaux",
            "Toilettage à la maison",
            "Éducation canine, premiers conseils",
            "Cours d'obéissance pour chiots",
        ],
        [
            "J'ai grandi avec des animaux, je connais leurs besoins.",
            "Grand jardin clos, pas d'autre animal.",
            "Photos chaque soir si vous voulez.",
            "Je passe matin et soir.",
            "Aussi en semaine.",
        ],
    ),
    (
        "rides",
        "offer",
        [
            "Aller-retour vers la gare le vendredi",
            "Deux places vers la côte samedi",
            "Départ pour la montagne en février",
            "Marché du dimanche en voiture",
            "Je descends dans le Sud début juillet",
            "Navette vers l'aéroport",
        ],
        [
            "Frais partagés, bonne humeur comprise.",
            "Je roule tranquillement, pauses prévues.",
            "Petit bagage seulement.",
            "Retour possible le lundi soir.",
            "On peut se retrouver près de l'école.",
        ],
    ),
    (
        "childcare",
        "offer",
        [
            "Ateliers peinture pour les petits",
            "Atelier lecture à la médiathèque",
            "Goûters d'anniversaire animés",
            "Stage de cirque pendant les vacances",
            "Spectacle de marionnettes",
            "Initiation aux échecs",
        ],
        [
            "Pour les enfants de 6 à 10 ans, matériel compris.",
            "Petits groupes, dans une grande salle claire.",
            "Inscription par message.",
            "Les parents peuvent rester.",
            "Le samedi matin, hors vacances.",
        ],
    ),
    (
        "tips",
        "",
        [
            "Quel médecin prend de nouveaux patients ?",
            "Où trouver des légumes de saison ?",
            "Bien préparer son arrivée dans la région",
            "Marché de Noël : vos adresses",
            "Une bonne école de musique ?",
            "Randonnées faciles en famille",
            "Quelle piste cyclable prendre ?",
            "Artisan sérieux pour une toiture",
        ],
        [
            "Merci de vos conseils.",
            "Nous venons d'arriver et ne connaissons personne.",
            "J'ai noté trois adresses, laquelle choisir ?",
            "Je partage ce que j'ai appris, complétez.",
            "Avec deux enfants et un chien, ce n'est pas simple.",
        ],
    ),
]


def distractors(how_many: int = 600, seed: int = 7) -> Iterator[Document]:
    """As many documents, newest first, ids "d0", "d1"…"""
    chance = Random(seed)
    for number in range(how_many):
        category, kind, titles, sentences = chance.choice(ADS)
        commune, department, lat, lon = chance.choice(PLACES)
        yield Document(
            id=f"d{number}",
            category=category,
            kind=kind or None,
            title=chance.choice(titles),
            body=" ".join(chance.sample(sentences, chance.randint(2, 4))),
            commune=commune,
            department=department,
            region="",
            lat=lat,
            lon=lon,
            price_cents=chance.choice([None, 500, 2000, 8000]),
            published_at=NEWEST - timedelta(minutes=37 * number),
            author=f"member-{chance.randrange(80)}",
            has_photo=chance.random() < 0.4,
        )
