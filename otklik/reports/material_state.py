"""How far a request for materials has come and what is late in it; no state is kept, it follows from the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from otklik.accounts.selectors import Rights
from otklik.common.models import Municipality
from otklik.reports.materials import may_confirm_part, may_fill
from otklik.reports.models import MaterialRequest, RequestPart

STATES = {
    "collecting": "собираем части",
    "ready": "части готовы, соберите",
    "assembled": "собран, не отправлен",
    "sent": "отправлен в срок",
    "sent_late": "отправлен с опозданием",
    "withdrawn": "снят",
}
OPEN = frozenset({"collecting", "ready", "assembled"})


@dataclass(frozen=True)
class RequestLine:
    """A request as a list shows it."""

    request: MaterialRequest
    state: str
    confirmed: int
    asked: int
    is_late: bool
    days_left: int

    @property
    def words(self) -> str:
        return STATES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True)
class PartLine:
    """A part with what the viewer may do with it."""

    part: RequestPart
    state: str
    is_late: bool
    may_fill: bool
    may_confirm: bool
    may_return: bool


def requests_of(municipality: Municipality) -> QuerySet[MaterialRequest]:
    """Every request of the municipality."""
    own = MaterialRequest.objects.filter(municipality=municipality)
    return own.select_related("municipality", "report", "taken_by").prefetch_related("parts")


def lines_of(municipality: Municipality, today: date, limit: int = 50) -> list[RequestLine]:
    """Open requests by their term, then the newest ended ones."""
    rows = requests_of(municipality).defer("report__document", "report__basis").order_by("-due", "-number")
    lines = [line_of(one, today) for one in rows[: limit * 2]]
    waiting = sorted((one for one in lines if one.is_open), key=lambda one: one.request.due)
    return [*waiting, *(one for one in lines if not one.is_open)][:limit]


def line_of(request: MaterialRequest, today: date) -> RequestLine:
    parts = list(request.parts.all())
    confirmed = sum(part.confirmed_at is not None for part in parts)
    state = _state(request, confirmed == len(parts))
    is_late = state in OPEN and request.due < today
    return RequestLine(request, state, confirmed, len(parts), is_late, (request.due - today).days)


def part_lines(
    request: MaterialRequest, parts: Iterable[RequestPart], rights: Rights, today: date
) -> list[PartLine]:
    """Every part with its state and the deeds open to the viewer."""
    is_open = not request.report_id and not request.withdrawn_at
    composes = bool({"reports.compose", "reports.verify"}.intersection(rights.permissions))
    return [
        PartLine(
            part,
            "confirmed" if part.confirmed_at else "filled" if part.filled_at else "asked",
            is_open and not part.confirmed_at and part.due < today,
            is_open and may_fill(rights, part.block_key),
            is_open
            and bool(part.filled_at)
            and not part.confirmed_at
            and may_confirm_part(rights, part.block_key),
            is_open and bool(part.filled_at) and composes,
        )
        for part in parts
    ]


def _state(request: MaterialRequest, is_confirmed: bool) -> str:
    if request.withdrawn_at:
        return "withdrawn"
    report = request.report
    if report is None:
        return "ready" if is_confirmed else "collecting"
    if report.sent_at is None:
        return "assembled"
    zone = ZoneInfo(request.municipality.time_zone)
    return "sent" if report.sent_at.astimezone(zone).date() <= request.due else "sent_late"
