"""The second wall: slices of the heat map of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("analytics", "0010_heat_map_slices"), ("common", "0002_scope_function")]

    operations = [fence("analytics_heatmapslice")]
