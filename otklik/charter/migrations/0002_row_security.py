"""The second wall: rows of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("charter", "0001_first_shape"), ("common", "0002_scope_function")]

    operations = [
        fence("charter_charterversion"),
        fence("charter_act"),
        fence("charter_clause"),
        fence("charter_parameter"),
    ]
