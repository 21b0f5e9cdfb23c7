"""A question of the queue as a draft of a poll: one press, then a person words it anew."""

from datetime import datetime

from django.db import transaction

from otklik.accounts.models import User
from otklik.charter.selectors import charter_of
from otklik.common.models import Municipality
from otklik.outreach.polls import services as polls
from otklik.outreach.polls.models import Poll
from otklik.outreach.polls.services import PollText, QuestionText
from otklik.problems.asking.models import Candidate
from otklik.problems.asking.services import take

RULES = (
    "Участвует каждый, кого мы спрашиваем, один раз. Голос тайный: кто как ответил, не знает никто. До последнего дня"
    " видно только, сколько человек ответили; итоги публикуем после закрытия, потом сообщаем решение. Не публикуем"
    " оскорбления, рекламу и чужие личные данные: автору скажем, что нарушено. Отрицательные мнения публикуем."
)
"""What a new draft begins with; a person says it in the words of the municipality."""
PLACED = {"pos": "pos", "any_site": "portal", "none": "portal"}
ELSEWHERE = "В другом месте"


@transaction.atomic
def draft_from(candidate: Candidate, by: User, now: datetime) -> Poll:
    """Write a draft of the question and take it out of the queue. Raises Refused without the right or when decided."""
    made = polls.draft(candidate.municipality, text_for(candidate), by, now)
    take(candidate, made, by, now)
    return made


def text_for(candidate: Candidate) -> PollText:
    """The draft: what is known stands in it, the term and the audience are left to a person."""
    town = candidate.municipality
    about = f"problem:{candidate.problem_id}" if candidate.problem_id else f"asking:{candidate.pk}"
    return PollText(
        form=candidate.form,
        title=candidate.title,
        why=f"Почему спрашиваем: {candidate.reason}.",
        rules=RULES,
        territory=str(candidate.settlement) if candidate.settlement else town.name,
        audience="все жители",
        place=place_of(town),
        topic_key=candidate.topic.key if candidate.topic else "",
        about=about,
        questions=_questions(candidate),
    )


def place_of(municipality: Municipality) -> str:
    """Where the charter has polls run."""
    return PLACED[charter_of(municipality).polls.placed_in]


def _questions(candidate: Candidate) -> list[QuestionText]:
    """A vote chooses among the places that write most; a poll asks how it hinders and where; a discussion proposes."""
    if candidate.form == "discussion":
        return []
    places = [str(name) for _, name, _ in candidate.figures.get("places", [])]
    where = QuestionText("Покажите на карте, где это", "point", is_required=False)
    words = QuestionText("Что ещё учесть?", "text", is_required=False)
    if len(places) > 1:
        return [QuestionText("С какого места начать?", "single", (*places, ELSEWHERE)), where, words]
    scale = QuestionText(
        "Насколько это мешает вам?", "scale", low_words="не мешает", high_words="мешает каждый день"
    )
    return [scale, where, words]
