"""Queries that prove clauses about roles, posts and bodies, and what the journal tells of their holders."""

from django.db.models import Count, Max, Q, QuerySet

from otklik.accounts.models import Body, Holding, Role
from otklik.audit.models import JournalEntry
from otklik.charter.evidence import Evidence, Rows, counted, proves
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.common.period import Period

ROLES = {
    "accounts.curator": "curator",
    "accounts.coordinator": "coordinator",
    "accounts.head": "head",
    "accounts.incident_officer": "incident_officer",
    "accounts.pos_officer": "pos_officer",
    "accounts.ecpur_officer": "ecpur_officer",
    "accounts.edms_officer": "edms_officer",
    "accounts.block_heads": "block_head",
    "accounts.executors": "executor",
    "accounts.administrator": "administrator",
    "accounts.controller": "controller",
    "accounts.pages_officer": "pages_officer",
    "accounts.risk_officer": "risk_officer",
    "accounts.poll_officer": "poll_officer",
}


def _in_force(municipality: Municipality, period: Period) -> QuerySet[Holding]:
    """Holdings in force on any day of the period."""
    held = Holding.objects.filter(municipality=municipality, since__lte=period.until)
    return held.filter(Q(until__isnull=True) | Q(until__gte=period.since))


def _told(rows: QuerySet[Holding], count: str = "pk") -> Evidence:
    found = rows.aggregate(n=Count(count, distinct=True), last=Max("since"))
    words = f"назначения с {found['last']:%d.%m.%Y}" if found["last"] else ""
    shown = Rows(rows.select_related("role", "body", "post"), "since")
    return Evidence(found["n"], None, "/people/", words, rows=(shown,))


def _held(condition: Q, municipality: Municipality, period: Period) -> Evidence:
    return _told(_in_force(municipality, period).filter(condition))


def _of_role(key: str, role: str) -> None:
    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        return _held(Q(role__key=role), municipality, period)


for _key, _role in ROLES.items():
    _of_role(_key, _role)


@proves("accounts.members")
def members(municipality: Municipality, period: Period) -> Evidence:
    """Members of the centre and of its blocks."""
    return _held(Q(role__key__in=["member", "block_member"]), municipality, period)


@proves("accounts.acting")
def acting(municipality: Municipality, period: Period) -> Evidence:
    """Holdings with the mark «врио»."""
    return _held(Q(is_acting=True), municipality, period)


@proves("accounts.powers")
def powers(municipality: Municipality, period: Period) -> Evidence:
    """Roles that give rights."""
    rows = Role.objects.filter(municipality=municipality).exclude(permissions=[])
    return Evidence(rows.count(), None, "/people/", rows=(Rows(rows, ""),))


@proves("accounts.recipients")
def recipients(municipality: Municipality, period: Period) -> Evidence:
    """Bodies and institutions that cases may go to."""
    rows = Body.objects.filter(municipality=municipality, is_open=True)
    return Evidence(rows.count(), None, "/people/", rows=(Rows(rows, ""),))


@proves("accounts.combinations")
def combinations(municipality: Municipality, period: Period) -> Evidence:
    """People who hold more than one role."""
    rows = _in_force(municipality, period)
    many = rows.values("user").annotate(n=Count("role", distinct=True)).filter(n__gt=1)
    return _told(rows.filter(user__in=many.values("user")), "user")


@proves("accounts.no_unit")
def without_unit(municipality: Municipality, period: Period) -> Evidence:
    """Roles held beside a post in an existing body: the centre has no unit of its own."""
    return _held(Q(post__isnull=False), municipality, period)


@proves("accounts.external_members")
def external_members(municipality: Municipality, period: Period) -> Evidence:
    """Holders from outer bodies, or in roles that the charter opens to them."""
    open_roles = [
        role.key for role in charter_of(municipality, period.until).roles_on() if role.external_allowed
    ]
    return _held(Q(body__is_external=True) | Q(role__key__in=open_roles), municipality, period)


def _of_journal(key: str, condition: Q, role: str = "") -> None:
    """Register one query: entries of the journal in the period, made by holders of the role when it is named."""

    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        start, end = period.moments(municipality.time_zone)
        rows = JournalEntry.objects.filter(condition, municipality=municipality, at__gte=start, at__lt=end)
        if role:
            held = _in_force(municipality, period).filter(role__key=role)
            rows = rows.filter(actor__in=held.values("user"))
        return counted(rows, "at", "/journal/")


SETTINGS = (
    "charter.parameter_changed",
    "charter.parameter_confirmed",
    "channels.key_made",
    "channels.key_revoked",
)
ACCESS = ("cases.personal_shown", "channels.key_made", "channels.key_revoked")

_of_journal("accounts.specialists", Q(code="accounts.specialist_named"))
_of_journal("audit.head_deeds", Q(), "head")
_of_journal("audit.curator_views", Q(code="cases.personal_shown"), "curator")
_of_journal("audit.access_log", Q(code__in=ACCESS) | Q(code__startswith="accounts."))
_of_journal("audit.module_settings", Q(code__in=SETTINGS) | Q(code__startswith="routing."))
