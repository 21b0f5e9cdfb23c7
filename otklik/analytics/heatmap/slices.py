"""Slices of the heat map: kept with day and source for a decision, handed over to a system outside (BI ЦУР РФ)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.analytics.models import FactMark, HeatmapSlice
from otklik.audit.services import record
from otklik.channels.files import store_file
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.common.words import table_day
from otklik.language.official import official_text

PAGE = "/heatmap/slices/"


@dataclass(frozen=True)
class SliceText:
    """What is kept: the days, the question of the address, how many cases, the workbook, for which decision."""

    period: Period
    question: str
    cards: int
    content: bytes
    purpose: str


@carries_out("BOR-1.1.3", "MIH-1.1.7")
def keep_slice(town: Municipality, said: SliceText, by: User, now: datetime) -> HeatmapSlice:
    """Keep the map as it is. Raises Refused when the facts are not counted yet or no decision is named."""
    mark = FactMark.objects.filter(municipality=town).first()
    if mark is None or mark.brought_at is None:
        raise Refused("Показатели ещё не построены: сохранять нечего.")
    name = f"heatmap-{said.period.since:%Y%m%d}-{said.period.until:%Y%m%d}.xlsx"
    made = HeatmapSlice.objects.create(
        municipality=town,
        since=said.period.since,
        until=said.period.until,
        question=said.question[:500],
        cards=said.cards,
        source=f"карточки центра, показатели доведены до {table_day(day_in(town, mark.brought_at))}",
        purpose=official_text("Для какого решения", said.purpose, 300),
        file=store_file(said.content, name, town),
        kept_at=now,
        kept_by=by,
        kept_title=rights_of(by, town).title[:200],
    )
    record(made, "analytics.slice_kept", by, town, why=made.purpose, title=str(made))
    return made


@carries_out("BOR-1.2.и.1")
def hand_slice(kept: HeatmapSlice, where: str, number: str, by: User, now: datetime) -> HeatmapSlice:
    """Write down that the slice went to a system outside, and its number there. Raises Refused the second time."""
    said = official_text("Куда передан", where, 200)
    outer = official_text("Номер", number, 100, must=False)
    title = rights_of(by, kept.municipality).title[:200]
    rows = HeatmapSlice.objects.filter(pk=kept.pk, handed_at=None)
    if not rows.update(handed_at=now, handed_to=said, handed_number=outer, handed_title=title):
        raise Refused("Срез уже передан. Обновите страницу.")
    kept.refresh_from_db()
    record(kept, "analytics.slice_handed", by, kept.municipality, why=said, title=str(kept))
    return kept


def slices_of(town: Municipality) -> QuerySet[HeatmapSlice]:
    """Slices, the newest first."""
    return HeatmapSlice.objects.filter(municipality=town).select_related("file", "municipality")
