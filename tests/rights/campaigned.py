"""A threat, a call and a campaign with a step that has a file: what addresses of campaigns name."""

from datetime import date, datetime, timedelta
from typing import Any

from otklik.channels.files import store_file
from otklik.common.period import Period
from otklik.common.today import day_in
from otklik.risks.campaigns import services
from otklik.risks.campaigns.models import CampaignStep
from otklik.risks.campaigns.services import CampaignText, StepText, ThreatText
from otklik.topics.models import Topic
from tests.town import Town


def campaigned(town: Town, now: datetime) -> dict[str, list[Any]]:
    """Nobody's post is named, so that only rights open them."""
    whose, keeper = town.municipality, town.user_with("campaigner", ["risks.work"])
    topic, day = Topic.objects.order_by("pk")[0], day_in(whose, now)
    threat = services.add_threat(
        whose, ThreatText("Лужи", "constant", "Не пройти", "01-01", "12-31"), keeper, now
    )
    call = services.call_by_hand(whose, topic, "пишут каждый день", Period(day, day), keeper, now)
    step = StepText("print", "Памятка", now + timedelta(days=2))
    campaign = services.start(whose, text_of(day), keeper, now, steps=[step])
    kept = CampaignStep.objects.get(campaign=campaign)
    CampaignStep.objects.filter(pk=kept.pk).update(file=store_file(b"maket", "maket.txt", whose))
    return {
        "threat": [threat.pk],
        "threat_deed": [threat.pk, "off"],
        "campaign_start": ["threat", threat.pk],
        "campaign_call_deed": [call.pk, "refuse"],
        "campaign": [campaign.pk],
        "campaign_deed": [campaign.pk, "part"],
        "campaign_step": [kept.pk],
        "campaign_step_deed": [kept.pk, "drop"],
    }


def text_of(day: date, **more: Any) -> CampaignText:
    """The head of a campaign of three weeks, counted for eight."""
    words: dict[str, Any] = {
        "title": "Про лужи",
        "aim": "Жители знают, куда звонить",
        "audience": "жители центра",
        "ground": "пишут каждый день",
        "run": Period(day, day + timedelta(weeks=3)),
        "watch": Period(day, day + timedelta(weeks=8)),
        **more,
    }
    return CampaignText(**words)
