"""Papers of a month: what the charter asks by its cadence, what it asks without one, and materials for the region."""

from datetime import timedelta

from otklik.accounts.models import User
from otklik.charter.selectors import charter_of, clauses_of
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.periods import before, month_of, quarter_of
from otklik.config.demo.papers import sign_paper
from otklik.config.demo.year.cast import Cast
from otklik.reports import services
from otklik.reports.about import WHOLE, About, find_about
from otklik.reports.composing import CARRIERS, Order
from otklik.reports.forms import FORMS
from otklik.reports.materials import Asked, assemble, confirm_part, fill_part, take_request
from otklik.reports.models import Report
from otklik.reports.selectors import Duty, duties_of
from otklik.topics.models import Block

MATERIALS, BLOCK, DECISIONS = "materials", "block", "decision_support"
TWICE_A_MONTH = (15, 31)
QUARTER_ENDS = (3, 6, 9, 12)
PART = "Работы по направлению идут по плану: замечания жителей разобраны, сроки названы."


def play_month(town: Municipality, month: Period, cast: Cast) -> None:
    """Compose, confirm and sign what falls due in the month; a paper without a cadence comes once a quarter."""
    composer, signer = cast.who("reports.compose"), cast.who("reports.verify")
    if composer is None or signer is None:
        return
    for duty in _duties(town, month):
        for period in _periods(duty, month, cast):
            morning = cast.at(period.until + timedelta(days=1), 10)
            if duty.form and period.until < cast.today and not _is_kept(duty, period, town):
                order = Order(duty.form, period, duty.key, _about(duty, town))
                report = services.compose_report(town, order, composer, morning)
                sign_paper(report, (composer, signer), morning)
    if month.since.month in QUARTER_ENDS:
        _analyse(town, month, cast, composer, signer)
        _send_materials(town, month, cast, composer, signer)


def _duties(town: Municipality, month: Period) -> list[Duty]:
    return [duty for duty in duties_of(town, month.until) if duty.form and duty.form.key != MATERIALS]


def _about(duty: Duty, town: Municipality) -> About:
    """A paper about one direction is about the first of them; the others are about the whole municipality."""
    block = Block.objects.filter(municipality=town).order_by("position").first()
    asks = duty.form is not None and duty.form.about == BLOCK
    return find_about(town, BLOCK, block.key) if asks and block is not None else WHOLE


def _periods(duty: Duty, month: Period, cast: Cast) -> list[Period]:
    """Periods of the duty that end in the month, told by what its slots look like."""
    if not duty.slots:
        quarter = quarter_of(month.since.year, (month.since.month + 2) // 3)
        return [quarter] if month.since.month in QUARTER_ENDS else []
    following = duties_of(cast.town, month.until + timedelta(days=1))
    slots = [slot for one in following if one.key == duty.key for slot in one.slots]
    return [
        slot.slot.period for slot in reversed(slots) if month.since <= slot.slot.period.until <= month.until
    ]


def _is_kept(duty: Duty, period: Period, town: Municipality) -> bool:
    same = Report.objects.filter(municipality=town, charter_key=duty.key)
    return same.filter(since=period.since, until=period.until).exists()


def _analyse(town: Municipality, month: Period, cast: Cast, composer: User, signer: User) -> None:
    """The result of the automatic analysis, materials for planning, a note for a decision: each once a quarter."""
    orders = [Order(FORMS[key], before(month)) for key in ("analysis", "planning")]
    orders += [Order(FORMS[form], before(month), key) for form, key in _asked_by_clauses(town)]
    moment = cast.at(cast.day_in(month, 0.8), 11)
    for order in orders:
        report = services.compose_report(town, order, composer, moment)
        sign_paper(report, (composer, signer), moment)


def _asked_by_clauses(town: Municipality) -> list[tuple[str, str]]:
    """Papers that a clause asks for and the list of reports of the charter does not name: form and key."""
    asked = set(clauses_of(town).values_list("evidence_key", flat=True))
    named = {FORMS[CARRIERS[key]].key for key in charter_of(town).reports if key in CARRIERS}
    found = []
    if "reports.decision_support" in asked and DECISIONS not in charter_of(town).reports:
        found.append(("note", DECISIONS))
    if "reports.consolidated" in asked and not named & {"note", "quarter"}:
        found.append(("quarter", ""))
    return found


def _send_materials(town: Municipality, month: Period, cast: Cast, composer: User, signer: User) -> None:
    """The region asks, blocks write their parts, one paper leaves."""
    if "region_request" not in charter_of(town).reports:
        return
    came = cast.at(cast.day_in(month, 0.2), 10)
    blocks = list(Block.objects.filter(municipality=town).values_list("key", flat=True)[:2])
    sender = charter_of(town).identity.regional_centre or "Центр управления регионом"
    asked = Asked(
        sender=sender,
        text="Сведения о работе с сообщениями жителей по направлениям блоков.",
        period=before(month_of(month.since.year, month.since.month)),
        due=cast.calendar.add_working_days(came.astimezone(cast.zone).date(), 7),
        blocks=blocks,
        outer_number=f"{month.since.month}-{month.since.year % 100}/ц",
        outer_day=came.date(),
        charter_key="region_request",
    )
    request = take_request(town, asked, composer, came)
    for part in request.parts.all():
        heads = cast.of_block(part.block_key) or [signer]
        fill_part(part, PART, heads[0], cast.working_days_after(came, 2))
        confirm_part(part, heads[0], cast.working_days_after(came, 3))
    done = cast.working_days_after(came, 4, 11)
    sign_paper(assemble(request, composer, done), (composer, signer), done)
