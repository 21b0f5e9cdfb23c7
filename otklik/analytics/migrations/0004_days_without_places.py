"""A roll of days without places and states for the edges of a period: the facts are built anew to have it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("analytics", "0003_rolls_by_grain")]

    operations = [
        migrations.RunSQL(
            sql="UPDATE analytics_factmark SET brought_at = NULL", reverse_sql=migrations.RunSQL.noop
        )
    ]
