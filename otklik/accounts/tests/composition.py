"""A municipality with the bodies, posts and roles of its preset, and people to give them to."""

from datetime import date

from otklik.accounts.models import Body, Role, User
from otklik.accounts.services import Appointment, give_role, load_people
from otklik.charter.files import preset_folders
from otklik.charter.selectors import charter_of
from otklik.charter.services import load_charter
from otklik.common.models import Municipality
from otklik.common.scope import set_scope

SINCE = date(2026, 1, 1)
PASSWORD = "верный конь 59 ходит"


def load(key: str = "borovichi") -> Municipality:
    """The preset's composition in the scope of the running transaction."""
    municipality = load_charter(preset_folders()[key]).municipality
    set_scope(Municipality.objects.values_list("id", flat=True))
    load_people(charter_of(municipality), municipality)
    return municipality


def person(username: str) -> User:
    return User.objects.create_user(username, PASSWORD)


def role(municipality: Municipality, key: str) -> Role:
    return Role.objects.get(municipality=municipality, key=key)


def holder(
    municipality: Municipality, key: str, username: str, body: Body | None = None, block: str = ""
) -> User:
    """A person who holds the role since the beginning of the year."""
    user = person(username)
    give_role(user, Appointment(role(municipality, key), SINCE, body=body, block_key=block), None)
    return user
