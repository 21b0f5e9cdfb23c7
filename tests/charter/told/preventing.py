"""What the centre does before a trouble comes: the list of threats, a call in the chat, a campaign to its end."""

from datetime import timedelta

from otklik.outreach.content.models import Post
from otklik.outreach.content.services import place_by_hand
from otklik.risks.campaigns import services
from otklik.risks.campaigns.models import CampaignStep
from otklik.risks.campaigns.services import StepText
from otklik.topics.models import Topic
from tests.charter.centre import Centre
from tests.charter.told.tale import carries
from tests.charter.told.telling import LINK, a_page
from tests.rights.campaigned import text_of

TEXT = "Проверьте, попадает ли ваш дом в зону подтопления. Телефон ЕДДС 112."


@carries("PREVENT", demyansk=("DEM-RISK-3.1", "DEM-RISK-3.2", "DEM-RISK-3.3", "DEM-RISK-3.4"))
def a_campaign_goes_from_the_list_of_threats_to_its_result(centre: Centre) -> None:
    """The officer looks the list through, tells the chat of a topic, prepares a campaign; it runs and is summed up."""
    officer, curator = (
        centre.of_role("risk_officer"),
        centre.who("outreach.approve", but=centre.of_role("risk_officer")),
    )
    whose, now = centre.whose, centre.now
    services.adopt_starter(whose, officer, now)
    services.revise(whose, "перечень подходит", officer, now)
    topic = Topic.objects.get(key="floods")
    period = text_of(centre.today).run
    call = services.call_by_hand(whose, topic, "вода поднимается", period, officer, now)
    services.tell_chat(call, officer, now)
    steps = [
        StepText("post", "Зоны подтопления", now, TEXT, pages=[a_page(centre)]),
        StepText("print", "Памятка", now + timedelta(days=1)),
    ]
    text = text_of(centre.today, topics=["floods"], post=centre.posts[0][0])
    campaign = services.start(whose, text, officer, now, steps=steps)
    services.approve(services.send(campaign, [], officer, now), curator, now)
    place_by_hand(Post.objects.get(material__about=campaign.about), LINK, officer, now)
    services.settle_posts(whose, now)
    leaflet = CampaignStep.objects.get(campaign=campaign, kind="print")
    services.report_step(leaflet, "развесили у подъездов", "", officer, now)
    services.finish(campaign, "вода спала, жители знали зоны", officer, now)
