"""A line that must not be left twice, however often its timer runs."""

from otklik.accounts.models import Notice, User
from otklik.accounts.services import leave_notice
from otklik.common.models import Municipality


def leave_once(
    town: Municipality, text: str, link: str, permission: str = "", user: User | None = None
) -> int:
    """Leave the notice unless the same one has been left; returns how many were left, 0 or 1."""
    same = Notice.objects.filter(municipality=town, text=text[:300], link=link, permission=permission)
    if same.filter(user=user).exists():
        return 0
    leave_notice(town, text[:300], link, user=user, permission=permission)
    return 1
