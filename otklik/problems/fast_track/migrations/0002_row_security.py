"""The second wall: mechanisms of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("fast_track", "0001_mechanisms_and_their_gain"), ("common", "0002_scope_function")]

    operations = [
        fence("fast_track_mechanism"),
        fence("fast_track_proposal"),
        fence("fast_track_measure"),
        fence("fast_track_gain"),
    ]
