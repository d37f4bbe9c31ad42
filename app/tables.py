from piccolo.columns import Integer, Text, Timestamptz
from piccolo.table import Table


class Throttle(Table):
    """How often something was tried, by whom, since when: shared by every process."""

    bucket = Text(primary_key=True, null=False)
    since = Timestamptz()
    tries = Integer(default=1)
