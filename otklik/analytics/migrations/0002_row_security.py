"""The second wall: facts of other municipalities do not exist for the application.

The table of months is fenced where it gets its lasting name, in 0003.
"""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_daily_facts"), ("common", "0002_scope_function")]

    operations = [
        fence("analytics_dayfact"),
        fence("analytics_facthours"),
        fence("analytics_factmark"),
    ]
