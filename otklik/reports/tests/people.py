"""People of reports for the stories: who writes and signs, the head of a block, the block's specialist."""

from otklik.accounts.models import Role, User
from otklik.accounts.services import Appointment, give_role
from tests.town import SINCE, Town

WRITERS = ["reports.view", "reports.compose", "reports.verify"]


def head_of(town: Town, block_key: str, permissions: tuple[str, ...] = ("reports.compose",)) -> User:
    """Heads this block alone and holds nothing else."""
    head = town.user_with(f"head-{block_key}", [])
    role = Role.objects.create(
        municipality=town.municipality,
        key=f"head-of-{block_key}-{head.pk}",
        title=f"Глава блока {block_key}",
        permissions=list(permissions),
    )
    give_role(head, Appointment(role, SINCE, block_key=block_key), None)
    return head


def specialist_of(town: Town, block_key: str) -> User:
    """Works in the block and may not answer for it."""
    return head_of(town, block_key, ())
