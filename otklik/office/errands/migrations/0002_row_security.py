"""The second wall: errands of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("errands", "0001_errands"), ("common", "0002_scope_function")]

    operations = [
        fence("errands_errand"),
        fence("errands_coexecutor"),
        fence("errands_errandmove"),
        fence("errands_errandfile"),
        fence("errands_reminder"),
    ]
