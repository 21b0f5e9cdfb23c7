"""The second wall: targets of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("targets", "0001_targets_and_directions"), ("common", "0002_scope_function")]

    operations = [fence("targets_target"), fence("targets_direction")]
