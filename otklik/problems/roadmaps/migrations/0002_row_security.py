"""The second wall: roadmaps of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence

TABLES = (
    *("roadmap", "aim", "measure", "wait", "helper", "proof", "shifted"),
    *("approval", "edition", "effectcount", "nudge"),
)


class Migration(migrations.Migration):
    dependencies = [("roadmaps", "0001_roadmaps_and_measures"), ("common", "0002_scope_function")]

    operations = [fence(f"roadmaps_{name}") for name in TABLES]
