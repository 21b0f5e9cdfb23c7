"""Who takes part in stories of campaigns, on a Tuesday in October, and the flow of appeals they look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from otklik.accounts.models import Holding, Post, User
from otklik.analytics.models import RollFact
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.outreach.models import OfficialPage
from otklik.risks.campaigns import services
from otklik.risks.campaigns.models import Campaign, Threat
from otklik.risks.campaigns.services import CampaignText, StepText
from tests.town import SINCE, Town

NOW = datetime.fromisoformat("2026-10-20T12:00:00+03:00")
TODAY = NOW.date()
MONDAY = TODAY - timedelta(days=TODAY.weekday())
WEEK = timedelta(weeks=1)
TEXT = "Зимняя уборка начинается с главных улиц. График на сайте, телефон диспетчера 112."


@dataclass
class Cast:
    """The officer of risks the charter names, a curator who approves, a post held by somebody."""

    town: Town

    @property
    def whose(self) -> Municipality:
        return self.town.municipality

    @cached_property
    def officer(self) -> User:
        return self.town.user_with("officer", [], role_key="risk_officer")

    @cached_property
    def curator(self) -> User:
        return self.town.user_with("curator", ["outreach.approve", "risks.view"])

    @cached_property
    def post(self) -> Post:
        return Post.objects.filter(municipality=self.whose).order_by("pk")[0]

    @cached_property
    def holder(self) -> User:
        """Somebody who holds the post."""
        user = self.town.user_with("holder", ["cases.work"])
        Holding.objects.filter(user=user).update(post=self.post)
        return user

    @cached_property
    def page(self) -> OfficialPage:
        return OfficialPage.objects.create(
            municipality=self.whose,
            title="Страница округа",
            network="vk",
            url="https://vk.com/okrug",
            organisation="Администрация",
            opened_on=SINCE,
        )

    def threat(self, key: str = "snow") -> Threat:
        """A threat of the starter list."""
        if not Threat.objects.filter(municipality=self.whose).exists():
            services.adopt_starter(self.whose, self.officer, NOW)
        return Threat.objects.get(municipality=self.whose, key=key)

    def text(self, **more: Any) -> CampaignText:
        words: dict[str, Any] = {
            "title": "Снег",
            "aim": "Жители знают график уборки",
            "audience": "жители",
            "ground": "приходит зима",
            "run": Period(TODAY, TODAY + 3 * WEEK),
            "watch": Period(MONDAY, MONDAY + 8 * WEEK - timedelta(days=1)),
            "topics": ["road-snow"],
            "post": self.post,
            **more,
        }
        return CampaignText(**words)

    def running(self, **more: Any) -> Campaign:
        """An approved campaign of one post on the page and one leaflet."""
        steps = [
            StepText("post", "График уборки", NOW + timedelta(days=1), TEXT, pages=[self.page]),
            StepText("print", "Памятка", NOW + timedelta(days=2)),
        ]
        made = services.start(self.whose, self.text(**more), self.officer, NOW, steps=steps)
        return services.approve(services.send(made, [], self.officer, NOW), self.curator, NOW)

    def plant(self, flows: Mapping[str, Sequence[int]], until: datetime = NOW) -> None:
        """Rolled facts of topics by weeks, the oldest first; the last week is the one before that of `until`."""
        monday = until.date() - timedelta(days=until.date().weekday())
        RollFact.objects.bulk_create(
            RollFact(
                municipality=self.whose,
                grain="caseday",
                day=monday - WEEK * back,
                channel="phone",
                kind="message",
                topic=topic,
                body=0,
                block="",
                received=count,
            )
            for topic, counts in flows.items()
            for back, count in zip(range(len(counts), 0, -1), counts, strict=True)
            if count
        )
