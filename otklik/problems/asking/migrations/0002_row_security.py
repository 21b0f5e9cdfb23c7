"""The second wall: questions of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("asking", "0001_questions_to_residents"), ("common", "0002_scope_function")]

    operations = [fence("asking_candidate")]
