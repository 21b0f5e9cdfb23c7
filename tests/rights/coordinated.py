"""Records of coordination that addresses name: one of each kind, made through the services."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.utils import timezone

from otklik.analytics.heatmap.slices import SliceText, keep_slice
from otklik.analytics.models import FactMark, HeatmapSlice
from otklik.cases.models import Case
from otklik.channels.files import store_file
from otklik.charter.permissions import PERMISSIONS
from otklik.common.period import Period
from otklik.office.coordination.models import Attachment
from otklik.office.coordination.rules import plan_period
from otklik.office.coordination.services.affairs import AffairText, note_affair
from otklik.office.coordination.services.inquiries import Asked, ask
from otklik.office.coordination.services.papers import MethodWords, issue_method, send_round
from otklik.office.coordination.services.plans import ItemText, add_item, draft_plan
from otklik.office.coordination.services.proposals import ProposalText, propose
from otklik.topics.models import Block
from tests.town import Town


def coordinated(town: Town, case: Case) -> dict[str, list[Any]]:
    """Arguments of the addresses of coordination; the request is sent to the body of the case."""
    whose, now = town.municipality, timezone.now()
    today, by = timezone.localdate(now), town.user_with("organiser", sorted(PERMISSIONS))
    assert case.body is not None
    plan = draft_plan(whose, plan_period(today, 1), by, now)
    item = add_item(plan, ItemText("Провести сверку с органами", plan.until), by, now)
    affair = note_affair(
        whose, AffairText("cooperation", "Сверка сроков", today, with_whom="Общий отдел"), by, now
    )
    said = ProposalText("head", "Ямы на дорогах", "Поручить проверить подрядчика.", "41 жалоба за месяц")
    proposal = propose(whose, said, by, now)
    later = today + timedelta(days=5)
    inquiry = ask(whose, Asked("statistics", "Дороги", "Сколько заявок?", later, [case.body]), by, now)
    file = store_file("памятка".encode(), "pamyatka.txt", whose)
    note = issue_method(
        whose, MethodWords("Как отвечать", "answers", "Отвечайте на вопрос."), [file], by, now
    )
    blocks = list(Block.objects.filter(municipality=whose).values_list("key", flat=True))
    sheet = send_round(whose, "Порядок обмена", "Текст порядка.", later, blocks, by, now)
    return {
        "affair_kind": ["training"],
        "affair": [affair.pk],
        "affair_deed": [affair.pk, "hold"],
        "proposal": [proposal.pk],
        "method_file": [Attachment.objects.get(method__note=note).pk],
        "plan": [plan.pk],
        "plan_file": [plan.pk, "docx"],
        "plan_item": [item.pk],
        "plan_item_deed": [item.pk, "edit"],
        "method": [note.pk],
        "method_deed": [note.pk, "read"],
        "visa": [sheet.pk],
        "visa_deed": [sheet.pk, "edition"],
        "paper_form": ["pdf"],
        "inquiry": [inquiry.pk],
        "inquiry_deed": [inquiry.pk, "withdraw"],
        "inquiry_file": [inquiry.pk, "docx"],
        "heatmap_slice": [_slice(town).pk],
    }


def _slice(town: Town) -> HeatmapSlice:
    """A slice of the heat map, after the facts have been counted once."""
    whose, now = town.municipality, timezone.now()
    FactMark.objects.update_or_create(municipality=whose, defaults={"brought_at": now})
    days = Period(timezone.localdate(now), timezone.localdate(now))
    said = SliceText(days, "", 0, workbook(), "Где чинить дороги")
    return keep_slice(whose, said, town.user_with("keeper-of-slices", ["analytics.study"]), now)


def workbook() -> bytes:
    """The smallest file that is told for a workbook."""
    memory = BytesIO()
    with ZipFile(memory, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return memory.getvalue()
