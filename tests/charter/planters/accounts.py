"""Appointments, bodies, and what the journal tells of those appointed."""

from otklik.accounts.evidence import ROLES
from otklik.accounts.models import Body, Role, User
from otklik.accounts.services import Appointment, give_role, name_specialist
from otklik.audit.services import record
from otklik.cases import services
from otklik.charter.services import change_parameter
from tests.charter.planters.ground import Ground, plants
from tests.town import SINCE

NEW_DAYS = 9


def role(ground: Ground, key: str) -> Role:
    """The role of the charter; one more where this charter has none of the key."""
    found = Role.objects.filter(municipality=ground.whose, key=key).first()
    return found or Role.objects.create(
        municipality=ground.whose, key=key, title=key, permissions=["charter.view"]
    )


def person(ground: Ground, name: str) -> User:
    return User.objects.create_user(f"planted-{name}", "correct horse 59")


@plants(*ROLES)
def holders_of_roles(ground: Ground) -> None:
    for key in ROLES.values():
        give_role(person(ground, key), Appointment(role(ground, key), SINCE), None)


@plants("accounts.members")
def a_member(ground: Ground) -> None:
    give_role(person(ground, "member"), Appointment(role(ground, "member"), SINCE), None)


@plants("accounts.acting")
def an_acting_head(ground: Ground) -> None:
    give_role(person(ground, "acting"), Appointment(role(ground, "head"), SINCE, is_acting=True), None)


@plants("accounts.combinations")
def two_roles_of_one_person(ground: Ground) -> None:
    both = person(ground, "both")
    for key in ("head", "executor"):
        give_role(both, Appointment(role(ground, key), SINCE), None)


@plants("accounts.external_members")
def somebody_of_an_outer_body(ground: Ground) -> None:
    outer = Body.objects.filter(municipality=ground.whose, is_external=True).first()
    give_role(person(ground, "outer"), Appointment(role(ground, "member"), SINCE, body=outer), None)


@plants("accounts.no_unit")
def a_role_beside_a_post(ground: Ground) -> None:
    give_role(person(ground, "post"), Appointment(role(ground, "head"), SINCE, ground.posts[0]), None)


@plants("accounts.specialists")
def a_specialist_of_a_block(ground: Ground) -> None:
    name_specialist(ground.town.boris, ground.block.key, ground.by, ground.whose)


def no_bodies(ground: Ground) -> None:
    Body.objects.filter(municipality=ground.whose).update(is_open=False)


@plants("accounts.recipients", bare=no_bodies)
def a_body(ground: Ground) -> None:
    Body.objects.create(
        municipality=ground.whose, key="planted", name="Отдел", short_name="Отдел", kind="unit"
    )


def no_powers(ground: Ground) -> None:
    Role.objects.filter(municipality=ground.whose).update(permissions=[])


@plants("accounts.powers", bare=no_powers)
def a_role_with_rights(ground: Ground) -> None:
    role(ground, "planted")


@plants("audit.head_deeds")
def a_deed_of_the_head(ground: Ground) -> None:
    head = ground.town.user_with("head", [], role_key="head")
    services.assign_case(ground.case(), ground.body, head, ground.now, "разобрано")


@plants("audit.curator_views")
def a_look_of_the_curator(ground: Ground) -> None:
    curator = ground.town.user_with("curator", [], role_key="curator")
    services.reveal_personal(ground.case(), curator, ground.now, "звонок заявителю")


@plants("audit.access_log")
def a_look_at_personal_data(ground: Ground) -> None:
    services.reveal_personal(ground.case(), ground.by, ground.now, "звонок заявителю")


@plants("audit.module_settings")
def a_changed_parameter(ground: Ground) -> None:
    row = change_parameter(ground.whose, "deadline.draft_days", NEW_DAYS, "приказ", ground.by, ground.today)
    record(row, "charter.parameter_changed", ground.by, ground.whose)
