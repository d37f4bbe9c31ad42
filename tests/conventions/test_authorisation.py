"""Who may pass which door: every route and method of the site, for everyone, asked for real.

In an address, the name in braces is a thing of tests/helpers/world.py. A route may stand several times, with things in
different states. `in` is any answer but a refusal: a page, a form to correct, a word that it is no longer possible.
"""

import re
from uuid import uuid4

import httpx
import pytest

from app import database
from app.piccolo_conf import DB
from tests.helpers.browser import Browser
from tests.helpers.routes import ask, routes_of, shape_of
from tests.helpers.world import World, filled_in

IN, SIGN_IN, FORBIDDEN, NOT_HERE = "in", "sign in first", "403", "404"

EVERYONE = ("visitor", "stranger", "owner", "moderator out of scope", "moderator", "administrator")


def door(
    visitor: str, stranger: str, owner: str, out_of_scope: str, moderator: str, administrator: str
) -> dict[str, str]:
    return dict(zip(EVERYONE, (visitor, stranger, owner, out_of_scope, moderator, administrator), strict=True))


# fmt: off
#                       visitor   stranger   owner      out of scope  moderator  administrator
PUBLIC            = door(IN,       IN,        IN,        IN,           IN,        IN)
SIGNED_IN         = door(SIGN_IN,  IN,        IN,        IN,           IN,        IN)
OWN_ROW           = door(SIGN_IN,  NOT_HERE,  IN,        NOT_HERE,     NOT_HERE,  NOT_HERE)
OWN_OR_IN_SCOPE   = door(SIGN_IN,  NOT_HERE,  IN,        NOT_HERE,     IN,        NOT_HERE)
MODERATOR         = door(SIGN_IN,  FORBIDDEN, FORBIDDEN, IN,           IN,        FORBIDDEN)
CASE_IN_SCOPE     = door(SIGN_IN,  FORBIDDEN, FORBIDDEN, NOT_HERE,     IN,        FORBIDDEN)
TEAM              = door(SIGN_IN,  FORBIDDEN, FORBIDDEN, IN,           IN,        IN)
ADMINISTRATOR     = door(SIGN_IN,  FORBIDDEN, FORBIDDEN, FORBIDDEN,    FORBIDDEN, IN)
NOT_HERE_FOR_US   = door(NOT_HERE, NOT_HERE,  NOT_HERE,  NOT_HERE,     NOT_HERE,  NOT_HERE)
OWN_TALK          = door(NOT_HERE, NOT_HERE,  IN,        NOT_HERE,     NOT_HERE,  NOT_HERE)
SOCIAL_WORKER     = door(SIGN_IN,  FORBIDDEN, FORBIDDEN, FORBIDDEN,    FORBIDDEN, FORBIDDEN)
MEMBERS_ONLY      = door(NOT_HERE, IN,        IN,        IN,           IN,        IN)
CORRESPONDENT     = door(SIGN_IN,  FORBIDDEN, IN,        FORBIDDEN,    FORBIDDEN, FORBIDDEN)
HELD_OFFER        = door(NOT_HERE, NOT_HERE,  IN,        NOT_HERE,     IN,        NOT_HERE)
UNSENT_OFFER      = door(NOT_HERE, NOT_HERE,  IN,        NOT_HERE,     NOT_HERE,  NOT_HERE)
SIGNED_IN_NOT_HERE = door(SIGN_IN, NOT_HERE,  NOT_HERE,  NOT_HERE,     NOT_HERE,  NOT_HERE)
# fmt: on

EXPECTED = {
    # Before one is a member
    "GET /": PUBLIC,
    "GET /charte": PUBLIC,
    "GET /credits": PUBLIC,
    "GET /transparence": PUBLIC,
    "GET /transparence.csv": PUBLIC,
    "GET /transparence.json": PUBLIC,
    "GET /transparence/{frozen_year}": PUBLIC,
    "GET /transparence/{frozen_year}/rapport.csv": PUBLIC,
    "GET /transparence/{frozen_year}/rapport.json": PUBLIC,
    "GET /aide-et-ecoute": PUBLIC,
    "POST /conseil/{writing}": SIGNED_IN,
    "GET /moi/passerelles": SIGNED_IN,
    "POST /moi/passerelles/{category}/masquer": SIGNED_IN,
    "POST /moi/passerelles/{category}/montrer": SIGNED_IN,
    "GET /rejoindre": PUBLIC,
    "POST /rejoindre": PUBLIC,
    "GET /rejoindre/courriel": PUBLIC,
    "GET /rejoindre/renvoi": PUBLIC,
    "POST /rejoindre/renvoi": PUBLIC,
    "GET /confirmation/{confirmation}": PUBLIC,
    "POST /confirmation/{confirmation}": PUBLIC,
    "GET /connexion": PUBLIC,
    "POST /connexion": PUBLIC,
    "POST /deconnexion": PUBLIC,
    "GET /mot-de-passe-oublie": PUBLIC,
    "POST /mot-de-passe-oublie": PUBLIC,
    "GET /mot-de-passe-oublie/courriel": PUBLIC,
    "GET /nouveau-mot-de-passe/{new_password}": PUBLIC,
    "POST /nouveau-mot-de-passe/{new_password}": PUBLIC,
    "GET /communes": PUBLIC,
    "GET /static/{fingerprint}/{name}": PUBLIC,
    # One's rights
    "GET /droits": PUBLIC,
    "GET /droits/rubriques/{rubric}": PUBLIC,
    "GET /droits/prestations/{benefit}": PUBLIC,
    "GET /droits/evenements/{event}": PUBLIC,
    "GET /droits/recherche": PUBLIC,
    "GET /droits/simulateurs": PUBLIC,
    "GET /droits/simulateurs/{simulator}": PUBLIC,
    "POST /droits/simulateurs/{simulator}": PUBLIC,
    "GET /droits/simulateurs/prime-activite-et-logement": PUBLIC,
    "POST /droits/simulateurs/prime-activite-et-logement": PUBLIC,
    "GET /droits/mes-droits": PUBLIC,
    "POST /droits/mes-droits": PUBLIC,
    "GET /service-social/paquet": PUBLIC,
    "GET /service-social/paquet/apercu": PUBLIC,
    "POST /service-social/paquet": PUBLIC,
    "POST /service-social/paquet/apercu": PUBLIC,
    # The social service; what its workers may do is in tests/contacts/social/test_desk.py
    "GET /service-social": PUBLIC,
    "POST /service-social": PUBLIC,
    "GET /service-social/reprendre": PUBLIC,
    "POST /service-social/reprendre": PUBLIC,
    "POST /service-social/quitter": PUBLIC,
    "POST /service-social/resultats/envoi": NOT_HERE_FOR_US,
    "GET /service-social/bureau": SOCIAL_WORKER,
    "GET /service-social/conversations/{social_talk}": OWN_TALK,
    "POST /service-social/conversations/{social_talk}": OWN_TALK,
    "GET /service-social/conversations/{social_talk}/nouveaux?apres=0": OWN_TALK,
    "GET /service-social/conversations/{social_talk}/direct": NOT_HERE_FOR_US,
    "GET /service-social/conversations/{social_talk}/fichiers/{social_file}": OWN_TALK,
    "POST /service-social/conversations/{social_talk}/fermeture": OWN_TALK,
    "POST /service-social/conversations/{social_talk}/prise-en-charge": NOT_HERE_FOR_US,
    "POST /service-social/conversations/{social_talk}/transmission": NOT_HERE_FOR_US,
    "POST /service-social/conversations/{social_talk}/resultats/{social_packet}/retrait": OWN_TALK,
    # The demo's mailbox, outside the demo
    "GET /courriels": NOT_HERE_FOR_US,
    # Oneself
    "GET /moi": SIGNED_IN,
    "GET /moi/profil": SIGNED_IN,
    "POST /moi/profil": SIGNED_IN,
    "GET /moi/mot-de-passe": SIGNED_IN,
    "POST /moi/mot-de-passe": SIGNED_IN,
    "GET /moi/appareils": SIGNED_IN,
    "POST /moi/appareils/fermeture": SIGNED_IN,
    "POST /moi/appareils/{session}/fermeture": OWN_ROW,
    "GET /moi/blocages": SIGNED_IN,
    "GET /moi/connaissances": SIGNED_IN,
    "POST /moi/connaissances/{tie}/retrait": OWN_ROW,
    "GET /moi/flux": SIGNED_IN,
    "POST /moi/flux/renouvellement": SIGNED_IN,
    "GET /mon-espace": SIGNED_IN,
    "GET /agenda": SIGNED_IN,
    "GET /agenda/{agreed}/{agreed_file}": OWN_ROW,
    # Feeds: whoever holds the address
    "GET /flux/{agenda_key}/agenda.ics": PUBLIC,
    "GET /flux/{ads_key}/annonces.atom": PUBLIC,
    "POST /membres/{bilal}/blocage": SIGNED_IN,
    "POST /membres/{bilal}/deblocage": SIGNED_IN,
    "GET /notifications": SIGNED_IN,
    "GET /notifications/{notification}": OWN_ROW,
    "POST /notifications/lecture": SIGNED_IN,
    "GET /direct": SIGNED_IN,
    # Searches that are kept
    "GET /moi/recherches": SIGNED_IN,
    "GET /moi/recherches/nouvelle": SIGNED_IN,
    "POST /moi/recherches/nouvelle": SIGNED_IN,
    "POST /moi/recherches/courriels": SIGNED_IN,
    "GET /moi/recherches/{saved_search}": OWN_ROW,
    "POST /moi/recherches/{saved_search}": OWN_ROW,
    "POST /moi/recherches/{saved_search}/suppression": SIGNED_IN,
    "GET /moi/recherches/{saved_search}/annonces": OWN_ROW,
    "GET /lien/courriels/{stop_link}": PUBLIC,
    "POST /lien/courriels/{stop_link}": PUBLIC,
    "POST /lien/courriels/{stop_link}/reprise": PUBLIC,
    # Whom to ask; what who answers for a contact corrects is in tests/contacts/directory/test_administration.py
    "GET /contacts": PUBLIC,
    "GET /contacts/{contact}": PUBLIC,
    # Local offers
    "GET /offres": PUBLIC,
    "GET /offres/carte": PUBLIC,
    "GET /offres/{offer}": PUBLIC,
    "GET /offres/{members_offer}": MEMBERS_ONLY,
    "GET /offres/{waiting_offer}": HELD_OFFER,
    "GET /offres/{offer_draft}": UNSENT_OFFER,
    "GET /offres/{offer}/signalement": SIGNED_IN,
    "POST /offres/{offer}/signalement": SIGNED_IN,
    "GET /offres/{offer_draft}/signalement": SIGNED_IN_NOT_HERE,
    "GET /correspondance": CORRESPONDENT,
    "POST /correspondance/nouvelle": CORRESPONDENT,
    "GET /correspondance/import": CORRESPONDENT,
    "POST /correspondance/import": CORRESPONDENT,
    "GET /correspondance/import/modele.csv": CORRESPONDENT,
    "GET /correspondance/{offer}": CORRESPONDENT,
    "GET /correspondance/{offer}/modification": CORRESPONDENT,
    "GET /correspondance/{offer_draft}/modification": CORRESPONDENT,
    "POST /correspondance/{offer_draft}/modification": CORRESPONDENT,
    "POST /correspondance/{offer}/modification/retrait": CORRESPONDENT,
    "POST /correspondance/{offer_draft}/suppression": CORRESPONDENT,
    "POST /correspondance/{offer}/confirmation": CORRESPONDENT,
    "GET /correspondance/{offer}/retrait": CORRESPONDENT,
    "POST /correspondance/{offer}/retrait": CORRESPONDENT,
    "POST /correspondance/{waiting_offer}/reprise": CORRESPONDENT,
    "GET /administration/offres": ADMINISTRATOR,
    "POST /administration/offres/{offer}/correspondant": ADMINISTRATOR,
    "POST /administration/offres/{offer}/retrait": ADMINISTRATOR,
    "GET /correspondance/contact": SIGNED_IN,
    "GET /correspondance/contact/{contact}": SIGNED_IN_NOT_HERE,
    "POST /correspondance/contact/{contact}": SIGNED_IN_NOT_HERE,
    # Moving
    "GET /mutation": SIGNED_IN,
    "POST /mutation": SIGNED_IN,
    "POST /mutation/suppression": SIGNED_IN,
    "POST /mutation/arrivee": SIGNED_IN,
    "POST /mutation/etapes/{moving_step}": SIGNED_IN,
    # Exchanging homes
    "GET /moi/echanges": SIGNED_IN,
    "POST /moi/echanges/pause": SIGNED_IN,
    "POST /moi/echanges/reprise": SIGNED_IN,
    "GET /moi/echanges/calendrier": SIGNED_IN,
    "POST /moi/echanges/calendrier": SIGNED_IN,
    "GET /moi/echanges/souhaits": SIGNED_IN,
    "POST /moi/echanges/souhaits": SIGNED_IN,
    # A roof after a late withdrawal, a room in the week
    "GET /accueils/{call}": OWN_ROW,
    "GET /accueils/{asked_call}": OWN_ROW,
    "POST /accueils/{call}/arret": OWN_ROW,
    "POST /accueils/{asked_call}/oui": OWN_ROW,
    "POST /accueils/{asked_call}/non": OWN_ROW,
    "GET /logements/chambre-en-semaine": PUBLIC,
    "POST /echanges/{week_room}/arret": OWN_ROW,
    # From a proposal to the days agreed on
    "GET /echanges/{proposed_swap}": OWN_ROW,
    "GET /echanges/{accepted_swap}": OWN_ROW,
    "GET /echanges/{confirmed}": OWN_ROW,
    "POST /echanges/{proposed_swap}/accord": OWN_ROW,
    "GET /echanges/{proposed_swap}/refus": OWN_ROW,
    "POST /echanges/{proposed_swap}/refus": OWN_ROW,
    "GET /echanges/{accepted_swap}/retrait": OWN_ROW,
    "POST /echanges/{accepted_swap}/retrait": OWN_ROW,
    "GET /echanges/{accepted_swap}/jours": OWN_ROW,
    "POST /echanges/{accepted_swap}/jours": OWN_ROW,
    "POST /echanges/{accepted_swap}/jours/accord": OWN_ROW,
    "POST /echanges/{accepted_swap}/jours/maintien": OWN_ROW,
    "GET /logements/{home}/echange": SIGNED_IN,
    "POST /logements/{home}/echange": SIGNED_IN,
    "GET /logements/{removed_home}/echange": OWN_OR_IN_SCOPE,
    # Once it is confirmed
    "GET /moi/echanges/coordonnees": SIGNED_IN,
    "POST /moi/echanges/coordonnees": SIGNED_IN,
    "POST /moi/echanges/coordonnees/suppression": SIGNED_IN,
    "GET /moi/echanges/livret": SIGNED_IN,
    "POST /moi/echanges/livret": SIGNED_IN,
    "POST /moi/echanges/livret/suppression": SIGNED_IN,
    "GET /echanges/{confirmed}/convention": OWN_ROW,
    "GET /echanges/{confirmed}/convention.pdf": OWN_ROW,
    "GET /echanges/{confirmed}/dates.ics": OWN_ROW,
    "POST /echanges/{confirmed}/preparatifs": OWN_ROW,
    "POST /echanges/{confirmed}/partage": OWN_ROW,
    "GET /echanges/{confirmed}/sejours/{visit}/adresse": OWN_ROW,
    "GET /echanges/{confirmed}/sejours/{visit}/livret": OWN_ROW,
    # Writing a home
    "GET /moi/logement": SIGNED_IN,
    "POST /moi/logement": SIGNED_IN,
    "GET /moi/logement/etape/{home_step}": SIGNED_IN,
    "POST /moi/logement/etape/{home_step}": SIGNED_IN,
    "GET /moi/logement/accord": SIGNED_IN,
    "POST /moi/logement/accord": SIGNED_IN,
    "GET /moi/logement/apercu": SIGNED_IN,
    "POST /moi/logement/publication": SIGNED_IN,
    "POST /moi/logement/suppression": SIGNED_IN,
    "GET /moi/logement/modification": SIGNED_IN,
    "POST /moi/logement/modification": SIGNED_IN,
    "POST /moi/logement/modification/retrait": SIGNED_IN,
    "POST /moi/logement/prolongation": SIGNED_IN,
    "GET /moi/logement/retrait": SIGNED_IN,
    "POST /moi/logement/retrait": SIGNED_IN,
    "POST /moi/logement/reprise": SIGNED_IN,
    # Reading homes
    "GET /logements": SIGNED_IN,
    "GET /logements/{home}": SIGNED_IN,
    "GET /logements/{removed_home}": OWN_OR_IN_SCOPE,
    "GET /logements/comment-ca-marche": PUBLIC,
    # Reading ads
    "GET /annonces": SIGNED_IN,
    "GET /annonces/carte": SIGNED_IN,
    "GET /recherche": SIGNED_IN,
    "GET /suggestions": SIGNED_IN,
    "GET /annonces/{published}": SIGNED_IN,
    "GET /annonces/{draft}": OWN_ROW,
    "GET /annonces/{pending}": OWN_OR_IN_SCOPE,
    "GET /annonces/{removed}": OWN_OR_IN_SCOPE,
    "GET /annonces/{closed}": OWN_OR_IN_SCOPE,
    "POST /annonces/{published}/reponses": SIGNED_IN,
    "POST /annonces/{draft}/reponses": OWN_ROW,
    "POST /annonces/{pending}/reponses": OWN_OR_IN_SCOPE,
    "GET /annonces/{tip}": SIGNED_IN,
    "GET /reponses/{reply}/reponse": SIGNED_IN,
    "POST /reponses/{reply}/reponse": SIGNED_IN,
    "GET /reponses/{held_reply}/reponse": SIGNED_IN_NOT_HERE,
    "GET /reponses/{own_reply}/modification": OWN_ROW,
    "POST /reponses/{own_reply}/modification": OWN_ROW,
    "GET /reponses/{held_reply}/modification": OWN_ROW,
    "GET /reponses/{own_reply}/suppression": OWN_ROW,
    "POST /reponses/{own_reply}/suppression": OWN_ROW,
    "POST /annonces/{tip}/meilleure-reponse": OWN_OR_IN_SCOPE,
    "POST /annonces/{tip}/meilleure-reponse/retrait": OWN_OR_IN_SCOPE,
    "POST /annonces/{tip}/verification": SIGNED_IN,
    "POST /annonces/{published}/verification": SIGNED_IN_NOT_HERE,
    "GET /photos/{photo}/{size}": SIGNED_IN,
    "GET /photos/{draft_photo}/{size}": OWN_ROW,
    # Writing ads
    "GET /annonces/nouvelle": SIGNED_IN,
    "POST /annonces/nouvelle": SIGNED_IN,
    "GET /mes-annonces": SIGNED_IN,
    "GET /annonces/{draft}/brouillon": OWN_ROW,
    "POST /annonces/{draft}/brouillon": OWN_ROW,
    "GET /annonces/{draft}/apercu": OWN_ROW,
    "POST /annonces/{draft}/suppression": OWN_ROW,
    "POST /annonces/{draft}/publication": OWN_ROW,
    "POST /annonces/{pending}/reprise": OWN_ROW,
    "POST /annonces/{closed}/reprise": OWN_ROW,
    "POST /annonces/{published}/prolongation": OWN_ROW,
    "GET /lien/annonce/{ending_link}": PUBLIC,
    "POST /lien/annonce/{ending_link}": PUBLIC,
    "GET /annonces/{published}/modification": OWN_ROW,
    "POST /annonces/{published}/modification": OWN_ROW,
    "POST /annonces/{edited}/modification/retrait": OWN_ROW,
    "GET /annonces/{published}/cloture": OWN_ROW,
    "POST /annonces/{published}/cloture": OWN_ROW,
    "GET /annonces/{closed}/aide": OWN_ROW,
    "POST /annonces/{closed}/aide": OWN_ROW,
    # Thanking
    "GET /mercis": SIGNED_IN,
    "GET /mercis/ecrire/{exchange}": OWN_ROW,
    "POST /mercis/ecrire/{exchange}": OWN_ROW,
    "POST /mercis/{word}/suppression": OWN_ROW,
    "GET /mercis/{received}/signalement": OWN_ROW,
    "POST /mercis/{received}/signalement": OWN_ROW,
    # Answering ads
    "GET /annonces/{published}/candidature": SIGNED_IN,
    "POST /annonces/{published}/candidature": SIGNED_IN,
    "GET /annonces/{pending}/candidature": OWN_ROW,
    "POST /annonces/{pending}/candidature": OWN_ROW,
    "POST /annonces/{offered_ad}/candidature/retrait": OWN_ROW,
    "POST /annonces/{offered_ad}/candidature/oui": OWN_ROW,
    "POST /annonces/{offered_ad}/candidature/non": OWN_ROW,
    "GET /annonces/{published}/candidatures": OWN_ROW,
    "POST /annonces/{published}/candidatures/mot": OWN_ROW,
    "POST /annonces/{published}/candidatures/{answer}/choix": OWN_ROW,
    "POST /annonces/{published}/candidatures/{answer}/liste": OWN_ROW,
    "POST /annonces/{published}/candidatures/{answer}/rang": OWN_ROW,
    "GET /annonces/{published}/candidatures/{answer}/refus": OWN_ROW,
    "POST /annonces/{published}/candidatures/{answer}/refus": OWN_ROW,
    "POST /annonces/{offered_ad}/candidatures/{answer}/choix": SIGNED_IN_NOT_HERE,
    # A shared week
    "GET /annonces/{rota}/semaine": OWN_ROW,
    "POST /annonces/{rota}/semaine/prise": OWN_ROW,
    "POST /annonces/{rota}/semaine/absence": OWN_ROW,
    "POST /annonces/{rota}/semaine/retour": OWN_ROW,
    "POST /annonces/{rota}/semaine/fin": OWN_ROW,
    "GET /creneaux/{release}": OWN_ROW,
    "POST /creneaux/{release}/oui": OWN_ROW,
    "POST /creneaux/{release}/non": OWN_ROW,
    "POST /creneaux/{release}/absence": OWN_ROW,
    # Conversations
    "GET /messages": SIGNED_IN,
    "GET /messages/{conversation}": OWN_ROW,
    "POST /messages/{conversation}": OWN_ROW,
    "GET /messages/{conversation}/nouveaux?apres=0": OWN_ROW,
    # Reporting
    "GET /annonces/{published}/signalement": SIGNED_IN,
    "POST /annonces/{published}/signalement": SIGNED_IN,
    "GET /annonces/{removed}/signalement": SIGNED_IN_NOT_HERE,
    "GET /logements/{home}/signalement": SIGNED_IN,
    "POST /logements/{home}/signalement": SIGNED_IN,
    "GET /logements/{removed_home}/signalement": SIGNED_IN_NOT_HERE,
    "GET /reponses/{reply}/signalement": SIGNED_IN,
    "POST /reponses/{reply}/signalement": SIGNED_IN,
    "POST /reponses/{held_reply}/signalement": SIGNED_IN_NOT_HERE,
    "GET /messages/{conversation}/{message}/signalement": OWN_ROW,
    "POST /messages/{conversation}/{message}/signalement": OWN_ROW,
    "GET /signalements/{reported}": OWN_ROW,
    "POST /signalements/{reported}/precision": OWN_ROW,
    "GET /moi/signalements": SIGNED_IN,
    "GET /signaler-un-contenu-illicite": PUBLIC,
    "POST /signaler-un-contenu-illicite": PUBLIC,
    "GET /signaler-un-contenu-illicite/suivi/{notice_link}": PUBLIC,
    "GET /signaler-un-contenu-illicite/{notice}": OWN_ROW,
    # Moderating
    "GET /moderation": MODERATOR,
    "GET /moderation/regles": TEAM,
    "GET /moderation/regles/essai": TEAM,
    "POST /moderation/regles/essai": TEAM,
    "GET /moderation/regles/simulation": MODERATOR,
    "POST /moderation/regles/simulation": MODERATOR,
    "GET /moderation/regles/{rule}": TEAM,
    "POST /moderation/regles/{rule}/mode": ADMINISTRATOR,
    "GET /moderation/journal": MODERATOR,
    "GET /moderation/mots-prets": MODERATOR,
    "GET /moderation/signalements-abusifs": MODERATOR,
    "POST /moderation/signalements-abusifs/{bilal}/mesure": CASE_IN_SCOPE,
    "GET /moderation/dossiers/{case}": CASE_IN_SCOPE,
    "GET /moderation/dossiers/{edit_case}": CASE_IN_SCOPE,
    "GET /moderation/dossiers/{reply_case}": CASE_IN_SCOPE,
    "GET /moderation/dossiers/{thanks_case}": CASE_IN_SCOPE,
    "GET /moderation/dossiers/{crowded_case}": CASE_IN_SCOPE,
    "GET /moderation/dossiers/{message_case}": CASE_IN_SCOPE,
    "GET /moderation/dossiers/{evidence_case}": CASE_IN_SCOPE,
    "GET /moderation/dossiers/{evidence_case}/photos/{evidence}/{size}": CASE_IN_SCOPE,
    "POST /moderation/dossiers/{case}/prise": CASE_IN_SCOPE,
    "POST /moderation/dossiers/{case}/coordonnees": CASE_IN_SCOPE,
    "POST /moderation/dossiers/{case}/notes": CASE_IN_SCOPE,
    "GET /moderation/dossiers/{case}/passation": CASE_IN_SCOPE,
    "POST /moderation/dossiers/{case}/passation": CASE_IN_SCOPE,
    "POST /moderation/dossiers/{case}/lien": CASE_IN_SCOPE,
    "POST /moderation/dossiers/{case}/liberation": CASE_IN_SCOPE,
    "POST /moderation/dossiers/{case}/decision": CASE_IN_SCOPE,
    "GET /decisions/{decision}": OWN_ROW,
    "GET /moi/decisions": SIGNED_IN,
    "GET /moi/decisions/mesures/{measure}": OWN_ROW,
    "GET /moi/suspension": SIGNED_IN,
    "GET /moderation/sanctions": MODERATOR,
    "POST /moderation/sanctions/{proposal}/confirmation": CASE_IN_SCOPE,
    "POST /moderation/sanctions/{proposal}/refus": CASE_IN_SCOPE,
    # Contesting
    "GET /decisions/{decision}/recours": OWN_ROW,
    "POST /decisions/{decision}/recours": OWN_ROW,
    "GET /decisions/{appealed}/recours": OWN_ROW,
    "GET /recours/{appeal}": OWN_ROW,
    "POST /recours/{appeal}/messages": OWN_ROW,
    "POST /recours/{appeal}/retrait": OWN_ROW,
    "GET /moderation/dossiers/{appeal_case}": CASE_IN_SCOPE,
    "GET /moderation/dossiers/{appeal_case}/recours": CASE_IN_SCOPE,
    "POST /moderation/dossiers/{appeal_case}/recours": CASE_IN_SCOPE,
    "POST /moderation/dossiers/{appeal_case}/recours/messages": CASE_IN_SCOPE,
    "GET /moderation/chiffres": TEAM,
    "GET /moderation/audit": ADMINISTRATOR,
    "POST /moderation/audit/export": ADMINISTRATOR,
    # Administering
    "GET /administration": ADMINISTRATOR,
    "GET /administration/contacts": ADMINISTRATOR,
    "POST /administration/contacts": ADMINISTRATOR,
    "GET /administration/contacts/nouveau": ADMINISTRATOR,
    "GET /administration/contacts/{contact}": ADMINISTRATOR,
    "POST /administration/contacts/{contact}": ADMINISTRATOR,
    "POST /administration/contacts/{contact}/compte": ADMINISTRATOR,
    "POST /administration/contacts/{contact}/masquage": ADMINISTRATOR,
    "POST /administration/contacts/{contact}/affichage": ADMINISTRATOR,
    "POST /administration/contacts/{contact}/suppression": ADMINISTRATOR,
    "GET /administration/contacts/import": ADMINISTRATOR,
    "POST /administration/contacts/import": ADMINISTRATOR,
    "GET /administration/contacts/import/modele.csv": ADMINISTRATOR,
    "GET /administration/contacts/import/{contact_import}": ADMINISTRATOR,
    "POST /administration/contacts/import/{contact_import}": ADMINISTRATOR,
    "GET /administration/contacts/import/{contact_import}/rapport.csv": ADMINISTRATOR,
    "GET /administration/organismes": ADMINISTRATOR,
    "POST /administration/organismes": ADMINISTRATOR,
    "GET /administration/organismes/nouveau": ADMINISTRATOR,
    "GET /administration/organismes/{body}": ADMINISTRATOR,
    "GET /administration/organismes/{body}/lettre": ADMINISTRATOR,
    "POST /administration/organismes/{body}/code": ADMINISTRATOR,
    "POST /administration/organismes/{body}/code/{joining_code}/revocation": ADMINISTRATOR,
    "POST /administration/organismes/{body}/code/{joining_code}/remplacement": ADMINISTRATOR,
    "GET /administration/roles": ADMINISTRATOR,
    "POST /administration/roles": ADMINISTRATOR,
    "GET /administration/roles/{role}": ADMINISTRATOR,
    "POST /administration/roles/{role}": ADMINISTRATOR,
    "POST /administration/roles/{role}/retrait": ADMINISTRATOR,
    "GET /administration/prestations": ADMINISTRATOR,
    "GET /administration/echanges": ADMINISTRATOR,
    "GET /administration/echanges/chiffres.csv": ADMINISTRATOR,
    "GET /administration/recherche": ADMINISTRATOR,
    "POST /administration/recherche": ADMINISTRATOR,
    "POST /administration/recherche/essai": ADMINISTRATOR,
    "POST /administration/recherche/{synonym}/retrait": ADMINISTRATOR,
}


async def test_every_route_has_its_line_and_every_line_its_route(app):
    routes = {route.shape: str(route) for route in routes_of(app)}
    lines = {shape_of(line.partition("?")[0]): line for line in EXPECTED}
    forgotten = [routes[shape] for shape in sorted(routes.keys() - lines.keys())]
    gone = [lines[shape] for shape in sorted(lines.keys() - routes.keys())]
    assert not forgotten, f"say in EXPECTED who may pass: {', '.join(forgotten)}"
    assert not gone, f"no longer a route: {', '.join(gone)}"


@pytest.mark.parametrize("who", EVERYONE)
async def test_each_door_opens_for_whom_it_should(who: str, app, crashes, world: World):
    wrong = []
    for line, answers in EXPECTED.items():
        answer = await _try(app, world, who, line)
        if answer.status_code >= 500:
            wrong.append(f"{line}: {answer.status_code} {crashes[-1:]!r}")
        elif (got := _in_words(answer)) != answers[who]:
            wrong.append(f"{line}: {got} ({answer.status_code}), expected {answers[who]}")
    assert not wrong, f"for the {who}:\n" + "\n".join(wrong)


async def _try(app, world: World, who: str, line: str) -> httpx.Response:
    """What the door answers; whatever it did is undone, so that every door is tried on the same world."""
    method, path = line.split(" ", 1)
    async with Browser(transport=httpx.ASGITransport(app=app), base_url="https://site.test") as browser:
        before = await DB.current_transaction.get().savepoint()
        if member := world.people[who]:
            await browser.sign_in(member)
        answer = await ask(app, browser, method, world.path(path), **filled_in())
        await before.rollback_to()
        await before.release()
    return answer


def _in_words(answer: httpx.Response) -> str:
    if answer.status_code == 303 and answer.headers["location"].startswith("/connexion?suite="):
        return SIGN_IN
    return {403: FORBIDDEN, 404: NOT_HERE}.get(answer.status_code, IN)


async def test_nothing_of_who_blocked_you_is_there(app, browser, bilal, world: World):
    await database.execute(
        "INSERT INTO block (blocker, blocked, since) VALUES ($1::uuid, $2, now())", world.things["anne"], bilal.id
    )
    await browser.sign_in(bilal)
    hers = [line for line in EXPECTED if any(thing in line for thing in ("{published}", "{photo}", "{conversation}"))]
    for line in hers:
        method, path = line.split(" ", 1)
        answer = await ask(app, browser, method, world.path(path), **filled_in())
        if answer.status_code == 303:  # to the conversation they had, which is gone too
            answer = await browser.follow(answer)
        assert answer.status_code == 404, f"{line}: {answer.status_code}"


SAY_NOTHING = (
    "GET /static/{fingerprint}/{name}",
    "POST /membres/{bilal}/deblocage",
    "POST /moi/recherches/{saved_search}/suppression",
)
"""The first is anyone's; the others answer the same whether a block or a search, or anybody at all, was there."""


@pytest.mark.parametrize("who", ["stranger", "moderator", "administrator"])
async def test_what_is_not_there_answers_like_what_is_not_yours(who: str, app, browser, world: World):
    await browser.sign_in(world.people[who])
    for line in EXPECTED:
        method, path = line.split(" ", 1)
        if "{" in path and line not in SAY_NOTHING:
            answer = await ask(app, browser, method, re.sub(r"{[^}]*}", str(uuid4()), path), **filled_in())
            gone = (403, 404, 409, 410) if who == "administrator" else (403, 404, 410)
            assert answer.status_code in gone, f"{line}: {answer.status_code}"
