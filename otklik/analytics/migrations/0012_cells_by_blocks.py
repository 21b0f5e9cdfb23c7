"""A roll of cells by blocks: who answers for a block sees the map of a year as quickly as the whole.

The facts are built anew to have the roll.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0011_slices_by_row_security'),
        ('common', '0002_scope_function'),
    ]

    operations = [
        migrations.RunSQL(
            sql="UPDATE analytics_factmark SET brought_at = NULL", reverse_sql=migrations.RunSQL.noop
        ),
    ]
