"""Rolls of the flow by months and of the whole by days; a narrow index of places and themes.

The facts are built anew to have the rolls.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0007_questions_of_what_came'),
        ('common', '0002_scope_function'),
    ]

    operations = [
        migrations.RunSQL(
            sql="UPDATE analytics_factmark SET brought_at = NULL", reverse_sql=migrations.RunSQL.noop
        ),
        migrations.AddIndex(
            model_name='rollfact',
            index=models.Index(condition=models.Q(('grain', 'theme'), ('received__isnull', False)), fields=['municipality', 'day'], include=('settlement', 'topic', 'block', 'received'), name='rollfact_themes_came'),
        ),
    ]
