"""The second wall: meetings of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence

TABLES = (
    "meeting",
    "participant",
    "agendaitem",
    "decision",
    "preparation",
    "material",
    "opinion",
    "proposal",
    "dispatch",
)


class Migration(migrations.Migration):
    dependencies = [("office", "0001_meetings_and_protocols"), ("common", "0002_scope_function")]

    operations = [fence(f"office_{table}") for table in TABLES]
