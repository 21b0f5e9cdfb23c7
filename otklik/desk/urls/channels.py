"""Addresses of the screen of channels: their state, settings and secrets, what is stuck."""

from django.urls import path

from otklik.desk.views import channels

urlpatterns = [
    path("channels/", channels.status, name="channels"),
    path("channels/out/<int:key>/again/", channels.out_again, name="outgoing_again"),
    path("channels/<slug:key>/", channels.one, name="channel"),
    path("channels/<slug:key>/settings/", channels.keep_settings, name="channel_settings"),
    path("channels/<slug:key>/secret/", channels.secret, name="channel_secret"),
    path("channels/<slug:key>/switch/", channels.switch, name="channel_switch"),
    path("channels/<slug:key>/check/", channels.check, name="channel_check"),
    path("channels/<slug:key>/checked/", channels.checked, name="channel_checked"),
    path("channels/<slug:key>/out/again/", channels.all_out_again, name="channel_out_again"),
    path("channels/<slug:key>/raw/again/", channels.all_raw_again, name="channel_raw_again"),
]
