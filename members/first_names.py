"""First names: letters only, no rank, no title of the house. Nobody here is known by their rank."""

import re
import unicodedata

LONGEST = 40
LETTERS_ONLY = "Écrivez votre prénom avec des lettres, sans chiffre ni symbole."
NO_RANK = "Votre prénom seul, sans grade ni fonction : ici, personne n’en porte."

_SHAPE = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
_TITLES = frozenset(
    """
    soldat matelot aviateur gendarme caporal brigadier quartier-maitre second-maitre premier-maitre sergent adjudant
    adjudante aspirant lieutenant lieutenante capitaine commandant commandante colonel colonelle general generale
    amiral amirale major marechal marechal-des-logis sous-lieutenant sous-officier officier enseigne sergente caporale
    brigadiere maitre legionnaire administrateur administratrice admin moderateur moderatrice moderation entraide
    caporal-chef sergent-chef adjudant-chef brigadier-chef maitre-principal vice-amiral contre-amiral
    """.split()
)
_SHORT_TITLES = frozenset("sdt cpl cch bri bch sgt sch mdl mch adj adc maj asp slt ltn cne cdt lcl col gbr gal".split())


def first_name_of(typed: str) -> str:
    """The name with one space between words, one kind of hyphen and apostrophe, and its capitals."""
    text = unicodedata.normalize("NFC", " ".join(typed.split()))
    text = text.replace("‐", "-").replace("‑", "-").replace("'", "’")
    return text.title() if text.islower() or (text.isupper() and len(text) > 2) else text


def what_is_wrong(name: str) -> str | None:
    """What to do about it, in French; None when it may stand."""
    if not 2 <= len(name) <= LONGEST:
        return f"Écrivez votre prénom, en {LONGEST} lettres au plus."
    if not _SHAPE.fullmatch(name) or not all(_is_latin(c) for c in name if c.isalpha()):
        return LETTERS_ONLY
    words = _folded(name.replace("’", " ")).split()
    parts = {part for word in words for part in (word, *word.split("-"))}
    if parts & _TITLES or (len(words) > 1 and words[0] in _SHORT_TITLES):
        return NO_RANK
    return None


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode() or name
