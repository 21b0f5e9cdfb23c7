"""The board of priorities: effort as a person sees it, and a line of the board put into the catalogue."""

from dataclasses import replace
from datetime import datetime

from otklik.accounts.models import User
from otklik.accounts.selectors import rights_of
from otklik.audit.services import record
from otklik.cases.selectors import CaseFilter
from otklik.charter.carrying import carries_out
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.problems.advice.models import Advice, Effort
from otklik.problems.advice.rules import say_load
from otklik.problems.advice.selectors import Line
from otklik.problems.advice.services.proposing import LIMIT, AdviceText, advise
from otklik.problems.advice.words import SIZES
from otklik.topics.models import Topic


def set_effort(
    municipality: Municipality, topic: Topic, size: str, words: str, by: User, now: datetime
) -> Effort:
    """How much work a topic asks for; the last word stands, all words stay in the journal."""
    if size not in dict(SIZES):
        raise Refused("Выберите: мало, средне или много.")
    made, _ = Effort.objects.update_or_create(
        municipality=municipality,
        topic=topic,
        defaults={
            "size": size,
            "words": words.strip()[:300],
            "by": by,
            "by_title": rights_of(by, municipality).title[:200],
            "at": now,
        },
    )
    details = {"topic": topic.key, "size": size}
    record(made, "advice.effort", by, municipality, why=words.strip()[:300], details=details)
    return made


@carries_out("BOR-1.2.е.1", "DEM-2.2.6.2", "MIH-2.2.6", "MIH-4.3.2", "BOG-II.2.3.2")
def make_priority(
    municipality: Municipality, line: Line, text: AdviceText, period: Period, by: User, now: datetime
) -> Advice:
    """Put a line of the board into the catalogue as a priority: its figures as they are now become the ground."""
    days = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    link = f"/cases/?{CaseFilter(topic=line.topic.key, **days).to_query()}"
    ground = f"{say_load(line.load)}; {line.rank.reason}"
    whole = replace(
        text,
        kind="priority",
        title=text.title or f"Сначала: {line.topic.title}",
        ground=ground[:LIMIT],
        ground_link=link,
        problem=line.problem,
    )
    return advise(municipality, whole, by, now)
