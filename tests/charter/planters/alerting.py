"""The alert chat: an alert and a report that have left. The town's charter names no chat, so rows are made as they
stand after `risks.chat.services.say` and the sending."""

from typing import Any

from otklik.channels.services import make_outgoing, mark_placed
from otklik.risks.models import Alert
from tests.charter.planters.ground import Ground, plants

PARTS = {
    "text": "Вода в норме, проба от 15 октября.",
    "places": ["Страница округа"],
    "links": [["official_page", "https://vk.com/wall-1_2"]],
}


def left(ground: Ground, kind: str, **more: Any) -> Alert:
    """A message of this kind that has left."""
    channel = ground.town.channel("telegram")
    outgoing = make_outgoing(
        channel, "alert", "risk:1", "-5", "Риск № 1", "⚠", f"alert:risk:1:{kind}", now=ground.now
    )
    mark_placed(outgoing, "-5:7", ground.by, ground.now)
    return Alert.objects.create(
        municipality=ground.whose,
        kind=kind,
        channel=channel,
        outgoing=outgoing,
        text="⚠",
        at=ground.now,
        **more,
    )


@plants("risks.chat", "risks.alerts")
def an_alert_that_has_left(ground: Ground) -> None:
    left(ground, "alert")


@plants("risks.reports")
def a_report_in_two_parts(ground: Ground) -> None:
    left(ground, "report", parts=PARTS)
