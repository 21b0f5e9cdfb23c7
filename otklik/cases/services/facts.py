"""A case as its routing sees it, at registration and at every later sorting."""

from otklik.cases.models import Case
from otklik.cases.services.knowledge import Knowledge
from otklik.routing.rules import Facts


def facts_of(case: Case, known: Knowledge, words: frozenset[str]) -> Facts:
    """The case as routing sees it."""
    return Facts(
        kind=case.kind,
        text_kind=case.text_kind,
        channel=case.channel.key,
        topic=case.topic.key if case.topic else "",
        group=case.topic.group if case.topic else "",
        settlement=case.settlement.name if case.settlement else "",
        words=words,
        at=known.local(case.came_at),
        urgency=case.urgency,
        complained_of=case.complained_of_id,
    )
