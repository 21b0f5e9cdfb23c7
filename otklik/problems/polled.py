"""Problems seen by results of polls, votes and discussions (BOG-II.2.2.2, DEM-2.2.5.2, LOV-2.2.2.2, MIH-2.2.2.2)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from otklik.common.models import Municipality
from otklik.common.today import day_in
from otklik.outreach.polls.selectors import findings
from otklik.problems.models import Problem
from otklik.problems.services.raising import Proposal
from otklik.topics.models import Topic

LOOK_BACK_DAYS = 30
SURE = 0.7


def polled(municipality: Municipality, now: datetime) -> Iterable[Proposal]:
    """What polls summed up within a month say, each finding with the poll it comes from."""
    found = findings(municipality, day_in(municipality, now) - timedelta(days=LOOK_BACK_DAYS))
    # A person has dismissed or ended some of these already: a poll says its word once.
    known = set(
        Problem.objects.filter(municipality=municipality, seed__in=[one.key for one in found]).values_list(
            "seed", flat=True
        )
    )
    topics = {one.key: one for one in Topic.objects.filter(key__in={one.topic_key for one in found})}
    for one in found:
        if one.key in known:
            continue
        ended = day_in(municipality, one.poll.closed_at or now)
        yield Proposal(
            source="polls",
            title=one.title,
            reason=f"{one.reason}. «{one.poll.title}»"[:500],
            since=one.poll.opens_on or ended,
            until=ended,
            sureness=SURE,
            seed=one.key,
            ground=f"{one.poll.get_form_display()} № {one.poll.number}",
            ground_link=f"/polls/{one.poll.pk}/",
            topic=topics.get(one.topic_key),
            body=one.poll.body,
            point=one.point,
        )
