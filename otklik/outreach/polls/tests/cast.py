"""Polls of the stories: people with rights, a running poll, a crowd of voters."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from otklik.accounts.models import User
from otklik.outreach.polls import services
from otklik.outreach.polls.models import Poll, Question
from otklik.outreach.polls.rules import Mark, read_answers
from otklik.outreach.polls.selectors import asked_of, questions_of
from otklik.outreach.polls.services import PollText, QuestionText, StratumText, Vote
from tests.town import Town, build_town

NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
OPTIONS = ("Сквер у школы", "Набережная", "Парк на окраине")
QUESTIONS = (
    QuestionText("Что обновить первым", "single", OPTIONS),
    QuestionText("Чего не хватает", "multiple", ("Света", "Скамеек", "Дорожек"), most=2, is_required=False),
    QuestionText("Довольны ли вы дворами", "scale", is_required=False),
    QuestionText("Что ещё сделать", "text", is_required=False),
    QuestionText("Где", "point", is_required=False),
)
STRATA = (
    StratumText("age", "young", "до 35 лет", 6000),
    StratumText("age", "old", "35 лет и старше", 4000),
)
TEXT = PollText(
    form="poll",
    title="Какой сквер обновить первым",
    why="По ответам решим, что внести в программу следующего года.",
    rules="Участвуют жители района, один голос человека.",
    territory="Боровичский район",
    audience="жители старше 14 лет",
    audience_count=10_000,
    access="open",
    opens_on=NOW.date(),
    closes_on=NOW.date() + timedelta(days=9),
    questions=QUESTIONS,
    strata=STRATA,
)
AFTER = NOW + timedelta(days=10)


@dataclass
class Cast:
    """A town with those who write, approve and run polls."""

    town: Town = field(default_factory=build_town)

    @cached_property
    def author(self) -> User:
        return self.town.user_with("author", ["outreach.polls"])

    @cached_property
    def head(self) -> User:
        return self.town.user_with("head", ["outreach.polls", "outreach.approve_polls"])

    @cached_property
    def authorised(self) -> User:
        """Works with ПОС for the municipality."""
        return self.town.user_with("authorised", [], role_key="pos_officer")

    def drafted(self, **more: Any) -> Poll:
        return services.draft(self.town.municipality, replace(TEXT, **more), self.author, NOW)

    def approved(self, **more: Any) -> Poll:
        return services.approve(services.submit(self.drafted(**more), self.author, NOW), self.head, NOW)

    def running(self, **more: Any) -> Poll:
        return services.open_poll(self.approved(**more), None, NOW)


def said(poll: Poll, *answers: str | Iterable[str]) -> list[Mark]:
    """Marks of a ballot by words: a text of an option, a number, free words; empty where nothing was answered."""
    asked = questions_of(poll)
    fields = {}
    for one, answer in zip(asked, answers, strict=False):
        words = [answer] if isinstance(answer, str) else list(answer)
        fields[f"q{one.pk}"] = [_key(one, word) for word in words]
    marks, faults = read_answers(asked_of(poll), fields)
    assert not faults, faults
    return marks


def _key(asked: Question, word: str) -> str:
    return next((str(option.pk) for option in asked.options.all() if option.text == word), word)


def receipt() -> str:
    """The fingerprint of some receipt."""
    return sha256(uuid.uuid4().bytes).hexdigest()


def vote(
    poll: Poll,
    voter: str,
    *answers: str | Iterable[str],
    now: datetime = NOW,
    age: str = "",
    network: str = "",
) -> str:
    """Cast a vote; returns the fingerprint of its receipt."""
    kept = receipt()
    services.cast(poll, voter, Vote(said(poll, *answers), kept, age, network=network), now)
    return kept
