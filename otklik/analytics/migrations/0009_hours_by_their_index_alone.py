"""A year of hours is added up from the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0008_flow_by_months_and_the_whole_by_days'),
        ('common', '0002_scope_function'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='facthours',
            name='facthours_day',
        ),
        migrations.AddIndex(
            model_name='facthours',
            index=models.Index(fields=['municipality', 'what', 'day'], include=('hours', 'count'), name='facthours_day'),
        ),
    ]
