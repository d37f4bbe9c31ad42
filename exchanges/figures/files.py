"""The figures in a file a spreadsheet reads."""

import csv
import io
from collections.abc import Iterator

from exchanges.figures.report import Number, Report, Share, Wait

HEADINGS = ("day", "section", "key", "label", "value", "measure")


def as_csv(report: Report) -> str:
    """One figure a line; `<5` is a number too small to say, an empty value one that would give another away."""
    lines = io.StringIO()
    written = csv.writer(lines)
    written.writerow(HEADINGS)
    for section, one in _figures(report):
        for value, measure in _values(one):
            key, label = (one.households.key, one.households.label) if isinstance(one, Wait) else (one.key, one.label)
            written.writerow((report.day, section, key, label, value, measure))
    return lines.getvalue()


def _figures(report: Report) -> Iterator[tuple[str, Number | Share | Wait]]:
    yield "waiting", report.waiting
    yield "served", report.served
    for section in ("waits", "served_waits", "forms", "form_shares", "months", "proposals", "rates", "reasons"):
        yield from ((section, one) for one in getattr(report, section))
    yield from (("regions", one) for one in report.regions)
    yield from (("calls", one) for one in report.calls)


def _values(one: Number | Share | Wait) -> list[tuple[str | int, str]]:
    if isinstance(one, Share):
        return [("" if one.percent is None else one.percent, "percent")]
    if isinstance(one, Number):
        return [(_value(one), "count")]
    waits = [("" if days is None else days) for days in (one.median, one.most)]
    return [(_value(one.households), "count"), (waits[0], "median days"), (waits[1], "90th percentile days")]


def _value(number: Number) -> str | int:
    return "<5" if number.is_small else "" if number.value is None else number.value
