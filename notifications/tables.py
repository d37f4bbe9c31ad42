from piccolo.columns import UUID, BigSerial, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from members.tables import Member


class Notification(Table, tablename="notification"):
    """One row per person, topic and thing while unread: ten messages of one conversation are one notification."""

    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    topic = Varchar(length=30, null=False)  # a Topic; without `choices`, so that a new one needs no migration
    thing = UUID(null=False, default=None)
    about = Text(null=False, default="")  # the ad's title; shown in the app, never sent by e-mail
    path = Text(null=False)
    times = Integer(null=False, default=1)
    first_at = Timestamptz()
    last_at = Timestamptz()
    read_at = Timestamptz(null=True, default=None)
    mailed_at = Timestamptz(null=True, default=None)


class NewsMail(Table, tablename="news_mail"):
    """When somebody was last written to about news, and when it is looked again whether there is more to write of."""

    member = ForeignKey(Member, null=False, on_delete=OnDelete.cascade, primary_key=True)
    mailed_at = Timestamptz()
    due_at = Timestamptz(null=True, default=None)


class MailStop(Table, tablename="mail_stop"):
    """E-mails a member wants no more of: those that say one topic, which the site goes on telling."""

    id = BigSerial(primary_key=True)
    member = ForeignKey(Member, null=False, on_delete=OnDelete.cascade)
    topic = Varchar(length=30, null=False)
    stopped_at = Timestamptz()

    stopped_once = Unique(["member", "topic"])
