"""The second wall: ratings of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("rating", "0001_frozen_ratings"), ("common", "0002_scope_function")]

    operations = [
        fence("rating_ratingformula"),
        fence("rating_ratingperiod"),
        fence("rating_ratingrow"),
        fence("rating_ratingobjection"),
    ]
