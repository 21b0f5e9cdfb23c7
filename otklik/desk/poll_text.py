"""The text of a poll as its maker changes it: heads and questions of the form put over what stands in the draft."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from otklik.common.errors import Refused
from otklik.desk.forms.polls import Group
from otklik.outreach.polls.models import Poll, Question
from otklik.outreach.polls.selectors import questions_of
from otklik.outreach.polls.services.drafting import PollText, QuestionText, StratumText
from otklik.places.models import Settlement

PLAIN = (
    *("form", "title", "why", "rules", "territory", "audience", "audience_count", "strata_source", "access"),
    *("place", "opens_on", "closes_on", "topic_key", "body", "is_training"),
)
UP, DOWN = "up", "down"


def text_of(poll: Poll) -> PollText:
    """All that stands in the draft."""
    return PollText(
        **{name: getattr(poll, name) for name in PLAIN},
        about=poll.about,
        questions=[_question(one) for one in questions_of(poll)],
        strata=[StratumText(one.kind, one.key, one.title, one.population) for one in poll.strata.all()],
    )


def _question(one: Question) -> QuestionText:
    return QuestionText(
        one.text,
        one.kind,
        tuple(option.text for option in one.options.all()),
        one.help,
        one.is_required,
        one.most,
        one.low,
        one.high,
        one.low_words,
        one.high_words,
    )


def head_of(poll: Poll) -> dict[str, Any]:
    """What the form of the head begins with."""
    strata = list(poll.strata.all())
    ages = [f"{one.title}: {one.population}" for one in strata if one.kind == "age"]
    return {
        **{name: getattr(poll, name) for name in PLAIN},
        "body": poll.body_id,
        "areas": any(one.kind == "area" for one in strata),
        "ages": "\n".join(ages),
    }


def with_head(text: PollText, data: dict[str, Any], places: Sequence[Settlement]) -> PollText:
    """The text under a new head; `places` are settlements of the municipality, asked about when the form says so."""
    groups: Sequence[Group] = data["ages"]
    strata = [
        StratumText("age", f"age-{place}", one.title, one.people) for place, one in enumerate(groups, 1)
    ]
    if data["areas"]:
        strata += [StratumText("area", str(one.pk), str(one), one.population) for one in places]
    return replace(text, **{name: data[name] for name in PLAIN}, strata=strata)


def with_question(text: PollText, place: int, question: QuestionText) -> PollText:
    """The text with the question at this place; a place after the last one adds it."""
    questions = list(text.questions)
    questions[place : place + 1] = [question]
    return replace(text, questions=questions)


def without_question(text: PollText, place: int) -> PollText:
    """The text without the question at this place."""
    kept = [one for number, one in enumerate(text.questions) if number != place]
    return replace(text, questions=kept)


def moved(text: PollText, place: int, way: str) -> tuple[PollText, int]:
    """The text with the question one place up or down, and its new place. Raises Refused at the end of the list."""
    to = place + {UP: -1, DOWN: 1}[way]
    questions = list(text.questions)
    if not (0 <= place < len(questions) and 0 <= to < len(questions)):
        raise Refused("Дальше некуда: вопрос уже на краю списка.")
    questions[place], questions[to] = questions[to], questions[place]
    return replace(text, questions=questions), to
