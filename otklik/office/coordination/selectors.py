"""Questions about coordination: how plans, requests and papers stand on a day, what waits for a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from otklik.accounts.models import Holding, User
from otklik.accounts.selectors import Rights
from otklik.common.models import Municipality
from otklik.office.coordination.models import (
    Affair,
    Attachment,
    Inquiry,
    InquiryPart,
    MethodNote,
    MethodReading,
    MethodText,
    Participant,
    PlanItem,
    Proposal,
    Visa,
    VisaSheet,
    WorkPlan,
)
from otklik.office.coordination.rules import term_state
from otklik.office.coordination.words import (
    PROPOSALS,
    STATES,
    inquiry_address,
    method_address,
    plan_address,
    visa_address,
)

OPEN_STATES = frozenset({"over", "today", "soon", "ok"})


@dataclass(frozen=True)
class PlanLine:
    """A line of a plan as it stands on a day; `may_mark` says whether the viewer answers for it."""

    item: PlanItem
    state: str
    may_mark: bool

    @property
    def words(self) -> str:
        return STATES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


@dataclass(frozen=True)
class InquiryLine:
    """A request sent out as a list shows it."""

    inquiry: Inquiry
    answered: int
    asked: int
    state: str

    @property
    def is_open(self) -> bool:
        return self.inquiry.closed_at is None and self.inquiry.withdrawn_at is None

    @property
    def is_late(self) -> bool:
        return self.state == "over"

    @property
    def words(self) -> str:
        if self.inquiry.withdrawn_at:
            return "снят"
        if self.inquiry.closed_at:
            return "собран в срок" if self.state == "done" else "собран позже срока"
        return "ответили все, соберите" if self.answered == self.asked else "ждём ответов"


@dataclass(frozen=True)
class Waiting:
    """One thing of coordination that waits for a person: what, until when, where."""

    kind: str
    title: str
    due: date | None
    link: str


def plans_of(town: Municipality) -> QuerySet[WorkPlan]:
    """Plans, the newest first."""
    return WorkPlan.objects.filter(municipality=town).select_related("municipality")


def plan_on(town: Municipality, day: date) -> WorkPlan | None:
    """The plan whose days hold the day; of several the shortest."""
    found = plans_of(town).filter(since__lte=day, until__gte=day)
    return min(found, key=lambda plan: (plan.until - plan.since, plan.pk), default=None)


def plan_lines(plan: WorkPlan, today: date, viewer: User, rights: Rights) -> list[PlanLine]:
    """Every line by its day; a dropped one stays in sight."""
    own = set(_posts_of(viewer, plan.municipality, today))
    keeps = bool(rights.permissions.intersection({"office.organise", "office.chair"}))
    rows = plan.items.select_related("post__body").prefetch_related("files__file")
    return [
        PlanLine(
            item,
            item_state(item, today, plan.municipality),
            bool(plan.approved_at) and (keeps or item.post_id in own),
        )
        for item in rows
    ]


def item_state(item: PlanItem, today: date, town: Municipality) -> str:
    """How a line stands on a day."""
    done = item.done_at.astimezone(ZoneInfo(town.time_zone)).date() if item.done_at else None
    return term_state(item.due, today, done, item.dropped_at is not None)


def late_items(town: Municipality, today: date) -> QuerySet[PlanItem]:
    """Lines of approved plans whose day has passed."""
    open_ = PlanItem.objects.filter(
        municipality=town, plan__approved_at__isnull=False, done_at=None, dropped_at=None
    )
    return open_.filter(due__lt=today).select_related("plan", "post")


def inquiries_of(town: Municipality) -> QuerySet[Inquiry]:
    """Every request sent out, with how many were asked and have answered."""
    own = Inquiry.objects.filter(municipality=town).select_related("municipality", "case", "asked_by")
    return own.annotate(
        asked_count=Count("parts"), answered_count=Count("parts", filter=Q(parts__answered_at__isnull=False))
    )


def inquiry_lines(town: Municipality, today: date, bodies: Iterable[int] | None = None) -> list[InquiryLine]:
    """Open ones by their term, then the ended, newest first. `bodies` narrows to what these bodies were asked."""
    rows = inquiries_of(town).order_by("-due", "-number")
    if bodies is not None:
        asked = InquiryPart.objects.filter(inquiry=OuterRef("pk"), body__in=list(bodies))
        rows = rows.filter(Exists(asked))
    lines = [inquiry_line(one, today) for one in rows[:100]]
    waiting = sorted(
        (one for one in lines if one.is_open), key=lambda one: (one.inquiry.due, one.inquiry.number)
    )
    return [*waiting, *(one for one in lines if not one.is_open)]


def inquiry_line(inquiry: Inquiry, today: date) -> InquiryLine:
    """A request of `inquiries_of` with its state."""
    zone = ZoneInfo(inquiry.municipality.time_zone)
    ended = inquiry.closed_at.astimezone(zone).date() if inquiry.closed_at else None
    state = term_state(inquiry.due, today, ended, inquiry.withdrawn_at is not None)
    return InquiryLine(
        inquiry, getattr(inquiry, "answered_count", 0), getattr(inquiry, "asked_count", 0), state
    )


def affairs_of(town: Municipality, kind: str = "") -> QuerySet[Affair]:
    """Affairs of a kind, or all, the newest day first."""
    rows = Affair.objects.filter(municipality=town).select_related("partner", "topic", "municipality")
    posts = Prefetch("participants", Participant.objects.select_related("post__body"))
    return (rows.filter(kind=kind) if kind else rows).prefetch_related(posts, "files__file")


def proposals_of(town: Municipality) -> QuerySet[Proposal]:
    """Undecided first, then the newest."""
    return (
        Proposal.objects.filter(municipality=town)
        .select_related("body", "municipality")
        .order_by("decision", "-made_at", "-number")
    )


def methods_of(town: Municipality) -> QuerySet[MethodNote]:
    """Notes in force first, each with its versions."""
    versions = Prefetch(
        "versions", MethodText.objects.annotate(read_count=Count("readings")).order_by("-number")
    )
    rows = MethodNote.objects.filter(municipality=town).select_related("municipality")
    return rows.prefetch_related(versions).order_by("withdrawn_at", "title", "pk")


def unread_methods(user: User, rights: Rights, town: Municipality) -> list[MethodNote]:
    """Notes in force that are for the person and whose newest version the person has not marked."""
    read = set(MethodReading.objects.filter(municipality=town, user=user).values_list("version", flat=True))
    found = []
    for note in methods_of(town).filter(withdrawn_at=None):
        newest = next(iter(note.versions.all()), None)
        is_mine = not note.audience or rights.role_keys.intersection(note.audience)
        if newest and is_mine and newest.pk not in read:
            found.append(note)
    return found


def sheets_of(town: Municipality) -> QuerySet[VisaSheet]:
    """Papers that went round, the newest first."""
    rows = VisaSheet.objects.filter(municipality=town).select_related("municipality", "asked_by")
    return rows.prefetch_related("visas")


def visas_now(sheet: VisaSheet) -> list[Visa]:
    """Words of the blocks about the edition in force."""
    return [one for one in sheet.visas.all() if one.edition == sheet.edition]


def attachment_of(town: Municipality, key: int) -> Attachment | None:
    """A file of a record of this town."""
    return Attachment.objects.filter(municipality=town, pk=key).select_related("file").first()


def waiting_for(user: User, rights: Rights, town: Municipality, today: date) -> list[Waiting]:
    """What of coordination waits for the person: answers to requests, lines of plans, visas, decisions, readings."""
    found = [
        Waiting("request", f"{part.inquiry}: {part.inquiry.title}", part.due, inquiry_address(part.inquiry))
        for part in _parts_waiting(rights, town)
    ]
    items = late_or_soon(town, today).filter(post__in=_posts_of(user, town, today))
    found += [Waiting("plan", item.text, item.due, plan_address(item.plan)) for item in items]
    if "accounts.name_specialists" in rights.permissions:
        visas = Visa.objects.filter(municipality=town, decision="", block_key__in=rights.block_keys)
        found += [
            Waiting("visa", f"{visa.sheet}: {visa.sheet.title}", visa.sheet.due, visa_address(visa.sheet))
            for visa in visas.select_related("sheet")
            if visa.edition == visa.sheet.edition
        ]
    if "office.errands" in rights.permissions:
        undecided = proposals_of(town).filter(decision="").exclude(made_by=user)
        found += [Waiting("proposal", f"{one}: {one.problem}", None, PROPOSALS) for one in undecided]
    found += [
        Waiting("reading", note.title, None, method_address(note))
        for note in unread_methods(user, rights, town)
    ]
    return sorted(found, key=lambda one: (one.due or date.max, one.kind, one.title))


def late_or_soon(town: Municipality, today: date, days: int = 14) -> QuerySet[PlanItem]:
    """Open lines of approved plans that are late or due within the days."""
    last = date.fromordinal(today.toordinal() + days)
    rows = PlanItem.objects.filter(
        municipality=town, plan__approved_at__isnull=False, done_at=None, dropped_at=None
    )
    return rows.filter(due__lte=last).select_related("plan", "post").order_by("due", "number")


def _parts_waiting(rights: Rights, town: Municipality) -> QuerySet[InquiryPart]:
    rows = InquiryPart.objects.filter(municipality=town, body__in=rights.body_ids, answered_at=None)
    return rows.filter(inquiry__closed_at=None, inquiry__withdrawn_at=None).select_related("inquiry")


def _posts_of(user: User, town: Municipality, today: date) -> list[int]:
    held = Holding.objects.filter(user=user, municipality=town, since__lte=today, post__isnull=False)
    return [post for post in held.exclude(until__lt=today).values_list("post", flat=True) if post]
