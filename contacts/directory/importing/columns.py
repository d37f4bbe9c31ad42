"""The columns of a file of contacts: what each is called, what it holds, and how it is written. Fields are those of
contacts.directory.typed."""

from app.csv_reading import Column
from contacts.kinds import CONTACT, TOPIC

COLUMNS = (
    Column(
        "clé", "import_key", "Ce qui reconnaît la ligne d’un import à l’autre. 60 caractères au plus.", "ss-29", True
    ),
    Column("nature", "kind", f"L’une de : {', '.join(CONTACT.values())}.", "Service social", True),
    Column(
        "nom", "name", "Le nom du service, tel que ses usagers le connaissent.", "Service social du Finistère", True
    ),
    Column("présentation", "about", "Ce qu’il fait, en deux phrases.", "Un entretien au téléphone ou sur place."),
    Column("départements", "departments", "Leurs numéros. Vide, avec « communes » vide : toute la France.", "29, 56"),
    Column(
        "communes", "communes", "Noms avec le département, codes postaux, ou INSEE suivi du code.", "Brest (29), 29000"
    ),
    Column("questions", "topics", f"Vide : toutes. Sinon parmi : {', '.join(TOPIC.values())}.", "Logement, Deuil"),
    Column("commune", "commune", "Celle où on le rencontre.", "Brest (29)"),
    Column("lieu", "place", "Le bâtiment, l’entrée, l’étage.", "Entrée B, premier étage"),
    Column("téléphone", "line", "Tel qu’on le compose en France.", "02 98 00 00 00"),
    Column("courriel", "mail", "Celui du service, pas d’une personne.", "social@exemple.fr"),
    Column("site", "url", "L’adresse d’une page.", "https://www.exemple.fr/social"),
    Column("organisme", "body", "Son nom, comme dans la liste des organismes.", "Action sociale de Brest"),
    Column(
        "permanences", "meetings", "Séparées par « | ».", "mardi 9 h - 12 h | jeudi 14 h - 16 h 30, sur rendez-vous"
    ),
    Column("fermetures", "closures", "Séparées par « | ».", "24/12/2026 au 02/01/2027, congés"),
    Column("vérifié le", "checked_on", "Le jour de la dernière vérification. Vide : aujourd’hui.", "24/11/2026"),
    Column("visible", "is_shown", "oui ou non. Vide : oui.", "oui"),
)
BY_FIELD = {column.field: column for column in COLUMNS}
KEY = "import_key"
LONGEST_KEY = 60
