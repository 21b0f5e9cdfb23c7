"""A campaign and its steps as a person writes them: what is taken by the services that keep them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from otklik.accounts.models import Post
from otklik.analytics.criteria.models import Finding
from otklik.common.period import Period
from otklik.outreach.models import OfficialPage
from otklik.problems.models import Problem
from otklik.risks.campaigns.models import CampaignCall, Threat
from otklik.risks.models import Risk


@dataclass(frozen=True)
class Origin:
    """What a campaign is started from; `source` is a key of `words.SOURCES`."""

    source: str = "hand"
    threat: Threat | None = None
    call: CampaignCall | None = None
    risk: Risk | None = None
    problem: Problem | None = None
    finding: Finding | None = None
    drill: bool = False


@dataclass(frozen=True)
class CampaignText:
    """The head of a campaign: it runs over `run`, appeals are counted over `watch`."""

    title: str
    aim: str
    audience: str
    ground: str
    run: Period
    watch: Period
    topics: Sequence[str] = ()
    settlements: Sequence[int] = ()
    places: str = ""
    post: Post | None = None


@dataclass(frozen=True)
class StepText:
    """A step: a post on pages, or a deed off the network."""

    kind: str
    title: str
    at: datetime
    text: str = ""
    audience: str = ""
    pages: Sequence[OfficialPage] = ()
    post: Post | None = None
