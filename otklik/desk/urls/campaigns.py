"""Addresses of the room «Слово», campaigns: the list and calls, the calendar of threats, the card, steps."""

from django.urls import path

from otklik.desk.views import campaign_card, campaigns, threats

urlpatterns = [
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/new/", campaigns.new, name="campaign_new"),
    path("campaigns/own/", campaigns.own, name="campaign_own"),
    path("campaigns/start/<slug:kind>/<int:key>/", campaigns.start, name="campaign_start"),
    path("campaigns/calls/new/", campaigns.call_new, name="campaign_call_new"),
    path("campaigns/calls/<int:key>/do/<slug:name>/", campaigns.call_deed, name="campaign_call_deed"),
    path("campaigns/threats/", threats.threats, name="threats"),
    path("campaigns/threats/adopt/", threats.adopt, name="threats_adopt"),
    path("campaigns/threats/revise/", threats.revise, name="threats_revise"),
    path("campaigns/threats/new/", threats.edit, name="threat_new"),
    path("campaigns/threats/<int:key>/", threats.threat, name="threat"),
    path("campaigns/threats/<int:key>/edit/", threats.edit, name="threat_edit"),
    path("campaigns/threats/<int:key>/do/<slug:name>/", threats.deed, name="threat_deed"),
    path("campaigns/steps/<int:key>/", campaign_card.step, name="campaign_step"),
    path("campaigns/steps/<int:key>/file/", campaign_card.step_file, name="campaign_step_file"),
    path("campaigns/steps/<int:key>/do/<slug:name>/", campaign_card.step_deed, name="campaign_step_deed"),
    path("campaigns/<int:key>/", campaign_card.campaign, name="campaign"),
    path("campaigns/<int:key>/edit/", campaign_card.edit, name="campaign_edit"),
    path("campaigns/<int:key>/steps/new/", campaign_card.step, name="campaign_step_new"),
    path("campaigns/<int:key>/do/<slug:name>/", campaign_card.deed, name="campaign_deed"),
]
