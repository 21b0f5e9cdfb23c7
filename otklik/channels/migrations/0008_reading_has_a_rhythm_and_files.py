import django.db.models.deletion
from django.db import migrations, models

from otklik.common.rls import fence


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0007_calls_wait_for_a_clerk'),
        ('common', '0002_scope_function'),
    ]

    operations = [
        migrations.AddField(
            model_name='feed',
            name='failing_since',
            field=models.DateTimeField(blank=True, null=True, verbose_name='не читается с'),
        ),
        migrations.AddField(
            model_name='feed',
            name='out_error',
            field=models.CharField(blank=True, max_length=400, verbose_name='почему не уходит'),
        ),
        migrations.AddField(
            model_name='feed',
            name='out_failures',
            field=models.PositiveIntegerField(default=0, verbose_name='неудач отправки подряд'),
        ),
        migrations.AddField(
            model_name='feed',
            name='out_shut_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='не отправляем до'),
        ),
        migrations.AddField(
            model_name='feed',
            name='rhythm',
            field=models.JSONField(blank=True, default=dict, verbose_name='ритм'),
        ),
        migrations.CreateModel(
            name='MediaFetch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='который')),
                ('url', models.CharField(blank=True, max_length=2000, verbose_name='ссылка')),
                ('name', models.CharField(blank=True, max_length=255, verbose_name='имя')),
                ('kind', models.CharField(default='file', max_length=20, verbose_name='вид')),
                ('state', models.CharField(default='waiting', max_length=8, verbose_name='состояние')),
                ('error', models.CharField(blank=True, max_length=400, verbose_name='почему не взят')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='попыток')),
                ('next_try_at', models.DateTimeField(blank=True, null=True, verbose_name='следующая попытка')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='channels.storedfile')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
                ('raw', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='media', to='channels.rawmessage')),
            ],
            options={
                'verbose_name': 'файл по ссылке',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['municipality', 'next_try_at'], name='media_fetch_waiting')],
                'constraints': [models.UniqueConstraint(fields=('raw', 'position'), name='media_fetch_once'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'kept', 'failed'])), name='media_fetch_state')],
            },
        ),
        fence("channels_mediafetch"),
    ]
