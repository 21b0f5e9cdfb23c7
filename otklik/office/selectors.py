"""Questions about meetings: who is a member, what is on, what waits for a person, how the agenda's lines stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from otklik.accounts.models import Holding, User
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.today import today_in
from otklik.common.words import tie
from otklik.language.posts import dative_of
from otklik.office.models import AgendaItem, Decision, Meeting, Opinion, Participant, Proposal
from otklik.office.rules import NAMES, Line, Quorum, quorum_of

PAGE = "/meetings/"


@dataclass(frozen=True)
class Member:
    """A person of the centre by the post, never by name."""

    user_id: int
    title: str
    email: str


@dataclass(frozen=True)
class Numbered:
    """A decision with its number in the protocol and its sentence's parts."""

    number: str
    decision: Decision
    line: Line


def page_of(meeting: Meeting) -> str:
    """The address of the meeting."""
    return f"{PAGE}{meeting.pk}/"


def name_of(meeting: Meeting) -> str:
    """«Заседание МЦУ № 9», by the word of the charter's mode."""
    mode = charter_of(meeting.municipality).meetings.mode
    return tie(f"{NAMES[mode][1]} № {meeting.number}")


def meetings_in(municipality: Municipality) -> QuerySet[Meeting]:
    """All meetings, the latest first."""
    return Meeting.objects.filter(municipality=municipality).select_related("municipality")


def listed(municipality: Municipality) -> QuerySet[Meeting]:
    """Meetings with the numbers a list shows."""
    return meetings_in(municipality).annotate(
        questions=Count("items", distinct=True),
        people=Count("participants", filter=Q(participants__kind="member"), distinct=True),
        came=Count(
            "participants",
            filter=Q(participants__kind="member", participants__attendance="present"),
            distinct=True,
        ),
        errands=Count("items__decisions", filter=Q(items__decisions__errand__isnull=False), distinct=True),
        done=Count("items__decisions", filter=Q(items__decisions__errand__state="accepted"), distinct=True),
    )


def members_of(municipality: Municipality) -> list[Member]:
    """Working members of the centre today, by their posts, in the order of the charter's roles."""
    today = today_in(municipality)
    held = (
        Holding.objects.filter(
            Q(until__isnull=True) | Q(until__gte=today),
            since__lte=today,
            municipality=municipality,
            user__is_active=True,
            role__permissions__contains=["office.attend"],
        )
        .select_related("user", "role", "post")
        .order_by("role__position", "pk")
    )
    found: dict[int, Member] = {}
    for one in held:
        title = one.post.title if one.post else one.role.title
        acting = f"{title} (врио)" if one.is_acting else title
        found.setdefault(one.user_id, Member(one.user_id, acting, one.user.email))
    return list(found.values())


def title_in(municipality: Municipality, user: User) -> str:
    """The member's post as meetings call it; empty for somebody who is no member."""
    return next((one.title for one in members_of(municipality) if one.user_id == user.pk), "")


def title_of_role(municipality: Municipality, key: str | None) -> str:
    """How the charter calls a role; empty for none."""
    roles = charter_of(municipality).roles
    return roles[key].title if key in roles else ""


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda with decisions, opinions and materials read at once."""
    decisions = Decision.objects.select_related("post__body", "control", "errand").order_by("pk")
    opinions = Opinion.objects.select_related("participant").order_by("participant_id")
    return list(
        meeting.items.prefetch_related(
            Prefetch("decisions", decisions), Prefetch("opinions", opinions), "materials"
        ).order_by("position", "pk")
    )


def line_of(decision: Decision) -> Line:
    """The decision as its sentence takes it."""
    return Line(
        decision.kind,
        dative_of(decision.post.title) if decision.post else "",
        decision.what,
        decision.result,
        decision.due,
        decision.control.title if decision.control else "",
    )


def numbered(items: Iterable[AgendaItem]) -> list[Numbered]:
    """Every decision of the agenda with its number «2.3»."""
    return [
        Numbered(f"{place}.{turn}", one, line_of(one))
        for place, item in enumerate(items, 1)
        for turn, one in enumerate(item.decisions.all(), 1)
    ]


def attendance_of(meeting: Meeting, participants: Iterable[Participant]) -> Quorum:
    """Who of the members takes part: here in person, or with an opinion given in absentia."""
    members = [one for one in participants if one.kind == "member"]
    if meeting.form == "in_absentia":
        gave = set(Opinion.objects.filter(item__meeting=meeting).values_list("participant_id", flat=True))
        present = sum(one.pk in gave for one in members)
    else:
        present = sum(one.attendance == "present" for one in members)
    return quorum_of(charter_of(meeting.municipality).meetings, present, len(members))


def waiting_for(user: User, municipality: Municipality, now: datetime) -> QuerySet[Meeting]:
    """Meetings in absentia that still wait for the person's opinion on some question."""
    mine = Participant.objects.filter(meeting=OuterRef("meeting"), user=user)
    given = Opinion.objects.filter(item=OuterRef("pk"), participant__user=user)
    silent = AgendaItem.objects.filter(Exists(mine), ~Exists(given))
    return meetings_in(municipality).filter(
        form="in_absentia", state="running", answers_until__gt=now, pk__in=silent.values("meeting")
    )


def proposals_of(municipality: Municipality) -> QuerySet[Proposal]:
    """Proposals of members, the newest first."""
    return Proposal.objects.filter(municipality=municipality)
