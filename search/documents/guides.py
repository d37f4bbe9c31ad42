"""The site's own pages as things to be found: what to do in distress, the charter article by article, one's rights.

Their words stand here; the charter's are read from the page itself, so that a search never says something else.
"""

import re
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from functools import cache
from html import unescape
from itertools import chain
from pathlib import Path
from typing import ClassVar, NamedTuple

from search.contract import Document, DocumentType

CHARTER = Path(__file__).parent.parent.parent / "templates/public/charter.html"
SINCE = datetime(2026, 11, 22, tzinfo=UTC)
"""They are of no date: one for all, so that none comes before another for being newer."""
_ARTICLE = re.compile(r'<h2 id="article-(\d+)">\d+\. (.*?)</h2>(.*?)(?=<h2|</article>)', re.DOTALL)


class Guide(NamedTuple):
    """A page. `covers` are the needs, in words, for which it is shown above everything else."""

    name: str
    path: str
    title: str
    body: str
    words: str = ""
    covers: tuple[str, ...] = ()


NEEDS = {
    "suicide": (
        "suicide", "suicidaire", "envie de mourir", "veux mourir", "en finir avec la vie", "désespoir",
        "idées noires", "3114",
    ),
    "violence": (
        "violence", "violences conjugales", "mari violent", "conjoint violent", "femme battue", "viol",
        "agression sexuelle", "peur de mon mari", "peur de mon conjoint", "3919",
    ),
    "child": ("enfant battu", "enfant en danger", "maltraitance", "inceste", "119"),
    "elder": ("maltraitance personne âgée", "3977"),
    "harassment": ("harcèlement", "3018"),
    "shelter": ("sans abri", "sans-abri", "hébergement d’urgence", "dormir dehors", "115"),
    "defence": (
        "dépression", "détresse", "à bout de forces", "burn-out", "burnout", "épuisement", "stress post-traumatique",
        "psychologue",
    ),
    "emergency": ("police secours", "112", "114"),
}  # fmt: skip
"""What people in difficulty type, by the helpline of the rules that answers them."""
OTHER_NEEDS = (
    "parler à quelqu’un",
    "besoin d’écoute",
    "numéro d’écoute",
    "addiction",
    "alcoolisme",
)

LISTENING = Guide(
    "aide-et-ecoute",
    "/aide-et-ecoute",
    "Aide et écoute : des personnes à qui parler, maintenant",
    "Quand c’est trop lourd, pour vous ou pour quelqu’un de proche : des numéros gratuits,"
    " jour et nuit pour certains, où l’on vous écoute sans donner votre nom. Le service social de votre organisme vous"
    " reçoit aussi, tenu au secret.",
    "urgence numéros téléphone 3114 3919 119 112 15 17 service social assistante sociale psychologue",
    (*chain.from_iterable(NEEDS.values()), *OTHER_NEEDS),
)
PAGES = (
    LISTENING,
    Guide(
        "service-social",
        "/service-social",
        "Écrire au service social, avec ou sans votre nom",
        "Une assistante ou un assistant de service social vous répond : argent, logement, couple, santé, absence. Tenu"
        " au secret ; ni les modérateurs, ni les administrateurs, ni votre hiérarchie ne lisent la conversation.",
        "anonyme confidentiel difficultés dettes découvert code reprendre ma conversation",
        ("assistante sociale", "assistant social", "service social", "difficultés financières"),
    ),
    Guide(
        "signaler",
        "/signaler-un-contenu-illicite",
        "Signaler un contenu illicite",
        "Un texte ou une photo d’Entraide vous semble contraire à la loi : dites-le, avec ou sans compte. Vous recevez"
        " un numéro, puis une réponse motivée. L’auteur ne saura pas qui vous êtes. Contre ce que la charte interdit,"
        " « Signaler » à côté du texte suffit.",
        "plainte arnaque escroquerie fraude insulte propos haineux illégal modérateur",
        ("signaler", "signalement", "contenu illicite", "arnaque", "escroquerie"),
    ),
    Guide(
        "transparence",
        "/transparence",
        "Transparence : ce que la modération décide, en chiffres",
        "Combien d’annonces et de messages ont été relus, renvoyés ou retirés, pour quels motifs, en combien de temps,"
        " et combien de décisions ont été contestées.",
        "modération modérateurs statistiques rapport décisions recours",
    ),
    Guide(
        "demenagement",
        "/mutation",
        "Préparer votre déménagement",
        "Dites où vous irez : les listes et les recherches vous proposent vos deux communes, et la liste des choses à"
        " faire s’y adapte. Personne d’autre ne le voit.",
        "mutation affectation nouvelle commune cartons changement d’adresse",
        ("mutation", "préparer un déménagement", "changer de commune"),
    ),
    Guide(
        "echanger-son-logement",
        "/logements/comment-ca-marche",
        "Échanger son logement, comment ça marche",
        "Votre logement contre un autre, le temps d’un séjour : à deux, en boucle, ou par l’accueil. Sans argent, et"
        " sans que personne sache quand le vôtre est libre. Le site cherche pour vous.",
        "échange de maison appartement vacances hébergement prêt convention assurance",
        ("échange de maison", "échange de logement", "échange d’appartement", "échanger ma maison"),
    ),
    Guide(
        "personnes-bloquees",
        "/moi/blocages",
        "Bloquer une personne",
        "Entre vous et une personne bloquée, ni annonce, ni réponse, ni message. Elle n’en sait rien. On bloque depuis"
        " la conversation ou l’annonce, et on revient en arrière quand on veut.",
        "bloquer débloquer insistance ne plus voir",
        ("bloquer", "débloquer"),
    ),
)


class Guides:
    """What comes with the code: the same for everyone."""

    types: ClassVar[tuple[DocumentType, ...]] = (DocumentType.guide,)
    is_fixed: ClassVar[bool] = True

    async def documents(self, ids: Sequence[str]) -> list[Document]:
        known = all_guides()
        return [known[id] for id in ids if id in known]

    async def every(self, after: str = "") -> AsyncIterator[list[str]]:
        if ids := sorted(id for id in all_guides() if id > after):
            yield ids

    async def how_many(self) -> int:
        return len(all_guides())


@cache
def all_guides() -> dict[str, Document]:
    """Every guide by its id."""
    made = [_document(guide) for guide in (*PAGES, *_articles())]
    return {document.id: document for document in made}


def _articles() -> list[Guide]:
    found = _ARTICLE.findall(CHARTER.read_text(encoding="utf-8"))
    return [
        Guide(
            f"charte-{number}",
            f"/charte#article-{number}",
            f"Charte : {_plain(title)}",
            _plain(text),
            "règle règlement",
        )
        for number, title, text in found
    ]


def _plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split()).replace(" .", ".").replace(" ,", ",")


def _document(guide: Guide) -> Document:
    return Document(
        id=f"guide-{guide.name}",
        type=DocumentType.guide,
        title=guide.title,
        body=guide.body,
        words=" · ".join(filter(None, (guide.words, *guide.covers))),
        published_at=SINCE,
        path=guide.path,
        covers=guide.covers,
    )
