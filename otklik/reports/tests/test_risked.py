"""The section of information risks: figures, a table, and no exercises."""

from datetime import timedelta

import pytest

from otklik.common.period import Period
from otklik.reports.forms.risked import risks_kept
from otklik.reports.parts import Table, Writing
from otklik.reports.source import Source
from otklik.risks.tests.cast import HOUR, LOW, NOW, Cast
from tests.town import build_town

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_paper_tells_of_risks_of_its_period_and_not_of_exercises() -> None:
    cast = Cast(build_town("demyansk"))
    days = Period(NOW.date() - timedelta(days=5), NOW.date() + timedelta(days=5))
    source, page = Source(cast.whose, days, NOW + 100 * HOUR), Writing()
    cast.found(drill=True)
    assert not risks_kept(source, page) and page.parts == []
    cast.closed()
    cast.found(LOW)
    assert risks_kept(source, page)
    said, table = page.parts
    assert isinstance(table, Table)
    text = getattr(said, "text", "").replace("\u00a0", " ")
    assert text.startswith("Выявлено 2 риска, отработано 1, подтвердилось 1.")
    assert "сообщить в алерт-чат 1 из 2" in text
    rows = [[cell.text.replace("\u00a0", " ") for cell in row] for row in table.rows]
    assert rows[0] == ["№ 1. Качество воды", "высокий", "подтверждён", "отработан", "через 40 мин"]
    assert [row[1] for row in rows] == ["высокий", "низкий"]
