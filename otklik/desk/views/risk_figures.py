"""Аналитика рисков: how quickly the centre tells, verifies and answers; by level, topic and page. Exercises apart."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from otklik.common.words import number, percent
from otklik.desk.page import needs, page_or_part
from otklik.desk.periods import period_asked, period_picker
from otklik.desk.request import DeskRequest
from otklik.desk.risk_look import span_of
from otklik.desk.views.risks import SEES
from otklik.risks.figures import SPEEDS, Cut, Line, speeds, summary

NAMES = {
    "alert": "до алерта",
    "verify": "до проверки",
    "first_word": "до первого слова",
    "full_answer": "до полного ответа",
}
CUTS: tuple[tuple[Cut, str, str], ...] = (
    ("level", "По уровням", "Уровень"),
    ("topic", "По темам", "Тема"),
    ("page", "По страницам", "Страница"),
)


@require_safe
@needs(*SEES)
def figures(request: DeskRequest) -> HttpResponse:
    """The period in numbers and the speed of each clock by three cuts."""
    town, now, today = request.municipality, timezone.now(), timezone.localdate()
    period = period_asked(request.GET, today)
    context: dict[str, Any] = {
        "whole": summary(town, period, now),
        "cuts": [
            (title, head, [_row(one) for one in speeds(town, period, cut, now)]) for cut, title, head in CUTS
        ],
        "heads": [NAMES[one] for one in SPEEDS],
        "picker": period_picker(request.GET, period, today),
    }
    return page_or_part(request, "risks/figures", context)


def _row(line: Line) -> dict[str, Any]:
    """A line as it is read: the median of each clock and how many were in time."""
    cells = []
    for name in SPEEDS:
        one = line.speeds[name]
        share = "" if one.share is None else f"в срок {number(one.in_time)} из {number(one.started)}"
        cells.append(
            (NAMES[name], span_of(one.minutes), share, "" if one.share is None else percent(one.share))
        )
    return {"title": line.title, "risks": line.risks, "cells": cells}
