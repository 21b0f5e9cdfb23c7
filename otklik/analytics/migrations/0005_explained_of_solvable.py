"""Explained answers to solvable questions become a count of their own: the facts are built anew to have it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("analytics", "0004_days_without_places")]

    operations = [
        *(
            migrations.AddField(
                model_name=model,
                name="solvable_explained",
                field=models.IntegerField(null=True, verbose_name="решаемых разъяснено"),
            )
            for model in ("dayfact", "rollfact")
        ),
        migrations.RunSQL(
            sql="UPDATE analytics_factmark SET brought_at = NULL", reverse_sql=migrations.RunSQL.noop
        ),
    ]
