"""Campaigns and the calendar of threats."""

from tests.rights.opened.wanted import Address, read, write

SEES_CAMPAIGNS = ("risks.view", "risks.work", "outreach.publish", "outreach.approve")

CAMPAIGNED: dict[str, Address] = {
    "desk:campaigns": read(*SEES_CAMPAIGNS),
    "desk:campaign_new": read("risks.work"),
    "desk:campaign_own": read("risks.work"),
    "desk:campaign_start": write("risks.work", of="campaign_start"),
    "desk:campaign_call_new": write("risks.work"),
    "desk:campaign_call_deed": write("risks.work", of="campaign_call_deed"),
    "desk:threats": read(*SEES_CAMPAIGNS),
    "desk:threats_adopt": write("risks.work"),
    "desk:threats_revise": write("risks.work"),
    "desk:threat_new": read("risks.work"),
    "desk:threat": read(*SEES_CAMPAIGNS, of="threat"),
    "desk:threat_edit": read("risks.work", of="threat"),
    "desk:threat_deed": write("risks.work", of="threat_deed"),
    # A post named in the campaign sees it too; here nobody is named.
    "desk:campaign": read(*SEES_CAMPAIGNS, of="campaign"),
    "desk:campaign_edit": read("risks.work", of="campaign"),
    "desk:campaign_deed": write(*SEES_CAMPAIGNS, of="campaign_deed"),
    "desk:campaign_step_new": read("risks.work", of="campaign"),
    "desk:campaign_step": read("risks.work", of="campaign_step"),
    "desk:campaign_step_file": read(*SEES_CAMPAIGNS, of="campaign_step"),
    "desk:campaign_step_deed": write(*SEES_CAMPAIGNS, of="campaign_step_deed"),
}
CAMPAIGNED_OF_ONE_TOWN = frozenset(
    {
        "campaign_start", "campaign_call_deed", "threat", "threat_deed", "campaign", "campaign_deed",
        "campaign_step", "campaign_step_deed",
    }
)  # fmt: skip
