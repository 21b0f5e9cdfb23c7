"""Queries that prove clauses about plans, requests, training, methods, visas, cooperation and support."""

from django.db.models import QuerySet

from otklik.charter.evidence import Evidence, counted, during, proves
from otklik.charter.own_evidence import acts_that
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.words import count
from otklik.office.coordination.models import (
    Affair,
    CompositionAct,
    InquiryPart,
    MethodText,
    PlanItem,
    Proposal,
    Visa,
    WorkPlan,
)
from otklik.office.coordination.process import effect_of
from otklik.office.coordination.words import PAGE, PROPOSALS, REQUESTS, register_address


@proves("office.plan")
def plans(municipality: Municipality, period: Period) -> Evidence:
    """Plans approved in the period or in force in it, and how many of their lines are done."""
    rows = WorkPlan.objects.filter(
        municipality=municipality,
        approved_at__isnull=False,
        approved_at__lt=period.moments(municipality.time_zone)[1],
        since__lte=period.until,
        until__gte=period.since,
    )
    items = PlanItem.objects.filter(plan__in=rows, dropped_at=None)
    done = items.filter(done_at__isnull=False).count()
    return counted(rows, "approved_at", f"{PAGE}plans/", f"исполнено пунктов: {done} из {items.count()}")


@proves("charter.composition_act")
def composition_acts(municipality: Municipality, period: Period) -> Evidence:
    """Acts that approve the composition and have a date: those the charter names and those written down here."""
    named = acts_that(
        municipality, period, lambda act: "composition" in act.approves and act.date is not None
    )
    rows = CompositionAct.objects.filter(municipality=municipality, day__lte=period.until)
    noted = counted(rows, "at", "/people/")
    moments = [one for one in (named.last_at, noted.last_at) if one]
    told = f"актов: {named.count + noted.count}"
    shown = (*named.rows, *noted.rows)
    return Evidence(named.count + noted.count, max(moments, default=None), "/people/", told, rows=shown)


def _held(kind: str, municipality: Municipality, period: Period) -> QuerySet[Affair]:
    return Affair.objects.filter(kind=kind, **during("held_at", municipality, period))


def _of_affairs(key: str, kind: str) -> None:
    """Register one query: affairs of the kind that ended with a result in the period."""

    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        return counted(_held(kind, municipality, period), "held_at", register_address(kind))


_of_affairs("office.outer_meetings", "outer_meeting")
_of_affairs("office.training", "training")
_of_affairs("office.cooperation", "cooperation")
_of_affairs("office.support", "support")


@proves("quality.process_change")
def changed_processes(municipality: Municipality, period: Period) -> Evidence:
    """Changes of the work put into force in the period; of how many quality can be compared."""
    rows = _held("process", municipality, period)
    compared = sum(
        effect is not None and effect.before.number is not None and effect.after.number is not None
        for effect in (effect_of(one, period.until) for one in rows.select_related("topic"))
    )
    return counted(rows, "held_at", register_address("process"), f"качество до и после известно у {compared}")


@proves("office.requests_out")
def asked(municipality: Municipality, period: Period) -> Evidence:
    """Bodies asked for materials in the period, and how many have answered."""
    rows = InquiryPart.objects.filter(**during("inquiry__asked_at", municipality, period))
    answered = rows.filter(answered_at__isnull=False).count()
    return counted(rows, "inquiry__asked_at", REQUESTS, f"ответили: {answered}")


@proves("office.methods")
def methods(municipality: Municipality, period: Period) -> Evidence:
    """Versions of method notes issued in the period."""
    rows = MethodText.objects.filter(**during("at", municipality, period))
    read = rows.filter(readings__isnull=False).values("pk").distinct().count()
    return counted(rows, "at", f"{PAGE}methods/", f"с отметками об ознакомлении: {read}")


@proves("office.visas")
def visas(municipality: Municipality, period: Period) -> Evidence:
    """Words of blocks on papers in the period."""
    rows = Visa.objects.filter(**during("at", municipality, period))
    remarks = rows.filter(decision="remarks").count()
    return counted(rows, "at", f"{PAGE}visas/", f"с замечаниями {count(remarks, 'виза', 'визы', 'виз')}")


@proves("problems.participation")
def participation(municipality: Municipality, period: Period) -> Evidence:
    """Proposals of the period that a body takes part in solving a problem."""
    rows = Proposal.objects.filter(kind="participation", **during("made_at", municipality, period))
    accepted = rows.filter(decision="accepted").count()
    return counted(rows, "made_at", PROPOSALS, f"принято: {accepted}")
