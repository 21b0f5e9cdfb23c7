"""A line of a protocol becomes one errand, a measure of a roadmap one at a time; errands are found by their case."""

from django.db import migrations, models
from django.db.models import Q

OPEN = ("given", "taken", "reported", "returned")


class Migration(migrations.Migration):
    dependencies = [("errands", "0002_row_security")]

    operations = [
        migrations.AddConstraint(
            "errand",
            models.UniqueConstraint(
                fields=["municipality", "source_id"],
                condition=Q(kind="protocol"),
                name="errand_of_decision_once",
            ),
        ),
        migrations.AddConstraint(
            "errand",
            models.UniqueConstraint(
                fields=["municipality", "source_id"],
                condition=Q(kind="roadmap", state__in=OPEN),
                name="errand_of_measure_once",
            ),
        ),
        migrations.AddIndex(
            "errand",
            models.Index(
                fields=["municipality", "case_number"], condition=~Q(case_number=""), name="errand_case"
            ),
        ),
    ]
