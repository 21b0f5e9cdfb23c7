"""The number's last part in a column of its own, an index of shared work, no index that repeats another."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_row_security'),
        ('cases', '0003_terms_keep_the_nominal_day'),
        ('channels', '0003_import_headings'),
        ('common', '0002_scope_function'),
        ('places', '0002_row_security'),
        ('routing', '0002_row_security'),
        ('topics', '0002_row_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='term',
            name='term_case',
        ),
        migrations.AddField(
            model_name='case',
            name='order_number',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.Func(models.F('number'), models.Value('^.*\\D'), models.Value(''), function='regexp_replace'), models.Value('0'), function='ltrim'), output_field=models.TextField(), verbose_name='порядковый номер'),
        ),
        migrations.AlterField(
            model_name='case',
            name='applicant',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.applicant'),
        ),
        migrations.AlterField(
            model_name='case',
            name='body',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='accounts.body'),
        ),
        migrations.AlterField(
            model_name='case',
            name='channel',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='channels.channel'),
        ),
        migrations.AlterField(
            model_name='case',
            name='settlement',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='places.settlement'),
        ),
        migrations.AlterField(
            model_name='case',
            name='topic',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='topics.topic'),
        ),
        migrations.AlterField(
            model_name='move',
            name='case',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='cases.case'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('is_main', False), ('until__isnull', True)), fields=['municipality', 'body'], name='assignment_shared'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['municipality', 'order_number'], name='case_order_number'),
        ),
    ]
