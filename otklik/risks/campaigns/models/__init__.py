"""Tables of campaigns: the calendar of threats with its revisions, calls for a campaign, the campaign and its parts."""

from otklik.risks.campaigns.models.calendar import CampaignCall, Revision, Threat
from otklik.risks.campaigns.models.campaign import (
    Campaign,
    CampaignStep,
    EffectCount,
    Participation,
    Visa,
)

__all__ = [
    "Campaign",
    "CampaignCall",
    "CampaignStep",
    "EffectCount",
    "Participation",
    "Revision",
    "Threat",
    "Visa",
]
