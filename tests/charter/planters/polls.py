"""Polls: a survey, a vote and a discussion opened to residents; all three are another proof."""

from datetime import timedelta

from otklik.outreach.polls import services
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.services import PollText, QuestionText
from tests.charter.planters.ground import Ground, plants

QUESTION = QuestionText("Что обновить первым", "single", ("Сквер", "Набережную"))


def opened(ground: Ground, form: str) -> Poll:
    """Drafted by one, approved by another, open today."""
    whose, author = ground.whose, ground.town.user_with("polls", ["outreach.polls"])
    text = PollText(
        form,
        "Что обновить первым",
        *("Решим, что внести в план.", "Один голос человека.", "Район", "Жители"),
        opens_on=ground.today,
        closes_on=ground.today + timedelta(days=9),
        questions=[QUESTION],
    )
    made = services.submit(services.draft(whose, text, author, ground.now), author, ground.now)
    return services.open_poll(services.approve(made, ground.by, ground.now), author, ground.now)


@plants("polls.surveys")
def a_survey(ground: Ground) -> None:
    opened(ground, "poll")


@plants("polls.votes")
def a_vote(ground: Ground) -> None:
    opened(ground, "vote")


@plants("polls.discussions")
def a_discussion(ground: Ground) -> None:
    opened(ground, "discussion")


@plants("polls.all_forms")
def all_three_forms(ground: Ground) -> None:
    for form in ("poll", "vote", "discussion"):
        opened(ground, form)
