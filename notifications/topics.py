"""What a member may be told of, in one place, with its words and whether an e-mail goes with it."""

import enum

from listings.kinds import Category


class Topic(enum.StrEnum):
    listing_published = "listing_published"
    listing_ending = "listing_ending"
    listing_expired = "listing_expired"
    listing_over = "listing_over"
    renewal_held = "renewal_held"
    renewal_refused = "renewal_refused"
    listing_sent_back = "listing_sent_back"
    listing_removed = "listing_removed"
    edit_accepted = "edit_accepted"
    edit_sent_back = "edit_sent_back"
    reply_removed = "reply_removed"
    message_removed = "message_removed"
    sanction_taken = "sanction_taken"
    sanction_ended = "sanction_ended"
    sanction_lifted = "sanction_lifted"
    sanction_lapsed = "sanction_lapsed"
    report_handled = "report_handled"
    notice_answered = "notice_answered"
    case_handed = "case_handed"
    appeal_message = "appeal_message"
    appeal_answered = "appeal_answered"
    appeal_judged = "appeal_judged"
    decision_changed = "decision_changed"
    new_message = "new_message"
    new_reply = "new_reply"
    reply_answered = "reply_answered"
    best_answer = "best_answer"
    tip_doubted = "tip_doubted"
    thanks_received = "thanks_received"
    thanks_to_write = "thanks_to_write"
    thanks_removed = "thanks_removed"
    answer_chosen = "answer_chosen"
    answer_listed = "answer_listed"
    answer_declined = "answer_declined"
    answer_closed = "answer_closed"
    place_offered = "place_offered"
    place_taken = "place_taken"
    helper_withdrew = "helper_withdrew"
    next_asked = "next_asked"
    list_empty = "list_empty"
    slot_to_cover = "slot_to_cover"
    slot_released = "slot_released"
    slot_kept = "slot_kept"
    slot_covered = "slot_covered"
    slot_uncovered = "slot_uncovered"
    slot_taken = "slot_taken"
    slot_stopped = "slot_stopped"
    evening_reminder = "evening_reminder"
    search_found = "search_found"
    search_dry = "search_dry"
    stay_reminder = "stay_reminder"
    door_read = "door_read"
    swap_proposed = "swap_proposed"
    swap_asked = "swap_asked"
    swap_unanswered = "swap_unanswered"
    swap_accepted = "swap_accepted"
    swap_days = "swap_days"
    swap_days_kept = "swap_days_kept"
    swap_confirmed = "swap_confirmed"
    swap_dissolved = "swap_dissolved"
    swap_called_off = "swap_called_off"
    roof_needed = "roof_needed"
    roof_sought = "roof_sought"
    week_room_stops = "week_room_stops"
    offer_withdrawn = "offer_withdrawn"
    offer_handed_over = "offer_handed_over"
    offer_entrusted = "offer_entrusted"
    social_waiting = "social_waiting"
    social_handed = "social_handed"
    social_written = "social_written"
    social_answered = "social_answered"


WORDS = {
    Topic.listing_published: "Votre annonce est en ligne",
    Topic.listing_ending: "Votre annonce se termine bientôt : prolongez-la, ou dites que c’est réglé",
    Topic.listing_expired: "Votre annonce est arrivée à son terme : reprenez-la, ou dites qui a aidé",
    Topic.listing_over: "Votre annonce n’est plus en ligne ; ce que vous avez convenu tient",
    Topic.renewal_held: "Votre annonce est relue avant d’être prolongée",
    Topic.renewal_refused: "Votre annonce est à corriger pour être prolongée",
    Topic.listing_sent_back: "Votre annonce est à corriger",
    Topic.listing_removed: "Votre annonce a été retirée",
    Topic.edit_accepted: "Votre modification est en ligne",
    Topic.edit_sent_back: "Votre modification est à corriger",
    Topic.reply_removed: "Votre message public a été retiré",
    Topic.message_removed: "Un de vos messages privés a été retiré",
    Topic.sanction_taken: "Une mesure concerne votre compte : lisez pourquoi, et comment la contester",
    Topic.sanction_ended: "Une mesure qui concernait votre compte est terminée",
    Topic.sanction_lifted: "Une mesure qui concernait votre compte est levée",
    Topic.sanction_lapsed: "Une mesure que vous aviez proposée est tombée, faute d’un deuxième avis",
    Topic.report_handled: "Votre signalement a été traité",
    Topic.notice_answered: "Votre signalement d’un contenu illicite a reçu une réponse",
    Topic.case_handed: "On vous confie un dossier de modération",
    Topic.appeal_message: "L’équipe vous a écrit à propos de votre recours",
    Topic.appeal_answered: "On vous a répondu dans un recours",
    Topic.appeal_judged: "Votre recours a été examiné",
    Topic.decision_changed: "Une décision qui vous concernait a été revue",
    Topic.new_message: "Nouveau message privé",
    Topic.new_reply: "Nouveau message public sous votre annonce",
    Topic.reply_answered: "Réponse à votre message sous une annonce",
    Topic.best_answer: "Votre réponse est mise en avant : c’est elle qui a le mieux aidé",
    Topic.tip_doubted: "Votre bon procédé n’est peut-être plus vrai",
    Topic.thanks_received: "Un mot de merci pour vous",
    Topic.thanks_to_write: "C’est réglé : un mot de merci, si vous le souhaitez",
    Topic.thanks_removed: "Votre mot de merci a été retiré",
    Topic.answer_chosen: "Votre réponse est retenue",
    Topic.answer_listed: "Vous êtes sur une liste d’attente",
    Topic.answer_declined: "On vous a répondu : ce ne sera pas pour cette fois",
    Topic.answer_closed: "Une annonce à laquelle vous avez répondu est terminée",
    Topic.place_offered: "Une place se libère pour vous : dites oui ou non",
    Topic.place_taken: "Une personne de votre liste d’attente a dit oui",
    Topic.helper_withdrew: "Une personne que vous aviez choisie se retire",
    Topic.next_asked: "Une place s’est libérée : nous demandons à la personne suivante",
    Topic.list_empty: "Plus personne sur votre liste d’attente",
    Topic.slot_to_cover: "Un créneau à reprendre : pouvez-vous venir ?",
    Topic.slot_released: "Un créneau de votre semaine est à reprendre : nous demandons aux autres",
    Topic.slot_kept: "Finalement, le créneau est assuré comme prévu",
    Topic.slot_covered: "Le créneau est repris : quelqu’un vient",
    Topic.slot_uncovered: "Personne n’a pu reprendre un créneau : pensez à une autre solution",
    Topic.slot_taken: "Quelqu’un prend un créneau libre de votre semaine",
    Topic.slot_stopped: "Une personne de votre semaine arrête un de ses jours",
    Topic.evening_reminder: "Demain, on compte sur vous",
    Topic.search_found: "Une nouvelle annonce pour une de vos recherches",
    Topic.search_dry: "Rien depuis un mois pour une de vos recherches : essayez plus large",
    Topic.stay_reminder: "Votre échange de logements : une chose à préparer",
    Topic.door_read: "Vos indications pour un échange de logements ont été lues",
    Topic.swap_proposed: "Un échange de logements vous est proposé : dites oui ou non",
    Topic.swap_asked: "On vous demande un échange de logements : dites oui ou non",
    Topic.swap_unanswered: "Plus qu’un jour pour répondre à une proposition d’échange : sans réponse, ce sera non",
    Topic.swap_accepted: "Tout le monde a dit oui à votre échange : convenez des jours",
    Topic.swap_days: "Des jours attendent votre accord pour un échange",
    Topic.swap_days_kept: "Les jours de votre échange ne changent pas",
    Topic.swap_confirmed: "Votre échange est confirmé",
    Topic.swap_dissolved: "Un échange n’aura pas lieu : vos semaines restent notées",
    Topic.swap_called_off: "Un échange confirmé n’aura pas lieu : nous cherchons déjà autre chose",
    Topic.roof_needed: "Un foyer se retrouve sans toit : pouvez-vous l’accueillir ?",
    Topic.roof_sought: "Nous vous cherchons un autre toit",
    Topic.week_room_stops: "Une chambre en semaine s’arrête à la fin de cette semaine",
    Topic.offer_withdrawn: "L’administration a retiré une de vos offres locales",
    Topic.offer_handed_over: "L’administration a confié une de vos offres locales à un autre correspondant",
    Topic.offer_entrusted: "On vous confie une offre locale : relisez-la et gardez-la à jour",
    Topic.social_waiting: "Quelqu’un attend une réponse du service social",
    Topic.social_handed: "On vous confie une conversation du service social",
    Topic.social_written: "Nouveau message dans une conversation du service social",
    Topic.social_answered: "Le service social vous a répondu",
}
OF = {
    Category.home: {
        Topic.listing_published: "La fiche de votre logement est en ligne",
        Topic.listing_ending: "La fiche de votre logement se termine bientôt : gardez-la, ou retirez-la",
        Topic.listing_expired: "La fiche de votre logement est arrivée à son terme : reprenez-la quand vous voudrez",
        Topic.listing_over: "La fiche de votre logement n’est plus en ligne ; ce que vous avez convenu tient",
        Topic.renewal_held: "La fiche de votre logement est relue avant d’être prolongée",
        Topic.renewal_refused: "La fiche de votre logement est à corriger pour être prolongée",
        Topic.listing_sent_back: "La fiche de votre logement est à corriger",
        Topic.listing_removed: "La fiche de votre logement a été retirée",
    },
    Category.local_offer: {
        Topic.listing_published: "Votre offre locale est en ligne",
        Topic.listing_ending: "Votre offre locale se termine bientôt : confirmez-la, ou retirez-la",
        Topic.listing_expired: "Votre offre locale est arrivée à son terme : reprenez-la si elle vaut encore",
        Topic.listing_over: "Votre offre locale n’est plus en ligne",
        Topic.renewal_held: "Votre offre locale est relue avant d’être prolongée",
        Topic.renewal_refused: "Votre offre locale est à corriger pour être prolongée",
        Topic.listing_sent_back: "Votre offre locale est à corriger",
        Topic.listing_removed: "Votre offre locale a été retirée",
    },
}
"""The words of what happened to a home or to a local offer, which nobody calls an ad."""
BY_EMAIL = frozenset(Topic) - {Topic.listing_ending, Topic.renewal_held, Topic.renewal_refused, Topic.search_dry}
"""The first has an e-mail of its own, with its links; the next two say what the page has just said; the last is only
advice."""

URGENT = frozenset(
    {
        Topic.place_offered,
        Topic.helper_withdrew,
        Topic.slot_to_cover,
        Topic.slot_uncovered,
        Topic.evening_reminder,
        Topic.swap_called_off,
        Topic.roof_needed,
    }
)
"""Somebody has to say yes or no within a time, or to come, or to find another way for a day that may be tomorrow: an
hour is too late. Everything else is as good an hour later, with the rest in one e-mail.
"""

OF_THE_TEAM = frozenset(
    {
        Topic.listing_removed,
        Topic.listing_sent_back,
        Topic.edit_sent_back,
        Topic.reply_removed,
        Topic.message_removed,
        Topic.thanks_removed,
        Topic.sanction_taken,
        Topic.sanction_ended,
        Topic.sanction_lifted,
        Topic.appeal_message,
        Topic.appeal_judged,
        Topic.decision_changed,
    }
)
"""What even a suspended member reads, and is written to about."""

STOPPABLE = frozenset({Topic.search_found})
"""Whose e-mails a member may stop by the link that each of them carries; the site goes on saying them."""

READ_LIVE = frozenset({Topic.new_message, Topic.social_written, Topic.social_answered})
"""Often read on the open page within seconds; their e-mail waits a little."""

MANY = {
    Topic.new_message: "{} nouveaux messages privés",
    Topic.social_written: "{} nouveaux messages dans une conversation du service social",
    Topic.social_answered: "Le service social vous a écrit {} fois",
    Topic.new_reply: "{} nouveaux messages publics sous votre annonce",
    Topic.slot_taken: "{} créneaux libres de votre semaine sont pris",
    Topic.search_found: "{} nouvelles annonces pour une de vos recherches",
}
ICONS = {
    Topic.listing_published: "circle-check",
    Topic.listing_ending: "hourglass",
    Topic.listing_expired: "hourglass",
    Topic.listing_over: "calendar-check",
    Topic.renewal_held: "hourglass",
    Topic.renewal_refused: "pencil",
    Topic.listing_sent_back: "pencil",
    Topic.listing_removed: "ban",
    Topic.edit_accepted: "circle-check",
    Topic.edit_sent_back: "pencil",
    Topic.reply_removed: "ban",
    Topic.message_removed: "ban",
    Topic.sanction_taken: "scale",
    Topic.sanction_ended: "circle-check",
    Topic.sanction_lifted: "circle-check",
    Topic.sanction_lapsed: "hourglass",
    Topic.report_handled: "flag",
    Topic.notice_answered: "scale",
    Topic.case_handed: "gavel",
    Topic.appeal_message: "scale",
    Topic.appeal_answered: "scale",
    Topic.appeal_judged: "scale",
    Topic.decision_changed: "scale",
    Topic.new_message: "message-circle",
    Topic.new_reply: "messages-square",
    Topic.reply_answered: "messages-square",
    Topic.best_answer: "circle-check",
    Topic.tip_doubted: "lightbulb",
    Topic.thanks_received: "heart-handshake",
    Topic.thanks_to_write: "heart-handshake",
    Topic.thanks_removed: "ban",
    Topic.answer_chosen: "user-check",
    Topic.answer_listed: "hourglass",
    Topic.answer_declined: "message-circle",
    Topic.answer_closed: "circle-check",
    Topic.place_offered: "hand-heart",
    Topic.place_taken: "user-check",
    Topic.helper_withdrew: "user-x",
    Topic.next_asked: "hourglass",
    Topic.list_empty: "hourglass",
    Topic.slot_to_cover: "calendar-clock",
    Topic.slot_released: "calendar-x",
    Topic.slot_kept: "calendar-check",
    Topic.slot_covered: "calendar-check",
    Topic.slot_uncovered: "calendar-x",
    Topic.slot_taken: "calendar-plus",
    Topic.slot_stopped: "calendar-x",
    Topic.evening_reminder: "calendar-clock",
    Topic.search_found: "bell",
    Topic.search_dry: "search",
    Topic.stay_reminder: "list-checks",
    Topic.door_read: "key-round",
    Topic.swap_proposed: "house",
    Topic.swap_asked: "house",
    Topic.swap_unanswered: "hourglass",
    Topic.swap_accepted: "calendar-days",
    Topic.swap_days: "calendar-clock",
    Topic.swap_days_kept: "calendar-check",
    Topic.swap_confirmed: "calendar-check",
    Topic.swap_dissolved: "calendar-x",
    Topic.swap_called_off: "calendar-x",
    Topic.roof_needed: "hand-heart",
    Topic.roof_sought: "search",
    Topic.week_room_stops: "calendar-x",
    Topic.offer_withdrawn: "ban",
    Topic.offer_handed_over: "building-2",
    Topic.offer_entrusted: "building-2",
    Topic.social_waiting: "hourglass",
    Topic.social_handed: "users",
    Topic.social_written: "message-circle",
    Topic.social_answered: "message-circle",
}


def in_words(topic: Topic, times: int, category: str | None = None) -> str:
    """What happened, `times` times, in one sentence; `category` is that of the row of `listing` it happened to."""
    if times > 1 and topic in MANY:
        return MANY[topic].format(times)
    return OF[Category(category)].get(topic, WORDS[topic]) if category in OF else WORDS[topic]
