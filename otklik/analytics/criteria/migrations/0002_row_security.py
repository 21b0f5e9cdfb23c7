"""The second wall: criteria and findings of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("criteria", "0001_criteria_and_findings"), ("common", "0002_scope_function")]

    operations = [
        fence("criteria_criterion"),
        fence("criteria_run"),
        fence("criteria_finding"),
    ]
