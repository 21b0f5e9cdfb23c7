"""What colleagues say in a chat of our own is left for its keeper among the asked events."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("channels", "0012_outgoing_goes_on_a_page")]

    operations = [
        migrations.RemoveConstraint(model_name="botevent", name="bot_event_asks"),
        migrations.AddConstraint(
            model_name="botevent",
            constraint=models.CheckConstraint(
                condition=Q(asks__in=["", "status", "rating", "inner"]), name="bot_event_asks"
            ),
        ),
    ]
