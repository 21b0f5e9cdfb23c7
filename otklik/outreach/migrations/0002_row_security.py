"""The second wall: pages, media and publications of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_pages_media_publications"), ("common", "0002_scope_function")]

    operations = [
        fence("outreach_officialpage"),
        fence("outreach_pagecheck"),
        fence("outreach_lawcheck"),
        fence("outreach_publication"),
        fence("outreach_mediaoutlet"),
        fence("outreach_mediacontact"),
        fence("outreach_mediatalk"),
        fence("outreach_pressrelease"),
        fence("outreach_releasesending"),
        fence("outreach_opendataset"),
        fence("outreach_datasetissue"),
    ]
