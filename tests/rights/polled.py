"""A draft, a decided poll with a sign and a step, a discussion with a proposal, a question of the queue."""

from datetime import datetime
from typing import Any

from otklik.outreach.polls.models import Decision, DecisionStep, Poll, Proposal, Sign
from otklik.outreach.polls.services import PollText, QuestionText, draft
from otklik.problems.asking.models import Candidate
from otklik.topics.models import Topic
from tests.town import Town

QUESTION = QuestionText("Где начать?", "single", ("В селе", "В городе"))


def polled(town: Town, now: datetime) -> dict[str, list[Any]]:
    whose, keeper = town.municipality, town.user_with("polls", ["outreach.polls"])
    made = draft(whose, PollText("poll", "Дворы", questions=[QUESTION, QUESTION]), keeper, now)
    talk = draft(whose, PollText("discussion", "Сквер"), keeper, now)
    ended = draft(whose, PollText("vote", "Дороги", questions=[QUESTION]), keeper, now)
    times = dict.fromkeys(("approved_at", "opened_at", "closed_at", "summed_at"), now)
    Poll.objects.filter(pk=ended.pk).update(state="decided", **times)
    sign = Sign.objects.create(
        municipality=whose,
        poll=ended,
        kind="burst",
        key="1",
        words="всплеск",
        votes=30,
        sureness=0.6,
        found_at=now,
    )
    decision = Decision.objects.create(
        municipality=whose, poll=ended, text="Начать с села", ground="так ответили", by=keeper, at=now
    )
    step = DecisionStep.objects.create(
        municipality=whose, decision=decision, text="Отремонтировать въезд", due_on=now.date()
    )
    proposal = Proposal.objects.create(
        municipality=whose,
        poll=talk,
        number=1,
        title="Лавки",
        text="Поставить лавки",
        follow_hash="1",
        came_at=now,
    )
    question = Candidate.objects.create(
        municipality=whose,
        seed="test",
        title="Что изменить: ямы",
        form="poll",
        topic=Topic.objects.order_by("pk").first(),
        priority=50,
        sureness=0.7,
        reason="девять сообщений",
        since=now.date(),
        until=now.date(),
        at=now,
        counted_at=now,
    )
    return {
        "poll": [made.pk],
        "poll_question": [made.pk, 0],
        "poll_question_deed": [made.pk, 0, "down"],
        "poll_deed": [made.pk, "submit"],
        "poll_protocol": [ended.pk, "docx"],
        "poll_sign": [sign.pk],
        "poll_step": [step.pk, "done"],
        "discussion": [talk.pk],
        "poll_proposal": [proposal.pk, "show"],
        "candidate": [question.pk, "refuse"],
    }
