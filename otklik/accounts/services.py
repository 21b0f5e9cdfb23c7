"""Deeds about people: loading the composition from the charter, giving roles, naming substitutes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from otklik.accounts.models import Absence, Body, Holding, Notice, Post, Role, User
from otklik.accounts.selectors import holdings_acting, holdings_of, may
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.charter.schema import Charter
from otklik.common.errors import Refused
from otklik.common.keeping import keep_rows
from otklik.common.models import Municipality


def load_people(charter: Charter, municipality: Municipality) -> None:
    """Make or refresh bodies, posts and roles of the charter. Holdings are made by hand or by the demo."""
    bodies = _load_bodies(charter, municipality)
    posts = {
        post.key: {"title": post.title, "body_id": bodies[post.body].pk} for post in charter.posts.values()
    }
    keep_rows(Post, posts, municipality=municipality)
    approvers = {key for route in charter.answers for key in route.approves}
    roles: dict[str, dict[str, object]] = {}
    for position, role in enumerate(charter.roles_on()):
        # Whom the charter's route names as approver has the right to approve, whatever the common list says.
        named = ["cases.approve_answer"] if role.key in approvers else []
        roles[role.key] = {
            "title": role.title,
            "permissions": sorted({*role.permissions, *named}),
            "requires_totp": role.requires_totp,
            "position": position,
        }
    keep_rows(Role, roles, municipality=municipality)


def _load_bodies(charter: Charter, municipality: Municipality) -> dict[str, Body]:
    wanted = {
        part.key: {
            "name": part.name,
            "short_name": part.short_name,
            "kind": part.kind,
            "is_external": part.is_external,
            "email": part.email,
        }
        for part in charter.bodies.values()
    }
    bodies: dict[str, Body] = keep_rows(Body, wanted, municipality=municipality)
    parents = {
        part.key: {"parent_id": bodies[part.parent].pk if part.parent else None}
        for part in charter.bodies.values()
    }
    return keep_rows(Body, parents, municipality=municipality)


def make_user(
    municipality: Municipality, username: str, password: str, by: User | None, name: str = "", email: str = ""
) -> User:
    """Open an account; the person changes the password at first sign-in."""
    if User.objects.filter(username=username).exists():
        raise Refused(f"Имя для входа «{username}» занято. Возьмите другое.")
    user = User.objects.create_user(username, password, name=name, email=email, must_change_password=True)
    record(user, "accounts.user_made", by, municipality)
    return user


@dataclass(frozen=True)
class Appointment:
    """A role for a person: which post, body or block it narrows to, from when, on what ground."""

    role: Role
    since: date
    post: Post | None = None
    body: Body | None = None
    block_key: str = ""
    until: date | None = None
    is_acting: bool = False
    ground: str = ""


@carries_out(
    "BOG-III.1.2",
    "BOG-III.1.3",
    "BOR-2.1.а",
    "BOR-2.1.б",
    "BOR-COMP-1",
    "BOR-COMP-2",
    "DEM-3.1.1",
    "DEM-3.1.2",
    "DEM-COMP-1",
    "DEM-COMP-2",
    "LOV-3.1.2",
    "LOV-COMP-2",
)
def give_role(user: User, appointment: Appointment, by: User | None) -> Holding:
    """Give a role. The same role for the same post, body and block is not given twice at once."""
    municipality = appointment.role.municipality
    body = appointment.body or (appointment.post.body if appointment.post else None)
    held = Holding.objects.filter(user=user, role=appointment.role, until=None)
    if held.filter(post=appointment.post, body=body, block_key=appointment.block_key).exists():
        raise Refused(f"Роль «{appointment.role.title}» у этого сотрудника уже есть.")
    holding = Holding.objects.create(
        municipality=municipality,
        user=user,
        role=appointment.role,
        post=appointment.post,
        body=body,
        block_key=appointment.block_key,
        since=appointment.since,
        until=appointment.until,
        is_acting=appointment.is_acting,
        ground=appointment.ground,
    )
    record(holding, "accounts.role_given", by, municipality, details={"role": appointment.role.key})
    return holding


def end_role(holding: Holding, by: User, on: date | None = None) -> Holding:
    """End a holding: its last day is `on`, by default yesterday, so the rights end at once.

    The row stays as history. A role given today has held for a day and ends with it.
    """
    day = on or timezone.localdate() - timedelta(days=1)
    if holding.until and holding.until <= day:
        raise Refused("Эта роль уже снята.")
    holding.until = max(day, holding.since)
    holding.save(update_fields=["until"])
    record(holding, "accounts.role_ended", by, holding.municipality)
    return holding


@carries_out("MIH-4.1.3.7")
def name_specialist(user: User, block_key: str, by: User, municipality: Municipality) -> Holding:
    """A block head names a specialist of the own block (MIH-4.1.3.7); a person without a body gets the head's.

    A specialist without any body would see no cases, so that is refused.
    """
    headed = [
        held
        for held in holdings_acting(by, municipality)
        if held.block_key == block_key and "accounts.name_specialists" in held.role.permissions
    ]
    if not headed and not may(by, "accounts.manage", municipality):
        raise Refused("Специалистов называет руководитель этого блока.")
    body = _body_of(holdings_of(user).filter(municipality=municipality)) or _body_of(headed)
    if body is None:
        raise Refused("Не указано, в каком органе работает специалист. Сначала дайте ему роль с органом.")
    role = Role.objects.filter(municipality=municipality, key="executor").first()
    if role is None:
        raise Refused("В положении нет роли исполнителя — добавьте её в составе и ролях.")
    holding = give_role(user, Appointment(role, timezone.localdate(), body=body, block_key=block_key), by)
    record(holding, "accounts.specialist_named", by, municipality, details={"block": block_key})
    return holding


def _body_of(holdings: Iterable[Holding]) -> Body | None:
    return next((held.body for held in holdings if held.body is not None), None)


def set_absence(
    user: User,
    substitute: User,
    since: date,
    until: date,
    by: User,
    municipality: Municipality,
    reason: str = "",
) -> Absence:
    """Name who acts in a person's place for the days; the substitute gets the person's rights then."""
    if user == substitute:
        raise Refused("Замещать самого себя нельзя. Выберите другого сотрудника.")
    if until < since:
        raise Refused("День окончания раньше начала. Исправьте даты.")
    overlap = Absence.objects.filter(user=user, municipality=municipality, since__lte=until, until__gte=since)
    if overlap.exists():
        raise Refused("На эти дни замещающий уже назначен.")
    absence = Absence.objects.create(
        municipality=municipality, user=user, substitute=substitute, since=since, until=until, reason=reason
    )
    record(
        absence, "accounts.absence_set", by, municipality, details={"since": str(since), "until": str(until)}
    )
    return absence


def leave_notice(
    municipality: Municipality,
    text: str,
    link: str = "",
    user: User | None = None,
    body: Body | None = None,
    permission: str = "",
) -> Notice:
    """Leave a line for a person, a body, or everyone with a permission; never with personal data."""
    return Notice.objects.create(
        municipality=municipality, text=text, link=link, user=user, body=body, permission=permission
    )


def leave_once(
    municipality: Municipality, text: str, link: str, permission: str = "", user: User | None = None
) -> int:
    """Leave the notice unless the same one has been left, however often a timer runs; returns how many, 0 or 1."""
    said = text[:300]
    same = Notice.objects.filter(municipality=municipality, text=said, link=link, permission=permission)
    if same.filter(user=user).exists():
        return 0
    leave_notice(municipality, said, link, user=user, permission=permission)
    return 1
