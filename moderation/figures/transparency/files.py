"""The report in files other programs read."""

import csv
import io

import msgspec

from moderation.figures.transparency.report import Figure, Report, Section, Unit

HEADINGS = ("from", "to", "article", "section", "breakdown", "key", "label", "value", "unit")


def as_json(report: Report) -> bytes:
    return msgspec.json.encode(report)


def as_csv(report: Report) -> str:
    """One figure a line; an empty value was not measurable or a share of too few, `<5` a number too small to say."""
    lines = io.StringIO()
    written = csv.writer(lines)
    written.writerow(HEADINGS)
    for section in report.sections:
        for breakdown, figure in _figures(section):
            place = report.first, report.last, section.article, section.key, breakdown
            written.writerow([*place, figure.key, figure.label, _value(figure), figure.unit.value])
    return lines.getvalue()


def _figures(section: Section) -> list[tuple[str, Figure]]:
    divided = [(breakdown.key, row) for breakdown in section.breakdowns for row in breakdown.rows]
    return [*(("", figure) for figure in section.figures), *divided]


def _value(figure: Figure) -> str:
    if figure.is_small:
        return "<5" if figure.unit is Unit.things else ""
    return "" if figure.number is None else f"{figure.number:g}" if figure.number % 1 else str(int(figure.number))
