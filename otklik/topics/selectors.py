"""Questions about topics and blocks of a municipality."""

from django.db.models import QuerySet

from otklik.common.models import Municipality
from otklik.topics.models import Block, Topic


def topics_of(municipality: Municipality) -> QuerySet[Topic]:
    """Open topics that the municipality's blocks answer for; all open ones where it has no blocks."""
    opened = Topic.objects.filter(is_open=True)
    if not Block.objects.filter(municipality=municipality).exists():
        return opened
    return opened.filter(blocks__municipality=municipality).distinct()


def block_of_topic(municipality: Municipality, topic: Topic) -> Block | None:
    """The block that answers for the topic; None where the municipality has no blocks."""
    return Block.objects.filter(municipality=municipality, topics=topic).first()
