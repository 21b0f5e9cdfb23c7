"""What people do with a card of a channel's story."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from otklik.cases import services
from otklik.cases.models import Case
from otklik.cases.services.answers import route_of
from otklik.channels.models import Channel, Feed
from otklik.channels.services import channel_of_kind
from otklik.channels.services.accounts import set_secret
from otklik.channels.tasks import send_waiting
from otklik.common.models import Municipality
from otklik.satisfaction.models import Score
from otklik.satisfaction.services import invite, take_score
from tests.town import Town


@dataclass(frozen=True)
class Bare:
    """A municipality without people: enough for what comes in, and much quicker than a whole town."""

    municipality: Municipality

    def channel(self, kind: str) -> Channel:
        """The municipality's channel of this kind."""
        return channel_of_kind(self.municipality, kind)


def connect(
    town: Town | Bare, kind: str, settings: Mapping[str, object], secrets: Mapping[str, str] | None = None
) -> Feed:
    """The channel connected by its settings and secrets alone, switched on and not yet read."""
    channel = town.channel(kind)
    channel.settings = {**channel.settings, **settings}
    channel.save(update_fields=["settings"])
    for name, value in (secrets or {}).items():
        set_secret(channel, name, value)
    return Feed.objects.create(municipality=town.municipality, channel=channel, is_on=True)


WORDS = "Яму заделали 20.10.2026, фото приложено."


def answer(town: Town, case: Case, now: datetime, text: str = WORDS) -> Case:
    """Assign, take, draft, approve, sign; what must leave is given to its adapter."""
    if case.body is None:
        case = services.assign_case(case, town.bodies[0], town.vera, now, "разобрано куратором")
    worker = town.user_with("worker", ["cases.work", "cases.view_body"], case.body)
    hour = now + timedelta(hours=1)
    case = services.take_case(case, worker, hour)
    services.save_draft(case, text, "solved", None, 0, worker)
    services.submit_answer(case, worker, hour)
    services.approve_answer(case, town.vera, hour)
    signer = town.galina if route_of(case).signature == "required" else town.vera
    services.sign_answer(case, signer, hour)
    send_waiting()
    case.refresh_from_db()
    return case


def rate(case: Case, heard: Callable[[], str], now: datetime) -> Score:
    """The author is asked how the answer helped, finds the link in what the network shows and gives five."""
    invite(case, now)
    send_waiting()
    found = re.search(r"/p/rate/([^/\s]+)/", heard())
    assert found is not None
    return take_score(found[1], 5, [], "Спасибо", now)
