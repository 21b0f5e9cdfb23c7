"""The content plan on paper: the posts of the days shown, a row each, for any renderer."""

from collections.abc import Sequence
from datetime import datetime

from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.words import count, full_day, table_day, weekday_and_day
from otklik.desk.content_board import BoardFilter, PostCard, say_days
from otklik.reports.parts import Cell, Document, Paragraph, Part, Table

POSTS = ("запись", "записи", "записей")
HEAD = ("День", "Время", "Заголовок", "Страница", "Рубрика", "Состояние")
WIDTHS = (13.0, 8.0, 37.0, 18.0, 12.0, 12.0)


def plan_paper(
    municipality: Municipality, cards: Sequence[PostCard], conditions: BoardFilter, now: datetime
) -> Document:
    """`now` is local; cards without a day stand last."""
    ordered = sorted(cards, key=lambda card: (card.at == "", card.at, card.pk))
    days = say_days(conditions.day or now.date(), conditions.view)
    opening = f"В плане {count(len(ordered), *POSTS)}."
    table = Table("План публикаций", HEAD, tuple(_line(card) for card in ordered), WIDTHS)
    parts: tuple[Part, ...] = (Paragraph(opening), table) if ordered else (Paragraph("Записей нет."),)
    centre = charter_of(municipality).identity.centre_title
    foot = f"Составлено {table_day(now.date())}, {now:%H:%M}. Личных данных нет."
    return Document(
        "План публикаций",
        "на официальных страницах",
        days,
        centre,
        "",
        "",
        parts,
        day=full_day(now.date()),
        foot=foot,
    )


def _line(card: PostCard) -> tuple[Cell, ...]:
    day = weekday_and_day(datetime.fromisoformat(card.at).date()) if card.at else "без дня"
    return (
        Cell(day),
        Cell(card.time or "—"),
        Cell(card.title),
        Cell(f"{card.page} ({card.network})"),
        Cell(card.rubric or "—"),
        Cell(card.words),
    )
