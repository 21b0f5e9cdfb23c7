"""Papers as they stand when signed: each form for each report of the charter; a request of the region answered."""

from datetime import timedelta
from typing import Any

from otklik.common.period import Period
from otklik.reports.materials import Asked, assemble, confirm_part, fill_part, take_request
from otklik.reports.models import Report, ReportConfirmation
from tests.charter.planters.ground import Ground, plants


def signed(ground: Ground, form: str, charter_key: str = "", **more: Any) -> Report:
    """The smallest signed paper: composing each form whole is tested where forms are."""
    return Report.objects.create(
        municipality=ground.whose,
        form=form,
        charter_key=charter_key,
        title="Записка",
        number=1,
        since=ground.today,
        until=ground.today,
        document={},
        digest="planted",
        composed_at=ground.now,
        frozen_at=ground.now,
        **{"state": "approved", "approved_at": ground.now, **more},
    )


def _of_form(form: str, charter_key: str, *keys: str) -> None:
    @plants(*keys)
    def paper(ground: Ground) -> None:
        signed(ground, form, charter_key)

    paper.__name__ = f"paper_{form}_{charter_key or 'own'}"


_of_form("note", "note", "reports.note", "reports.verified", "reports.consolidated")
_of_form("quarter", "quarterly", "reports.quarterly", "reports.region_data")
_of_form("channel", "pos", "reports.pos")
_of_form("channel", "incident", "reports.incident")
_of_form("note", "decision_support", "reports.decision_support")
_of_form("note", "recipients_work", "reports.leader_review")
_of_form("projects", "region_projects", "reports.region_projects")
_of_form("analysis", "", "reports.auto_result")
_of_form("planning", "", "reports.planning", "reports.planning_region")


@plants("reports.block")
def a_part_confirmed_by_a_block(ground: Ground) -> None:
    report = signed(ground, "note", state="draft", approved_at=None)
    ReportConfirmation.objects.create(
        municipality=ground.whose,
        report=report,
        block_key=ground.block.key,
        block_title=ground.block.title,
        by=ground.by,
        at=ground.now,
    )


@plants("office.requests_region")
def a_request_answered(ground: Ground) -> None:
    days, due = Period(ground.today, ground.today), ground.today + timedelta(days=5)
    letter = Asked("ЦУР", "Сведения о дорогах.", days, due, [ground.block.key])
    request = take_request(ground.whose, letter, ground.by, ground.now)
    for part in request.parts.all():
        fill_part(part, "Работы идут.", ground.by, ground.now)
        confirm_part(part, ground.by, ground.now)
    report = assemble(request, ground.by, ground.now)
    Report.objects.filter(pk=report.pk).update(
        state="sent",
        sent_how="СЭД",
        number=1,
        digest="planted",
        frozen_at=ground.now,
        approved_at=ground.now,
        sent_at=ground.now,
    )
