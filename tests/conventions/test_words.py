"""Every word of an enum has its French, so that no page can fall on one without."""

import enum

from app.labels import labels
from contacts import kinds as contact_kinds
from contacts.directory.importing import comparing
from contacts.social import own as social_own
from contacts.social import saying as social_saying
from contacts.social import tables as social
from exchanges import kinds as exchange_kinds
from exchanges.calendar import ticking
from exchanges.calendar import words as calendar_words
from exchanges.homes import sheet
from exchanges.homes.cards import SETTING_ICON
from exchanges.kinds import Setting
from listings import details, kinds
from listings.reading.shown import Shown
from members import bodies, roles, tables
from moderation import words
from moderation.cases.tables import CaseKind
from moderation.decisions import reasons
from moderation.decisions.tables import DecisionKind
from moderation.notices import kinds as notice_kinds
from moderation.notices.tables import Illegality
from moderation.reports.tables import ReportReason
from notifications import topics
from notifications.topics import Topic
from tests.helpers.ads import DETAILS, content

WORDS = [
    (kinds.Category, kinds.CATEGORY),
    (kinds.Category, kinds.CATEGORY_ICON),
    (kinds.Category, kinds.CATEGORY_HINT),
    (kinds.Kind, kinds.KIND),
    (kinds.Deal, kinds.DEAL),
    (kinds.Status, kinds.STATUS),
    (kinds.Outcome, kinds.OUTCOME),
    (kinds.Category, details.DETAILS),
    (sheet.HomeKind, sheet.HOME_KIND),
    (sheet.Occupancy, sheet.OCCUPANCY),
    (sheet.Amenity, sheet.AMENITY),
    (sheet.Access, sheet.ACCESS),
    (sheet.Room, sheet.ROOM),
    (Setting, sheet.SETTING),
    (Setting, SETTING_ICON),
    (exchange_kinds.Scope, calendar_words.SCOPE),
    (exchange_kinds.Setting, calendar_words.IN_SETTING),
    (exchange_kinds.Need, calendar_words.NEED),
    (exchange_kinds.Way, calendar_words.WAY),
    (exchange_kinds.Way, calendar_words.WAY_HINT),
    (ticking.Mark, ticking.MARK),
    (social.TalkState, social_own.STATE),
    (social_saying.Event, social_saying.EVENT),
    (social_saying.Event, social_saying.EVENT_ICON),
    (Topic, topics.WORDS),
    (Topic, topics.ICONS),
    (CaseKind, words.KIND_OF_CASE),
    (ReportReason, words.REPORT_REASON),
    (Illegality, notice_kinds.KINDS),
    (DecisionKind, words.DECISION),
    (reasons.Reason, {**reasons.TEXTS, reasons.Reason.good_faith: reasons.OF_REPORTING}),
    (contact_kinds.ContactKind, contact_kinds.CONTACT),
    (contact_kinds.ContactKind, contact_kinds.CONTACT_ICON),
    (contact_kinds.Topic, contact_kinds.TOPIC),
    (comparing.Fate, comparing.FATE),
    (tables.RoleKind, roles.KIND),
    (tables.BodyKind, bodies.KIND),
]


async def test_every_member_of_an_enum_has_its_words():
    for kind, said in WORDS:
        assert set(kind) == set(said), kind.__name__
        assert all(said.values()), kind.__name__


async def test_the_labels_of_templates_are_whole():
    for name, said in vars(labels).items():
        assert isinstance(said, dict) and said, name
        kind = type(next(iter(said)))
        assert issubclass(kind, enum.Enum) and set(said) == set(kind), name


async def test_every_topic_can_be_said_once_and_many_times():
    for topic in Topic:
        assert topics.in_words(topic, 1)
        assert topics.in_words(topic, 3)
    assert all("{}" in sentence for sentence in topics.MANY.values())


async def test_what_an_author_fills_in_is_what_a_reader_sees():
    for category, given in DETAILS.items():
        with_details, without = Shown.of(content(category)), Shown.of(content(category, details={}))
        assert with_details.facts != without.facts or not given, category
