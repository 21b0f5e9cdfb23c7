"""A question of the queue to residents."""

from otklik.problems.asking.models import Candidate
from otklik.topics.models import Topic
from tests.charter.planters.ground import Ground, plants


@plants("polls.queue")
def a_question_with_its_priority(ground: Ground) -> None:
    Candidate.objects.create(
        municipality=ground.whose,
        seed="planted",
        title="Что изменить: ямы на дорогах",
        form="poll",
        topic=Topic.objects.order_by("pk")[0],
        priority=70,
        sureness=0.8,
        reason="девять сообщений",
        since=ground.today,
        until=ground.today,
        at=ground.now,
        counted_at=ground.now,
    )
