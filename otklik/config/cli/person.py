"""`otklik person`: an account with its role, made on the host: whoever is first adds the others on the screen."""

import secrets

import click
from django.utils import timezone

from otklik.accounts.models import Body, Role, User
from otklik.accounts.services import Appointment, give_role, make_user
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.config.cli.towns import named_town

KEEPER = "administrator"


@click.command("person")
@click.option("--municipality", "key", required=True, help="Ключ муниципалитета: borovichi и другие.")
@click.option("--login", required=True, help="Имя для входа.")
@click.option("--role", "role_key", default=KEEPER, show_default=True, help="Ключ роли из положения.")
@click.option("--body", "body_key", default="", help="Ключ органа из положения, если роль даётся в нём.")
@click.option("--name", default="", help="Фамилия и инициалы.")
def command(key: str, login: str, role_key: str, body_key: str, name: str) -> None:
    """Завести сотрудника с ролью; первый пароль покажется один раз. Кому запись уже заведена, получит роль.

    Первый на новой установке — администратор: остальных он заведёт на странице «Состав и роли».
    """
    municipality, login = named_town(key), login.strip()
    if not login:
        raise Refused("Имя для входа пустое: назовите его, например --login petrova.")
    with within(municipality.pk):
        role, body = _role(municipality, role_key), _body(municipality, body_key)
        user, password = User.objects.filter(username=login).first(), ""
        if user is None:
            password = secrets.token_urlsafe(12)
            user = make_user(municipality, login, password, None, name)
        give_role(user, Appointment(role, timezone.localdate(), body=body), None)
    click.echo(f"{login}: {role.title}, {municipality.short_name}.")
    if password:
        click.echo(f"Первый пароль: {password} — при первом входе он меняется.")


def _role(municipality: Municipality, key: str) -> Role:
    roles = Role.objects.filter(municipality=municipality)
    found = roles.filter(key=key).first()
    if found is None:
        known = ", ".join(f"{one.key} ({one.title})" for one in roles.order_by("position"))
        raise Refused(f"Роли «{key}» в положении нет; есть {known}.")
    return found


def _body(municipality: Municipality, key: str) -> Body | None:
    bodies = Body.objects.filter(municipality=municipality, is_external=False, is_open=True)
    found = bodies.filter(key=key).first()
    if key and found is None:
        known = ", ".join(f"{one.key} ({one.short_name})" for one in bodies)
        raise Refused(f"Органа «{key}» нет; есть {known}.")
    return found
