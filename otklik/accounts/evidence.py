"""Queries that prove clauses about roles, posts and bodies."""

from django.db.models import Count, Max, Q

from otklik.accounts.models import Body, Holding, Role
from otklik.charter.evidence import Evidence, proves
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
}


def _held(condition: Q, municipality: Municipality) -> Evidence:
    rows = Holding.objects.filter(condition, municipality=municipality).aggregate(
        n=Count("pk"), last=Max("since")
    )
    return Evidence(
        rows["n"], None, "/people/", f"назначения с {rows['last']:%d.%m.%Y}" if rows["last"] else ""
    )


def _of_role(key: str, role: str) -> None:
    @proves(key)
    def query(municipality: Municipality, period: Period) -> Evidence:
        return _held(Q(role__key=role), municipality)


for _key, _role in ROLES.items():
    _of_role(_key, _role)


@proves("accounts.members")
def members(municipality: Municipality, period: Period) -> Evidence:
    """Members of the centre and of its blocks."""
    return _held(Q(role__key__in=["member", "block_member"]), municipality)


@proves("accounts.acting")
def acting(municipality: Municipality, period: Period) -> Evidence:
    """Holdings with the mark «врио»."""
    return _held(Q(is_acting=True), municipality)


@proves("accounts.powers")
def powers(municipality: Municipality, period: Period) -> Evidence:
    """Roles that give rights."""
    return Evidence(
        Role.objects.filter(municipality=municipality).exclude(permissions=[]).count(), None, "/people/"
    )


@proves("accounts.recipients")
def recipients(municipality: Municipality, period: Period) -> Evidence:
    """Bodies and institutions that cases may go to."""
    return Evidence(Body.objects.filter(municipality=municipality, is_open=True).count(), None, "/people/")
