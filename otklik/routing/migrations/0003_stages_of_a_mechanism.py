"""A rule may carry the stage norms of a fast-track mechanism in force."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routing", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="rule",
            name="stages",
            field=models.JSONField(blank=True, default=dict, verbose_name="нормы этапов ускорения"),
        )
    ]
