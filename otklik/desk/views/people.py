"""Состав и роли: bodies as a tree, who holds what, absences with substitutes, specialists of blocks."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.bodies import BodyWords, add_body, add_post
from otklik.accounts.models import Absence, Body, Holding, Role
from otklik.accounts.selectors import bodies_of, people_of
from otklik.accounts.services import Appointment, end_role, give_role, make_user, name_specialist, set_absence
from otklik.charter.permissions import PERMISSIONS
from otklik.desk.forms.people import ADDITIONS
from otklik.desk.page import done, may, needs, page_or_part
from otklik.desk.request import DeskRequest
from otklik.topics.models import Block


@require_safe
@needs("charter.view", "accounts.manage", "accounts.name_specialists", "accounts.substitute")
def people(request: DeskRequest) -> HttpResponse:
    """The composition of the centre."""
    today, town = timezone.localdate(), request.municipality
    holdings = list(
        Holding.objects.filter(municipality=town)
        .select_related("user", "role", "body", "post")
        .order_by("role__position")
    )
    open_holdings = [one for one in holdings if one.until is None or one.until >= today]
    absences = Absence.objects.filter(municipality=town, until__gte=today).select_related(
        "user", "substitute"
    )
    context = {
        "tree": tree_of(list(bodies_of(town))),
        "roles": roles_with(list(Role.objects.filter(municipality=town)), open_holdings),
        "absences": list(absences),
        "blocks": dict(Block.objects.filter(municipality=town).values_list("key", "title")),
        "additions": additions_for(request),
        "may_manage": may(request, "accounts.manage"),
        "without_role": list(people_of(town).exclude(pk__in=[one.user_id for one in open_holdings]))
        if may(request, "accounts.manage")
        else [],
    }
    return page_or_part(request, "people/people", context)


def tree_of(bodies: list[Body]) -> list[dict[str, Any]]:
    """Bodies under their parents; a body whose parent is closed stands at the top."""
    known = {body.pk for body in bodies}
    children: dict[int | None, list[Body]] = {}
    for body in bodies:
        children.setdefault(body.parent_id if body.parent_id in known else None, []).append(body)

    def grow(parent: int | None) -> list[dict[str, Any]]:
        return [{"body": body, "children": grow(body.pk)} for body in children.get(parent, [])]

    return grow(None)


def roles_with(roles: list[Role], holdings: list[Holding]) -> list[dict[str, Any]]:
    """Roles in the charter's order with who holds them and what they allow."""
    return [
        {
            "role": role,
            "holdings": [one for one in holdings if one.role_id == role.pk],
            "permissions": [PERMISSIONS[key] for key in role.permissions if key in PERMISSIONS],
        }
        for role in roles
    ]


def additions_for(request: DeskRequest) -> list[dict[str, Any]]:
    """What this person may add here: each with an empty form and its address."""
    return [
        {
            "told": one,
            "form": one.form(request.municipality, prefix=key),
            "address": reverse(f"desk:add_{key}"),
        }
        for key, one in ADDITIONS.items()
        if may(request, *one.permissions)
    ]


@require_POST
@needs(*ADDITIONS["person"].permissions)
def add_person(request: DeskRequest) -> HttpResponse:
    """Open an account with its first role; the password is changed at the first sign-in."""

    def make(said: dict[str, Any]) -> str:
        town, by = request.municipality, request.user
        user = make_user(town, said["username"], said["password"], by, said["name"], said["email"])
        first = Appointment(said["role"], timezone.localdate(), post=said["post"], body=said["body"])
        give_role(user, first, by)
        return f"Учётная запись «{user.username}» заведена"

    return _added(request, "person", make)


@require_POST
@needs(*ADDITIONS["role"].permissions)
def add_role(request: DeskRequest) -> HttpResponse:
    """Give one more role."""

    def give(said: dict[str, Any]) -> str:
        user, block_key = said.pop("user"), said.pop("block")
        give_role(user, Appointment(**said, block_key=block_key), request.user)
        return f"Роль «{said['role'].title}» дана"

    return _added(request, "role", give)


@require_POST
@needs("accounts.manage")
def drop_role(request: DeskRequest, key: int) -> HttpResponse:
    """End a holding today; the row stays as history."""
    mine = Holding.objects.filter(municipality=request.municipality).select_related("role", "municipality")
    holding = mine.filter(pk=key).first()
    if holding is None:
        raise Http404
    end_role(holding, request.user)
    return done(request, f"Роль «{holding.role.title}» снята", reverse("desk:people"))


@require_POST
@needs(*ADDITIONS["absence"].permissions)
def add_absence(request: DeskRequest) -> HttpResponse:
    """Name who acts in a person's place."""

    def name(said: dict[str, Any]) -> str:
        set_absence(**said, by=request.user, municipality=request.municipality)
        return "Замещающий назначен"

    return _added(request, "absence", name)


@require_POST
@needs(*ADDITIONS["specialist"].permissions)
def add_specialist(request: DeskRequest) -> HttpResponse:
    """A block head names a specialist."""

    def name(said: dict[str, Any]) -> str:
        name_specialist(said["user"], said["block"], request.user, request.municipality)
        return "Специалист назван"

    return _added(request, "specialist", name)


@require_POST
@needs(*ADDITIONS["body"].permissions)
def new_body(request: DeskRequest) -> HttpResponse:
    """Add a body the charter does not name: an institution, an outer one to forward to."""

    def add(said: dict[str, Any]) -> str:
        body = add_body(request.municipality, BodyWords(**said), request.user)
        return f"Орган «{body.short_name}» добавлен"

    return _added(request, "body", add)


@require_POST
@needs(*ADDITIONS["post"].permissions)
def new_post(request: DeskRequest) -> HttpResponse:
    """Add a post of an own body."""

    def add(said: dict[str, Any]) -> str:
        return f"Должность «{add_post(said['body'], said['title'], request.user).title}» добавлена"

    return _added(request, "post", add)


def _added(request: DeskRequest, key: str, add: Callable[[dict[str, Any]], str]) -> HttpResponse:
    """Add what the form says and tell what came; the form again, with its faults and everything typed, otherwise."""
    told = ADDITIONS[key]
    form = told.form(request.municipality, request.POST, prefix=key)
    if form.is_valid():
        return done(request, add(form.cleaned_data), reverse("desk:people"))
    context = {"title": told.title, "form": form, "address": request.path}
    return page_or_part(request, "people/person", context, status=422)
