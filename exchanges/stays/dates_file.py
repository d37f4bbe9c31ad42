"""The days of a confirmed swap as a calendar file, for the member who asks for it.

A calendar is shared with a family, a telephone, a company's server, and a stay says that a home is empty: the file
holds days and the way back here, neither where, nor with whom, nor that anybody leaves. For the same reason the private
feed, which is read without signing in, says nothing of stays at all.
"""

from datetime import date

from agenda.calendar_file import Event, calendar_of
from app.settings import settings
from exchanges.stays.access import ConfirmedSwap
from exchanges.stays.spans import spans

SUMMARY = "Entraide : dates convenues"
NAME = "Entraide"


def dates_file(swap: ConfirmedSwap) -> bytes:
    """In UTF-8. Whole days: a stay is one event, a room in the week one for each week."""
    agreed = {span for stay in swap.mine for span in spans(stay.first, stay.last, stay.days)}
    return calendar_of((_event(swap, *span) for span in sorted(agreed)), NAME)


def _event(swap: ConfirmedSwap, first: date, last: date) -> Event:
    return Event(
        uid=f"{swap.id}-{first}",
        day=first,
        starts=None,
        ends=None,
        summary=SUMMARY,
        where="",
        url=settings().site_url + swap.path,
        last_day=last,
    )
