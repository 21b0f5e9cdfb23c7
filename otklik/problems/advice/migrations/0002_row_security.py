"""The second wall: the catalogue of other municipalities does not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("advice", "0001_the_catalogue_of_advice"), ("common", "0002_scope_function")]

    operations = [
        fence("advice_advice"),
        fence("advice_adoption"),
        fence("advice_effect"),
        fence("advice_effort"),
    ]
