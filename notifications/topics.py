"""What a member may be told of, in one place, with its words and whether an e-mail goes with it."""

import enum


class Topic(enum.StrEnum):
    listing_published = "listing_published"
    listing_sent_back = "listing_sent_back"
    listing_removed = "listing_removed"
    edit_accepted = "edit_accepted"
    edit_sent_back = "edit_sent_back"
    reply_removed = "reply_removed"
    report_handled = "report_handled"
    new_message = "new_message"
    new_reply = "new_reply"
    reply_answered = "reply_answered"
    thanks_received = "thanks_received"
    thanks_to_write = "thanks_to_write"
    thanks_removed = "thanks_removed"


WORDS = {
    Topic.listing_published: "Votre annonce est en ligne",
    Topic.listing_sent_back: "Votre annonce est à corriger",
    Topic.listing_removed: "Votre annonce a été retirée",
    Topic.edit_accepted: "Votre modification est en ligne",
    Topic.edit_sent_back: "Votre modification est à corriger",
    Topic.reply_removed: "Votre message public a été retiré",
    Topic.report_handled: "Votre signalement a été traité",
    Topic.new_message: "Nouveau message privé",
    Topic.new_reply: "Nouvelle question sous votre annonce",
    Topic.reply_answered: "Réponse à votre question sous une annonce",
    Topic.thanks_received: "Un mot de merci pour vous",
    Topic.thanks_to_write: "C’est réglé : un mot de merci, si vous le souhaitez",
    Topic.thanks_removed: "Votre mot de merci a été retiré",
}
BY_EMAIL = frozenset(Topic)
READ_LIVE = frozenset({Topic.new_message})
"""Often read on the open page within seconds; their e-mail waits a little."""

MANY = {
    Topic.new_message: "{} nouveaux messages privés",
    Topic.new_reply: "{} nouvelles questions sous votre annonce",
}
ICONS = {
    Topic.listing_published: "circle-check",
    Topic.listing_sent_back: "pencil",
    Topic.listing_removed: "ban",
    Topic.edit_accepted: "circle-check",
    Topic.edit_sent_back: "pencil",
    Topic.reply_removed: "ban",
    Topic.report_handled: "flag",
    Topic.new_message: "message-circle",
    Topic.new_reply: "messages-square",
    Topic.reply_answered: "messages-square",
    Topic.thanks_received: "heart-handshake",
    Topic.thanks_to_write: "heart-handshake",
    Topic.thanks_removed: "ban",
}


def in_words(topic: Topic, times: int) -> str:
    """What happened, `times` times, in one sentence."""
    return MANY[topic].format(times) if times > 1 and topic in MANY else WORDS[topic]
