"""Состав и роли: bodies as a tree, who holds what, absences with substitutes, specialists of blocks."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from otklik.accounts.bodies import BodyWords, add_body, add_post
from otklik.accounts.models import Absence, Body, Holding, Role, User
from otklik.accounts.selectors import bodies_of, people_of
from otklik.accounts.services import Appointment, end_role, give_role, make_user, name_specialist, set_absence
from otklik.charter.permissions import PERMISSIONS
from otklik.desk.forms.people import (
    AbsenceForm,
    AppointmentForm,
    BodyForm,
    PersonForm,
    PostForm,
    SpecialistForm,
)
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
        "forms": forms_for(request),
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


def forms_for(request: DeskRequest) -> dict[str, Any]:
    """The deeds this person has here."""
    found: dict[str, Any] = {}
    if may(request, "accounts.manage"):
        found["person"] = PersonForm(request.municipality, prefix="person")
        found["role"] = AppointmentForm(request.municipality, prefix="role")
        found["body"] = BodyForm(request.municipality, prefix="body")
        found["post"] = PostForm(request.municipality, prefix="post")
    if may(request, "accounts.manage", "accounts.substitute"):
        found["absence"] = AbsenceForm(request.municipality, prefix="absence")
    if may(request, "accounts.manage", "accounts.name_specialists"):
        found["specialist"] = SpecialistForm(request.municipality, prefix="specialist")
    return found


@require_POST
@needs("accounts.manage")
def add_person(request: DeskRequest) -> HttpResponse:
    """Open an account with its first role; the password is changed at the first sign-in."""
    form = PersonForm(request.municipality, request.POST, prefix="person")
    if not form.is_valid():
        return unfinished(request, "Завести сотрудника", form, "desk:add_person")
    data = form.cleaned_data
    user = make_user(
        request.municipality, data["username"], data["password"], request.user, data["name"], data["email"]
    )
    give_role(user, _first_role(data), request.user)
    return done(request, f"Учётная запись «{user.username}» заведена", reverse("desk:people"))


def _first_role(data: dict[str, Any]) -> Appointment:
    return Appointment(data["role"], timezone.localdate(), post=data["post"], body=data["body"])


@require_POST
@needs("accounts.manage")
def add_role(request: DeskRequest) -> HttpResponse:
    """Give one more role."""
    form = AppointmentForm(request.municipality, request.POST, prefix="role")
    if not form.is_valid():
        return unfinished(request, "Дать роль", form, "desk:add_role")
    data = form.cleaned_data
    give_role(
        data["user"],
        Appointment(
            role=data["role"],
            since=data["since"],
            post=data["post"],
            body=data["body"],
            block_key=data["block"],
            is_acting=data["is_acting"],
            ground=data["ground"],
        ),
        request.user,
    )
    return done(request, f"Роль «{data['role'].title}» дана", reverse("desk:people"))


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
@needs("accounts.manage", "accounts.substitute")
def add_absence(request: DeskRequest) -> HttpResponse:
    """Name who acts in a person's place."""
    form = AbsenceForm(request.municipality, request.POST, prefix="absence")
    if not form.is_valid():
        return unfinished(request, "Назначить замещающего", form, "desk:add_absence")
    data = form.cleaned_data
    set_absence(
        data["user"],
        data["substitute"],
        data["since"],
        data["until"],
        request.user,
        request.municipality,
        data["reason"],
    )
    return done(request, "Замещающий назначен", reverse("desk:people"))


@require_POST
@needs("accounts.manage", "accounts.name_specialists")
def add_specialist(request: DeskRequest) -> HttpResponse:
    """A block head names a specialist."""
    form = SpecialistForm(request.municipality, request.POST, prefix="specialist")
    if not form.is_valid():
        return unfinished(request, "Назвать специалиста", form, "desk:add_specialist")
    user: User = form.cleaned_data["user"]
    name_specialist(user, form.cleaned_data["block"], request.user, request.municipality)
    return done(request, "Специалист назван", reverse("desk:people"))


@require_POST
@needs("accounts.manage")
def new_body(request: DeskRequest) -> HttpResponse:
    """Add a body the charter does not name: an institution, an outer one to forward to."""
    form = BodyForm(request.municipality, request.POST, prefix="body")
    if not form.is_valid():
        return unfinished(request, "Добавить орган", form, "desk:add_body")
    body = add_body(request.municipality, BodyWords(**form.cleaned_data), request.user)
    return done(request, f"Орган «{body.short_name}» добавлен", reverse("desk:people"))


@require_POST
@needs("accounts.manage")
def new_post(request: DeskRequest) -> HttpResponse:
    """Add a post of an own body."""
    form = PostForm(request.municipality, request.POST, prefix="post")
    if not form.is_valid():
        return unfinished(request, "Добавить должность", form, "desk:add_post")
    post = add_post(form.cleaned_data["body"], form.cleaned_data["title"], request.user)
    return done(request, f"Должность «{post.title}» добавлена", reverse("desk:people"))


def unfinished(request: DeskRequest, title: str, form: Any, address: str) -> HttpResponse:
    """The form again, with its faults and everything typed."""
    context = {"title": title, "form": form, "address": reverse(address)}
    return page_or_part(request, "people/person", context, status=422)
