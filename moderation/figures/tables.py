"""Transparency reports once made are never made again."""

from piccolo.columns import JSONB, Integer, Timestamptz
from piccolo.table import Table


class TransparencyYear(Table, tablename="transparency_year"):
    """The figures of one year as they were published; a trigger refuses every change."""

    year = Integer(primary_key=True)
    made_at = Timestamptz()
    figures = JSONB(null=False)
