"""The second wall: rows of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("routing", "0001_first_shape"), ("common", "0002_scope_function")]

    operations = [
        fence("routing_rule"),
    ]
