"""The second wall: threats and campaigns of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_campaigns_and_threats"), ("common", "0002_scope_function")]

    operations = [
        fence("campaigns_threat"),
        fence("campaigns_revision"),
        fence("campaigns_campaigncall"),
        fence("campaigns_campaign"),
        fence("campaigns_campaignstep"),
        fence("campaigns_visa"),
        fence("campaigns_participation"),
        fence("campaigns_effectcount"),
    ]
