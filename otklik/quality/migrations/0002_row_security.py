"""The second wall: reading marks and reviews of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("quality", "0001_reading_and_reviews"), ("common", "0002_scope_function")]

    operations = [fence("quality_readingmark"), fence("quality_explainedreview")]
