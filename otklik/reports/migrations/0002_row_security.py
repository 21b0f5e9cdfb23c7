"""The second wall: reports of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_frozen_reports"), ("common", "0002_scope_function")]

    operations = [fence("reports_report"), fence("reports_reportconfirmation")]
