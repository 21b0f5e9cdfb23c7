"""What was sent is found by its proof, what is stuck by its channel."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("channels", "0010_answers_given_in_tables")]

    operations = [
        migrations.AddIndex(
            "outgoing",
            models.Index(fields=["municipality", "proof"], name="outgoing_proof", condition=~Q(proof="")),
        ),
        migrations.AddIndex(
            "outgoing",
            models.Index(
                fields=["municipality", "channel", "state"],
                name="outgoing_stuck",
                condition=Q(state__in=["waiting", "sending", "dead"]),
            ),
        ),
    ]
