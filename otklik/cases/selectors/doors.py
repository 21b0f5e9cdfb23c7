"""The doors: no view or task reaches a case but through here."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable

from otklik.accounts.models import User
from otklik.accounts.selectors import Rights, body_ids_under, rights_of
from otklik.cases.models import Assignment, Case, Move
from otklik.cases.states import OPEN_STATES
from otklik.common.models import Municipality

LIST_PARTS = ("topic", "settlement", "body", "channel", "executor")


def visible_to(rights: Rights, municipality: Municipality) -> Q:
    """Which cases the rights open: all, those of the own blocks, those of the own bodies and their branches."""
    if "cases.view" in rights.permissions:
        return Q()
    seen = Q(pk__in=[])
    if "cases.view_block" in rights.permissions and rights.block_keys:
        seen |= Q(block_key__in=rights.block_keys)
    if "cases.view_body" in rights.permissions and rights.body_ids:
        bodies = body_ids_under(rights.body_ids, municipality)
        shared = Assignment.objects.filter(body_id__in=bodies, until=None, is_main=False)
        seen |= Q(body_id__in=bodies) | Q(pk__in=shared.values("case_id"))
    return seen


def cases_for(user: User, municipality: Municipality, rights: Rights | None = None) -> QuerySet[Case]:
    """Cases of the municipality that the person may see; none without a role there."""
    held = rights or rights_of(user, municipality)
    return Case.objects.filter(visible_to(held, municipality), municipality=municipality)


def get_case_for(
    user: User,
    municipality: Municipality,
    number: str,
    rights: Rights | None = None,
    beside: Mapping[str, Combinable] = MappingProxyType({}),
) -> Case:
    """One case by its number, with `joined_number`; raises `Case.DoesNotExist` for what the person may not see.

    `beside` are expressions of packages above, read with the case in the same statement as attributes of these names.
    """
    # The planner weighs every order of the joins: each one beyond these cost more than all the reading did.
    parts = ("applicant", "draft", *LIST_PARTS)
    joined_to = Case.objects.filter(pk=OuterRef("joined_to")).values("number")
    rows = cases_for(user, municipality, rights).select_related(*parts)
    case = rows.annotate(joined_number=Subquery(joined_to), **beside).get(number=number)
    case.municipality = municipality
    return case


def in_hands_of(user: User, municipality: Municipality) -> QuerySet[Case]:
    """Open cases the person has taken in work, the nearest to breach first."""
    mine = Case.objects.filter(municipality=municipality, executor=user, state__in=OPEN_STATES)
    return mine.select_related("body").order_by("next_control_at")


def get_case_done_by(user: User, municipality: Municipality, number: str) -> Case:
    """A case the person has worked on: a hand-over may have taken it out of sight, and it is to be undone.

    Raises `Case.DoesNotExist` where the newest move is not the person's own.
    """
    case = Case.objects.select_related("municipality").get(municipality=municipality, number=number)
    newest = Move.objects.filter(case=case).values_list("by_id", flat=True).first()
    if newest != user.pk:
        raise Case.DoesNotExist
    return case
