"""The one way a problem changes: lock its row, ask the rights, see that nobody changed it meanwhile."""

from django.db.models import F

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.common.errors import Refused
from otklik.problems.models import Problem
from otklik.problems.rules import keeps
from otklik.problems.words import LIVE_STATES


def held(problem: Problem, by: User | None, version: int | None = None) -> Problem:
    """The problem locked and fresh. Raises Refused without the right or when the version is not the one seen."""
    fresh = Problem.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=problem.pk)
    if by is not None:
        check_keeper(fresh, by)
    if version is not None and version != fresh.version:
        raise Refused("Пока вы смотрели, проблему изменил другой сотрудник. Обновите страницу и сравните.")
    return fresh


def held_alive(problem: Problem, by: User | None) -> Problem:
    """The same for a problem that is neither closed nor dismissed."""
    fresh = held(problem, by)
    if fresh.state not in LIVE_STATES:
        raise Refused("Проблема закрыта: её запись больше не меняют. Заведите новую и сошлитесь на эту.")
    return fresh


def check_keeper(problem: Problem, by: User) -> None:
    """Refuse whoever does not keep problems of this block."""
    rights = rights_of(by, problem.municipality)
    if not keeps(rights.permissions, rights.block_keys, problem.block_key):
        raise Refused("Проблему ведёт руководитель её блока или центр. Передайте им, что вы увидели.")


def save(problem: Problem, *fields: str) -> Problem:
    """Save the named fields with the next version."""
    problem.version = F("version") + 1
    problem.save(update_fields=[*fields, "version", "changed_at"])
    problem.refresh_from_db(fields=["version"])
    return problem
