"""Papers that wait for one person: the part of his block, a request to fill, a paper to sign or to assemble."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from otklik.accounts.selectors import Rights
from otklik.common.models import Municipality
from otklik.reports.forms import FORMS
from otklik.reports.materials import address_of_request, may_confirm_part
from otklik.reports.models import MaterialRequest, Report, ReportConfirmation, RequestPart

FORGOTTEN = timedelta(days=60)
"""A draft nobody has touched for so long waits for nobody."""


@dataclass(frozen=True)
class PaperWaits:
    """A paper and what it waits for (a key of `DEEDS`), until which day, where."""

    title: str
    what: str
    due: date | None
    link: str


DEEDS = {
    "sign": "Подписать",
    "check": "Проверить часть",
    "fill": "Заполнить часть",
    "confirm": "Подтвердить часть",
    "assemble": "Собрать",
}


def papers_waiting(municipality: Municipality, rights: Rights, today: date) -> list[PaperWaits]:
    """What waits, nearest day first; asks only what the person's rights may answer."""
    found = [
        *_parts(municipality, rights),
        *_requests(municipality, rights),
        *_reports(municipality, rights, today),
    ]
    return sorted(found, key=lambda one: (one.due or date.max, one.title))


def _reports(municipality: Municipality, rights: Rights, today: date) -> list[PaperWaits]:
    signs = "reports.verify" in rights.permissions
    blocks = [key for key in rights.block_keys if "reports.compose" in rights.permissions]
    if not signs and not blocks:
        return []
    confirmed = ReportConfirmation.objects.filter(
        report=OuterRef("pk"), block_key__in=blocks, at__isnull=False
    )
    by_blocks = [key for key, form in FORMS.items() if form.by_blocks]
    asked = Q(~Exists(confirmed), form__in=by_blocks, state__in=("draft", "frozen")) if blocks else Q(pk=None)
    wanted = asked | Q(state="frozen") if signs else asked
    rows = Report.objects.filter(wanted, municipality=municipality, composed_at__date__gte=today - FORGOTTEN)
    rows = rows.defer("document", "basis", "additions").order_by("composed_at", "pk")
    return [
        PaperWaits(
            str(one), "sign" if signs and one.state == "frozen" else "check", None, f"/reports/{one.pk}/"
        )
        for one in rows[:20]
    ]


def _parts(municipality: Municipality, rights: Rights) -> list[PaperWaits]:
    if not rights.block_keys:
        return []
    rows = RequestPart.objects.filter(
        municipality=municipality,
        block_key__in=rights.block_keys,
        confirmed_at=None,
        request__report=None,
        request__withdrawn_at=None,
    )
    found = []
    for one in rows.select_related("request").order_by("due", "pk"):
        confirms = one.filled_at is not None and may_confirm_part(rights, one.block_key)
        if one.filled_at is None or confirms:
            what = "confirm" if confirms else "fill"
            found.append(PaperWaits(_named(one.request), what, one.due, address_of_request(one.request)))
    return found


def _requests(municipality: Municipality, rights: Rights) -> list[PaperWaits]:
    if "reports.verify" not in rights.permissions or "reports.compose" not in rights.permissions:
        return []
    open_part = RequestPart.objects.filter(request=OuterRef("pk"), confirmed_at=None)
    rows = MaterialRequest.objects.filter(
        ~Exists(open_part), municipality=municipality, report=None, withdrawn_at=None
    )
    return [
        PaperWaits(_named(one), "assemble", one.due, address_of_request(one))
        for one in rows.order_by("due", "pk")[:20]
    ]


def _named(request: MaterialRequest) -> str:
    return f"{request}: {request.text}"[:160]
