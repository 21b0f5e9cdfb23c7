"""The second wall: records of coordination of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence

TABLES = (
    *("workplan", "planitem", "proposal", "inquiry", "inquirypart", "affair", "participant"),
    *("methodnote", "methodtext", "methodreading", "visasheet", "visa"),
    *("compositionact", "compositionline", "attachment"),
)


class Migration(migrations.Migration):
    dependencies = [("coordination", "0001_records_of_coordination"), ("common", "0002_scope_function")]

    operations = [fence(f"coordination_{table}") for table in TABLES]
