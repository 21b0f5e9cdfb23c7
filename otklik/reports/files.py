"""A kept report as files: a frozen one is drawn by the look it was frozen with, so its file stays what it was."""

from django.utils.text import slugify

from otklik.common.period import Period
from otklik.common.periods import write_period
from otklik.reports.models import Report
from otklik.reports.render.beside import draw
from otklik.reports.selectors import document_of
from otklik.reports.templating import template_of


def file_of(report: Report, form: str) -> tuple[str, bytes]:
    """Name and content. Raises KeyError for a form of file that is not there."""
    document = document_of(report)
    if form == "docx":
        version = report.basis.get("template")
        look = template_of(report.municipality, report.form, version if report.frozen_at else None)
        return name_of(report, form), draw(document, form, look)
    return name_of(report, form), draw(document, form)


def name_of(report: Report, form: str) -> str:
    """`note-2026-10-3.docx`; a draft says `proekt` instead of its number."""
    period = write_period(Period(report.since, report.until)).replace("..", "-")
    name = slugify(f"{report.form}-{period}-{report.number or 'proekt'}")
    return f"{name}.{form}"
