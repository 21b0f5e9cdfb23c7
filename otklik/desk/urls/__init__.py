"""Addresses of the desk, a file a room. Parts for htmx stand under the page they belong to."""

from otklik.desk.urls import (
    campaigns,
    cases,
    channels,
    charter,
    content,
    office,
    own,
    pages,
    picture,
    polls,
    problems,
    reports,
    risks,
)

app_name = "desk"
urlpatterns = [
    *own.urlpatterns,
    *cases.urlpatterns,
    *picture.urlpatterns,
    *problems.urlpatterns,
    *office.urlpatterns,
    *campaigns.urlpatterns,
    *content.urlpatterns,
    *pages.urlpatterns,
    *polls.urlpatterns,
    *risks.urlpatterns,
    *reports.urlpatterns,
    *channels.urlpatterns,
    *charter.urlpatterns,
]
