"""The second wall: dashboards of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0001_saved_dashboards"), ("common", "0002_scope_function")]

    operations = [fence("dashboards_dashboard")]
