"""Addresses of one's own day, profile and notices."""

from django.urls import path

from otklik.desk.views import day, profile

urlpatterns = [
    path("", day.day, name="day"),
    path("profile/", profile.profile, name="profile"),
    path("profile/save/", profile.save_profile, name="save_profile"),
    path("notices/", profile.notices, name="notices"),
    path("municipality/", profile.choose_municipality, name="choose_municipality"),
]
