"""The autumn of 2026 in zone B: holidays from 17 October to 1 November, clocks back on 25 October, 11 November off."""

from datetime import date, time

from listings.schedules.schedule import Schedule, Weekly
from places.school_zones import SchoolZone

FIRST, LAST = date(2026, 10, 5), date(2026, 11, 15)

SCHOOL_RUN = Schedule(
    weekly=Weekly(
        days=(0, 1, 2, 3, 4),
        starts=time(8, 10),
        ends=time(8, 40),
        except_holidays=SchoolZone.b,
        except_public_holidays=True,
        department="29",
    )
)
BEFORE = [date(2026, 10, day) for day in (5, 6, 7, 8, 9, 12, 13, 14, 15, 16)]
"""The school days of summer time."""
AFTER = [date(2026, 11, day) for day in (2, 3, 4, 5, 6, 9, 10, 12, 13)]
"""Those of winter time: the holidays ended after the clocks went back."""
