"""A risk with its kept copy, a page under watch, a finding, a risk-prone topic, an answer of the chat."""

from datetime import datetime
from typing import Any

from otklik.channels.files import store_file
from otklik.risks.models import Alert, Risk, RiskProneTopic, Sighting, WatchedPage
from otklik.topics.models import Topic
from tests.town import Town


def risked(town: Town, now: datetime) -> dict[str, list[Any]]:
    """Rows as they stand; the charter of this town is silent about risks, so no service would make them."""
    whose, keeper = town.municipality, town.user_with("risks", ["risks.work"])
    risk = Risk.objects.create(
        municipality=whose,
        number=1,
        title="Качество воды",
        gist="Пишут, что вода непригодна",
        link="https://example.org/1",
        level_key="low",
        level_reason="единичная запись",
        found_at=now,
        began_at=now,
        found_by=keeper,
        kept_file=store_file(b"kopia", "kopia.txt", whose),
    )
    page = WatchedPage.objects.create(
        municipality=whose,
        kind="local_pages",
        title="Наш город",
        url="https://example.org",
        since=now.date(),
    )
    sighting = Sighting.objects.create(
        municipality=whose, kind="spike", key="finding:1", at=now, title="Всплеск", reason="9 вместо 2"
    )
    prone = RiskProneTopic.objects.create(
        municipality=whose,
        topic=Topic.objects.order_by("pk")[0],
        why="расходится быстро",
        since=now,
        by=keeper,
    )
    answer = Alert.objects.create(municipality=whose, kind="answer", is_answer=True, text="принято", at=now)
    return {
        "risk": [risk.pk],
        "risk_deed": [risk.pk, "check"],
        "risk_file": [risk.pk, "copy"],
        "watched_page": [page.pk],
        "sighting": [sighting.pk],
        "prone_topic": [prone.pk],
        "chat_answer": [answer.pk],
    }
