"""Queries that prove clauses about meetings: rows of the period by the moment of the deed."""

from django.db.models import Q

from otklik.charter.evidence import Evidence, counted, during, proves
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.office.models import (
    AgendaItem,
    Decision,
    Dispatch,
    Material,
    Meeting,
    Opinion,
    Participant,
    Preparation,
    Proposal,
)

PAGE = "/meetings/"
HELD = ("running", "finished", "signed", "sent", "held")


@proves("office.meetings", "office.meeting_form")
def meetings(municipality: Municipality, period: Period) -> Evidence:
    """Meetings that took place, with their forms."""
    rows = Meeting.objects.filter(state__in=HELD, **during("starts_at", municipality, period))
    absent = rows.filter(form="in_absentia").count()
    return counted(rows, "starts_at", PAGE, f"из них заочных {absent}")


@proves("office.convening")
def convening(municipality: Municipality, period: Period) -> Evidence:
    """Meetings convened with a reason."""
    rows = Meeting.objects.filter(**during("convened_at", municipality, period)).exclude(reason="")
    return counted(rows, "convened_at", PAGE)


@proves("office.chair")
def chairs(municipality: Municipality, period: Period) -> Evidence:
    """Meetings with their chair recorded."""
    rows = Meeting.objects.filter(chair__isnull=False, **during("started_at", municipality, period))
    return counted(rows, "started_at", PAGE)


@proves("office.substitution")
def substitution(municipality: Municipality, period: Period) -> Evidence:
    """Meetings led in the place of an absent chair, with the ground."""
    rows = Meeting.objects.filter(**during("started_at", municipality, period)).exclude(chair_for="")
    return counted(rows, "started_at", PAGE)


@proves("office.participants")
def participants(municipality: Municipality, period: Period) -> Evidence:
    """Meetings whose participants were picked from among the members."""
    convened = during("convened_at", municipality, period)
    rows = Meeting.objects.filter(participants__kind="member", **convened)
    return counted(rows, "convened_at", PAGE)


@proves("office.invited")
def invited(municipality: Municipality, period: Period) -> Evidence:
    """Experts and officials of other bodies invited to meetings."""
    rows = Participant.objects.filter(**during("meeting__convened_at", municipality, period))
    return counted(rows.exclude(kind="member"), "meeting__convened_at", PAGE)


@proves("office.agenda")
def agenda(municipality: Municipality, period: Period) -> Evidence:
    """Agendas agreed together with the day and the time."""
    return counted(Meeting.objects.filter(**during("agreed_at", municipality, period)), "agreed_at", PAGE)


@proves("office.preparation")
def preparation(municipality: Municipality, period: Period) -> Evidence:
    """Tasks of preparing meetings, each an errand with its post and date."""
    rows = Preparation.objects.filter(**during("errand__given_at", municipality, period))
    done = rows.filter(errand__state="accepted").count()
    return counted(rows, "errand__given_at", PAGE, f"исполнено {done}")


@proves("office.materials")
def materials(municipality: Municipality, period: Period) -> Evidence:
    """Papers members brought to questions of agendas."""
    return counted(Material.objects.filter(**during("at", municipality, period)), "at", PAGE)


@proves("office.attendance")
def attendance(municipality: Municipality, period: Period) -> Evidence:
    """Members who came, or gave an opinion in absentia."""
    here = Q(attendance="present") | Q(pk__in=Opinion.objects.values("participant"))
    started = during("meeting__started_at", municipality, period)
    return counted(Participant.objects.filter(here, kind="member", **started), "meeting__started_at", PAGE)


@proves("office.protocols")
def protocols(municipality: Municipality, period: Period) -> Evidence:
    """Meetings whose protocol has decisions."""
    rows = Meeting.objects.filter(
        pk__in=AgendaItem.objects.filter(decisions__isnull=False).values("meeting"),
        **during("started_at", municipality, period),
    )
    return counted(rows, "started_at", PAGE)


@proves("office.protocols_signed")
def protocols_signed(municipality: Municipality, period: Period) -> Evidence:
    """Protocols signed by who leads."""
    return counted(Meeting.objects.filter(**during("signed_at", municipality, period)), "signed_at", PAGE)


@proves("office.protocols_sent")
def protocols_sent(municipality: Municipality, period: Period) -> Evidence:
    """Extracts sent to posts by their competence."""
    return counted(Dispatch.objects.filter(**during("at", municipality, period)), "at", PAGE)


@proves("office.member_proposals")
def member_proposals(municipality: Municipality, period: Period) -> Evidence:
    """Proposals of members; how many have a decision."""
    rows = Proposal.objects.filter(**during("at", municipality, period))
    return counted(rows, "at", PAGE, f"решено по {rows.exclude(decision='').count()}")


@proves("office.decisions_done")
def decisions_done(municipality: Municipality, period: Period) -> Evidence:
    """Decisions of protocols with a report of what was done, by the day of acceptance."""
    rows = Decision.objects.filter(
        errand__state="accepted", **during("errand__closed_at", municipality, period)
    )
    return counted(rows, "errand__closed_at", "/errands/")
