"""One invitation gives one score, whatever the race of two clicks."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("satisfaction", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="score",
            name="invitation",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="score",
                to="satisfaction.invitation",
            ),
        ),
    ]
