"""What every deed of an official asks first: the right, the row under a lock, the box to itself."""

from django.db import connection

from otklik.accounts.models import User
from otklik.accounts.selectors import may, rights_of
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.selectors import authorised_of

RUNS = "outreach.polls"


def check_right(by: User | None, municipality: Municipality) -> None:
    """Raise Refused unless the person runs polls here; the machine (None) may open and close by the dates."""
    if by is not None and not may(by, RUNS, municipality):
        raise Refused("Опросы проводит тот, у кого есть это право в положении: попросите его.")


def check_authorised(by: User, municipality: Municipality) -> None:
    """Raise Refused unless the person works with ПОС for the municipality, where the charter names such a role."""
    check_right(by, municipality)
    role = authorised_of(municipality)
    if role is not None and role.key not in rights_of(by, municipality).role_keys:
        raise Refused(
            f"В ПОС опрос публикует и итоги вносит муниципальный уполномоченный (роль «{role.title}»): передайте ему."
        )


def locked(poll: Poll) -> Poll:
    """The poll as it stands, held till the end of the transaction."""
    return (
        Poll.objects.select_for_update(of=("self",)).select_related("municipality", "author").get(pk=poll.pk)
    )


def hold_box(poll_id: int, alone: bool) -> None:
    """Voters share the box, who mixes or opens it has it to himself; till the end of the transaction.

    An advisory lock: a row lock would be written to the disk by every voter.
    """
    function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [f"polls.box:{poll_id}"])


def page_of(poll: Poll) -> str:
    """The address of the poll on the desk."""
    return f"/polls/{poll.pk}/"
