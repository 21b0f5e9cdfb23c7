"""The audit of official pages on paper: the register with what every page lacks and what to do."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime

from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.words import count, full_day, table_day
from otklik.outreach.models import OfficialPage
from otklik.outreach.rules import CHECKS, findings_from
from otklik.outreach.words import NETWORKS
from otklik.reports.parts import Cell, Document, Writing, count_cell, text_cell

PAGES = ("страница", "страницы", "страниц")
HEAD = ("Страница", "Площадка", "Ответственный", "Проверена", "Пробелы и что сделать")
WIDTHS = (2.2, 1.0, 1.6, 1.0, 3.2)


def audit_paper(
    municipality: Municipality,
    pages: Sequence[OfficialPage],
    missing: Sequence[tuple[str, str]],
    now: datetime,
) -> Document:
    """The audit as of this moment; `missing` are (organisation, network) without a page the law asks for."""
    page = Writing()
    with_gaps = [one for one in pages if one.gaps]
    unseen = sum(one.checked_at is None for one in pages)
    page.head("Итог")
    page.say(
        f"Ведётся {count(len(pages), *PAGES)}, с пробелами {len(with_gaps)}.",
        f"Ещё не проверено: {unseen}." if unseen else "",
        f"Нет страницы, которую требует 8-ФЗ: {len(missing)}." if missing else "",
    )
    page.table("Каких пробелов сколько", ("Что проверяется", "Страниц с пробелом"), _sums(pages), (3.0, 1.0))
    page.table(
        "Каких страниц нет",
        ("Чья страница", "Площадка"),
        [(text_cell(name), text_cell(NETWORKS[network])) for name, network in missing],
        (3.0, 1.0),
    )
    page.head("По страницам")
    page.table("Реестр официальных страниц", HEAD, [_line(one) for one in pages], WIDTHS)
    if not pages:
        page.say("В реестре нет ни одной страницы.")
    centre = charter_of(municipality).identity.centre_title
    foot = f"Составлено {table_day(now.date())}, {now:%H:%M}. Личных данных нет."
    return Document(
        "Проверка официальных страниц",
        "администрации и учреждений",
        f"на {full_day(now.date())}",
        centre,
        "",
        "",
        tuple(page.parts),
        day=full_day(now.date()),
        foot=foot,
    )


def _sums(pages: Sequence[OfficialPage]) -> list[tuple[Cell, ...]]:
    codes = [one["code"] for page in pages for one in page.gaps]
    return [(text_cell(title), count_cell(codes.count(code))) for code, title in CHECKS.items()]


def _line(page: OfficialPage) -> tuple[Cell, ...]:
    gaps = findings_from(page.gaps)
    told = " ".join(f"{one.words} {one.todo}" for one in gaps) or "пробелов нет"
    checked = table_day(localtime(page.checked_at).date()) if page.checked_at else "ещё нет"
    return (
        Cell(f"{page.title}. {page.organisation}", link=page.url),
        text_cell(page.get_network_display()),
        text_cell(page.responsible or "не назван"),
        text_cell(checked),
        text_cell(told if page.checked_at else "ждёт проверки"),
    )
