"""Questions of what came are answered by narrow indexes alone, years of places and themes by a roll of their own.

The facts are built anew to have the roll.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0006_facts_are_built_without_links'),
        ('common', '0002_scope_function'),
    ]

    operations = [
        migrations.RunSQL(
            sql="UPDATE analytics_factmark SET brought_at = NULL", reverse_sql=migrations.RunSQL.noop
        ),
        migrations.RemoveIndex(
            model_name='dayfact',
            name='dayfact_topic',
        ),
        migrations.RemoveIndex(
            model_name='dayfact',
            name='dayfact_came',
        ),
        migrations.AddIndex(
            model_name='dayfact',
            index=models.Index(condition=models.Q(('received__isnull', False)), fields=['municipality', 'day'], include=('settlement', 'topic', 'block', 'received'), name='dayfact_came'),
        ),
        migrations.AddIndex(
            model_name='dayfact',
            index=models.Index(condition=models.Q(('received__isnull', False)), fields=['municipality', 'topic', 'day'], include=('settlement', 'block', 'received'), name='dayfact_came_topic'),
        ),
    ]
