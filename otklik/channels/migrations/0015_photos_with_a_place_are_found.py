from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("channels", "0014_changes_may_come_early")]

    operations = [
        migrations.AddIndex(
            "storedfile",
            models.Index(fields=["municipality"], name="file_with_place", condition=Q(lat__isnull=False)),
        ),
    ]
