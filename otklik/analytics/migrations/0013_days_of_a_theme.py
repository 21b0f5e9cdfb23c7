from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0012_cells_by_blocks'),
        ('common', '0002_scope_function'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='rollfact',
            index=models.Index(condition=models.Q(('grain', 'caseday'), ('received__isnull', False)), fields=['municipality', 'topic', 'day'], include=('block', 'channel', 'kind', 'received'), name='rollfact_days_of_theme_came'),
        ),
    ]
