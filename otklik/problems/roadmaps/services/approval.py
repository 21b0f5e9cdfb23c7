"""The route of a roadmap: posts agree in turn, the last one approves; a new edition takes the route again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from otklik.accounts.models import Post, User
from otklik.accounts.selectors import held_posts, rights_of
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.problems.roadmaps.document import data_of
from otklik.problems.roadmaps.models import Approval, Edition, Measure, Roadmap
from otklik.problems.roadmaps.selectors import measures_of, turn_of
from otklik.problems.roadmaps.services.guard import held, manager, tell, touched, written
from otklik.problems.roadmaps.words import AT_WORK, LIVE, OPEN


@transaction.atomic
def send(roadmap: Roadmap, posts: Sequence[Post], by: User, now: datetime) -> Roadmap:
    """Send a draft along the posts; the last one approves. Raises Refused for a plan with nothing in it."""
    found = held(roadmap, "draft")
    manager(by, found)
    route = list({one.pk: one for one in posts}.values())
    if not route:
        raise Refused("Назовите, кто утверждает: без этого карту некому согласовать.")
    empty = [one.title for one in route if not held_posts(found.municipality).filter(post=one).exists()]
    if empty:
        raise Refused(f"Должность «{empty[0]}» никто не занимает: выберите другую или назначьте человека.")
    measures = measures_of(found)
    if not any(one.state in OPEN for one in measures):
        raise Refused("В карте нет мероприятий: внесите хотя бы одно.")
    if found.kind == "interdepartmental" and len(bodies_in(measures)) < 2:
        raise Refused("В межведомственной карте участвуют хотя бы два органа: назначьте мероприятия второму.")
    for turn, post in enumerate(route, start=1):
        Approval.objects.create(
            municipality=found.municipality,
            roadmap=found,
            edition=found.edition + 1,
            turn=turn,
            post=post,
            is_last=turn == len(route),
            asked_at=now if turn == 1 else None,
        )
    found.state, found.state_reason = "approval", ""
    touched(found, "state", "state_reason")
    record(found, "roadmaps.sent", by, found.municipality, why=", ".join(one.title for one in route)[:300])
    tell(found, route[:1], f"Согласуйте дорожную карту {found}")
    return found


@carries_out("BOG-III.5.4", "BOR-3.2.в", "MIH-4.1.1.4")
@transaction.atomic
def decide(roadmap: Roadmap, agreed: bool, words: str, by: User, now: datetime) -> Roadmap:
    """Agree or return with words, in turn. The last signature approves and freezes the edition."""
    found = held(roadmap, "approval")
    asked = turn_of(found)
    rights = rights_of(by, found.municipality)
    if asked is None or asked.post_id not in rights.post_ids:
        title = asked.post.title if asked else "никто"
        raise Refused(f"Сейчас очередь другой должности: {title}.")
    asked.words = words.strip()[:500] if agreed else written(words, "замечание", 500)
    asked.decision, asked.by, asked.at = "agreed" if agreed else "refused", by, now
    asked.save(update_fields=["decision", "words", "by", "at"])
    code = "roadmaps.agreed" if agreed else "roadmaps.refused"
    record(found, code, by, found.municipality, why=f"{asked.post.title}. {asked.words}"[:300])
    if not agreed:
        return _return(found, asked)
    following = turn_of(found)
    if following is None:
        return _approve(found, asked, by, now)
    following.asked_at = now
    following.save(update_fields=["asked_at"])
    touched(found)
    tell(found, [following.post], f"Согласуйте дорожную карту {found}")
    return found


def _return(found: Roadmap, asked: Approval) -> Roadmap:
    # A refused route is over: the next one is asked from its beginning, with the words of this one on record.
    Approval.objects.filter(roadmap=found, edition=asked.edition, decision="").delete()
    found.state, found.state_reason = "draft", f"{asked.post.title}: {asked.words}"[:300]
    touched(found, "state", "state_reason")
    return found


def _approve(found: Roadmap, asked: Approval, by: User, now: datetime) -> Roadmap:
    found.edition, found.approved_at = found.edition + 1, now
    found.state = (
        "running" if Measure.objects.filter(roadmap=found).exclude(state="planned").exists() else "approved"
    )
    touched(found, "edition", "approved_at", "state")
    measures = measures_of(found)
    Edition.objects.create(
        municipality=found.municipality,
        roadmap=found,
        number=found.edition,
        at=now,
        by_title=asked.post.title,
        data=data_of(found, measures),
    )
    record(found, "roadmaps.approved", by, found.municipality, why=f"{found}, редакция {found.edition}"[:300])
    named = [one.post for one in measures] + [helper.post for one in measures for helper in one.helpers.all()]
    tell(found, named, f"Утверждена дорожная карта {found}: в ней есть ваши мероприятия")
    return found


@transaction.atomic
def reopen(roadmap: Roadmap, why: str, by: User) -> Roadmap:
    """Open an approved roadmap for a new edition; what is done stays done."""
    found = held(roadmap, *AT_WORK)
    manager(by, found)
    found.state, found.state_reason = "draft", written(why, "почему нужна новая редакция", 300)
    touched(found, "state", "state_reason")
    record(found, "roadmaps.reopened", by, found.municipality, why=found.state_reason)
    return found


@transaction.atomic
def cancel(roadmap: Roadmap, why: str, by: User, now: datetime) -> Roadmap:
    """Cancel with a reason; nothing of it waits for anybody any more."""
    found = held(roadmap, *LIVE)
    manager(by, found)
    found.state, found.state_reason, found.finished_at = (
        "cancelled",
        written(why, "почему отменена", 300),
        now,
    )
    touched(found, "state", "state_reason", "finished_at")
    record(found, "roadmaps.cancelled", by, found.municipality, why=found.state_reason)
    tell(found, [one.post for one in measures_of(found)], f"Отменена дорожная карта {found}")
    return found


def bodies_in(measures: Sequence[Measure]) -> set[int]:
    """Bodies that answer or help."""
    posts = [one.post for one in measures] + [helper.post for one in measures for helper in one.helpers.all()]
    return {one.body_id for one in posts}
