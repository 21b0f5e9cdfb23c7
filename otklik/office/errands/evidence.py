"""Queries that prove clauses about errands: given, of blocks, the daily management of the centre's head."""

from otklik.accounts.models import Holding
from otklik.charter.evidence import Evidence, counted, during, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.office.errands.models import Errand, ErrandMove

PAGE = "/errands/?show=all"
RULES = ("given", "accept", "send_back", "extend", "refuse", "remove", "note")
"""Deeds by which the head directs the work, as against doing what he was told."""


@proves("office.errands")
def errands(municipality: Municipality, period: Period) -> Evidence:
    """Errands of the period, each with its post and date, and how many are accepted already."""
    rows = Errand.objects.filter(**during("given_at", municipality, period))
    accepted = rows.filter(state="accepted").count()
    return counted(rows, "given_at", PAGE, f"исполнено и принято {accepted}")


@proves("office.block_tasks")
def tasks_of_blocks(municipality: Municipality, period: Period) -> Evidence:
    """Errands of the period that a block carries out."""
    rows = Errand.objects.filter(**during("given_at", municipality, period)).exclude(block_key="")
    blocks = rows.values("block_key").distinct().count()
    return counted(rows, "given_at", PAGE, f"блоков с задачами: {blocks}")


@proves("office.operations")
def operations(municipality: Municipality, period: Period) -> Evidence:
    """Orders and decisions of the centre's head about errands in the period."""
    heads = Holding.objects.filter(municipality=municipality, role__key="head").values("user")
    rows = ErrandMove.objects.filter(deed__in=RULES, by__in=heads, **during("at", municipality, period))
    return counted(rows, "at", PAGE, "распоряжения и решения руководителя")
