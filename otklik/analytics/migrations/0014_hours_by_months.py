"""Hours of waiting by months and bodies: a year of a large town is a quarter of a million rows by days.

The facts are built anew to have the roll.
"""

import django.db.models.deletion
from django.db import migrations, models

from otklik.common.rls import fence


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0013_days_of_a_theme'),
        ('common', '0002_scope_function'),
    ]

    operations = [
        migrations.CreateModel(
            name='HoursRoll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='день')),
                ('body', models.BigIntegerField(default=0, verbose_name='орган')),
                ('what', models.CharField(choices=[('first', 'до первого ответа'), ('final', 'до окончательного ответа')], max_length=5, verbose_name='до чего')),
                ('hours', models.IntegerField(verbose_name='часов')),
                ('count', models.IntegerField(verbose_name='карточек')),
                ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
            ],
            options={
                'verbose_name': 'свёртка часов ожидания',
                'indexes': [models.Index(fields=['municipality', 'what', 'day'], include=('body', 'hours', 'count'), name='hoursroll_day')],
            },
        ),
        fence("analytics_hoursroll"),
        migrations.RunSQL(
            sql="UPDATE analytics_factmark SET brought_at = NULL", reverse_sql=migrations.RunSQL.noop
        ),
    ]
