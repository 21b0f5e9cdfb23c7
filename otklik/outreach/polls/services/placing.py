"""A poll is told of on official pages: a material of the content plan with the address of the ballot."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from otklik.accounts.models import User
from otklik.audit.services import record
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.words import capitalised, full_day
from otklik.outreach.content import services as content
from otklik.outreach.content.models import Material
from otklik.outreach.models import OfficialPage
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.services.guard import check_right


def link_of(poll: Poll) -> str:
    """Where residents answer: our page or ПОС."""
    return poll.outer_link or f"{settings.PUBLIC_URL}/p/{poll.municipality.key}/polls/{poll.number}/"


def words_of(poll: Poll) -> str:
    """What a post says of the poll, for a person to change: invitation while it runs, decision afterwards."""
    decision = getattr(poll, "decision", None)
    if decision is not None:
        return f"«{poll.title}»: вы ответили, решение принято.\n\n{decision.text}\n\nКак учли ответы: {decision.ground}"
    if poll.state in ("closed", "summed"):
        return f"«{poll.title}»: приём голосов окончен. {poll.summed_words}".strip()
    until = f"Ответить можно до {full_day(poll.closes_on)}. " if poll.closes_on else ""
    kind = capitalised(poll.get_form_display())
    secret = "" if poll.place == "pos" else "Голос тайный. "
    return f"{kind}: «{poll.title}».\n\n{poll.why}\n\n{until}{secret}Итоги и решение опубликуем."


@carries_out("LOV-2.2.4", "BOG-III.4.4.5")
def place(
    poll: Poll, pages: Sequence[OfficialPage], text: str, at: datetime | None, by: User, now: datetime
) -> Material:
    """Write a material about the poll for the pages; it leaves as any other, once agreed. Raises Refused."""
    check_right(by, poll.municipality)
    if poll.state in ("draft", "approval", "withdrawn") or (poll.place == "pos" and not poll.outer_link):
        raise Refused("Размещают утверждённый опрос, а опрос в ПОС — когда известен его адрес.")
    if not pages:
        raise Refused("Выберите хотя бы одну страницу.")
    made = content.write(
        poll.municipality,
        title=poll.title,
        text=text.strip() or words_of(poll),
        pages=pages,
        at=at,
        by=by,
        about=f"poll:{poll.pk}",
        topic_key=poll.topic_key,
        link=link_of(poll),
        is_exercise=poll.is_training,
        now=now,
    )
    record(poll, "polls.placed", by, poll.municipality, details={"pages": [one.pk for one in pages]})
    return made
