"""Who answers for a problem and who takes part in solving it."""

from datetime import datetime

from django.db import IntegrityError, transaction

from otklik.accounts.models import Body, Post, User
from otklik.accounts.selectors import body_ids_under, rights_of
from otklik.accounts.services import leave_notice
from otklik.audit.services import record
from otklik.common.errors import Refused
from otklik.problems.models import Problem, ProblemBody
from otklik.problems.services.locking import check_keeper, held_alive, save

PAGE = "/problems/"


def set_owner(problem: Problem, post: Post | None, body: Body | None, by: User, now: datetime) -> Problem:
    """Name the post and the body that answer; the post's own body where none is named."""
    if post is None and body is None:
        raise Refused("Назовите должность или орган.")
    with transaction.atomic():
        fresh = held_alive(problem, by)
        fresh.owner_post, fresh.body = post, body or (post.body if post else None)
        save(fresh, "owner_post", "body")
        said = ", ".join(str(one) for one in (fresh.owner_post, fresh.body) if one)
        record(fresh, "problems.owned", by, fresh.municipality, why=said[:500])
    return fresh


def call_body(problem: Problem, body: Body, task: str, by: User, now: datetime) -> ProblemBody:
    """Ask a body to take part, with what it has to do."""
    said = task.strip()[:300]
    if not said:
        raise Refused("Напишите, что орган делает для решения проблемы.")
    fresh = held_alive(problem, by)
    try:
        with transaction.atomic():
            made = ProblemBody.objects.create(
                municipality=fresh.municipality, problem=fresh, body=body, task=said, asked_at=now
            )
    except IntegrityError:
        raise Refused(f"{body.short_name} уже участвует в решении этой проблемы.") from None
    link = f"{PAGE}{fresh.number}/"
    leave_notice(fresh.municipality, f"Участие в проблеме {fresh.number}: {said}"[:300], link, body=body)
    record(fresh, "problems.body_called", by, fresh.municipality, why=f"{body.short_name}: {said}"[:500])
    return made


def part_done(part: ProblemBody, result: str, by: User, now: datetime) -> ProblemBody:
    """The body tells what it has done; its own people or the keepers of the problem may write it."""
    said = result.strip()[:500]
    if not said:
        raise Refused("Напишите, что сделано.")
    rights = rights_of(by, part.municipality)
    if part.body_id not in body_ids_under(rights.body_ids, part.municipality):
        check_keeper(part.problem, by)
    changed = ProblemBody.objects.filter(pk=part.pk, done_at=None).update(done_at=now, result=said)
    if not changed:
        raise Refused("Этот орган уже отчитался. Обновите страницу.")
    part.refresh_from_db()
    why = f"{part.body.short_name}: {said}"[:500]
    record(part.problem, "problems.body_done", by, part.municipality, why=why)
    return part
