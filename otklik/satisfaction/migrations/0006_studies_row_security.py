"""The second wall: studies of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("satisfaction", "0005_studies_are_kept"), ("common", "0002_scope_function")]

    operations = [fence("satisfaction_study")]
