"""Prevention: a call told to the chat, a part in preparing, a step done, the list of threats looked through."""

from datetime import timedelta

from otklik.risks.campaigns import services
from otklik.risks.campaigns.models import Campaign, CampaignCall, CampaignStep
from otklik.risks.campaigns.services import StepText, ThreatText
from tests.charter.planters.ground import Ground, plants
from tests.rights.campaigned import text_of


def started(ground: Ground) -> Campaign:
    """A draft with a leaflet."""
    step = StepText("print", "Памятка", ground.now + timedelta(days=1))
    return services.start(ground.whose, text_of(ground.today), ground.by, ground.now, steps=[step])


@plants("risks.campaign_calls")
def a_call_told_to_the_chat(ground: Ground) -> None:
    """This town's charter names no chat: the row stands as it does where one is named."""
    CampaignCall.objects.create(
        municipality=ground.whose,
        source="hand",
        title="Паводок",
        reason="пишут каждый день",
        since=ground.today,
        until=ground.today,
        found_at=ground.now,
        state="told",
        told_at=ground.now,
    )


@plants("risks.campaigns")
def the_officer_takes_part(ground: Ground) -> None:
    """The officer the charter names."""
    campaign = started(ground)
    campaign.participations.update(is_officer=True)


@plants("risks.campaigns_held")
def a_step_done(ground: Ground) -> None:
    CampaignStep.objects.filter(campaign=started(ground)).update(
        state="done", done_at=ground.now, result="развесили у подъездов"
    )


@plants("risks.threats")
def a_list_looked_through(ground: Ground) -> None:
    text = ThreatText("Лужи", "constant", "Не пройти", "01-01", "12-31")
    services.add_threat(ground.whose, text, ground.by, ground.now)
    services.revise(ground.whose, "добавили лужи", ground.by, ground.now)
