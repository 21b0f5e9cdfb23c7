import django.db.models.deletion
from django.db import migrations, models

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("channels", "0004_import_runs_stop_and_go_on"), ("common", "0002_scope_function")]

    operations = [
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=False, verbose_name='включён')),
                ('cursor', models.JSONField(blank=True, default=dict, verbose_name='место чтения')),
                ('next_turn_at', models.DateTimeField(blank=True, null=True, verbose_name='следующее чтение')),
                ('tried_at', models.DateTimeField(blank=True, null=True, verbose_name='последняя попытка')),
                ('succeeded_at', models.DateTimeField(blank=True, null=True, verbose_name='последний успех')),
                ('message_at', models.DateTimeField(blank=True, null=True, verbose_name='последнее сообщение')),
                ('lag_seconds', models.FloatField(blank=True, null=True, verbose_name='отставание, секунд')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='неудач подряд')),
                ('shut_until', models.DateTimeField(blank=True, null=True, verbose_name='не спрашиваем до')),
                ('error', models.CharField(blank=True, max_length=400, verbose_name='что не так')),
                ('alarmed_at', models.DateTimeField(blank=True, null=True, verbose_name='тревога')),
                ('channel', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feed', to='channels.channel')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
            ],
            options={
                'verbose_name': 'чтение канала',
            },
        ),
        migrations.CreateModel(
            name='ChannelSecret',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=40, verbose_name='имя')),
                ('sealed', models.TextField(verbose_name='запечатано')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secrets', to='channels.channel')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
            ],
            options={
                'verbose_name': 'секрет канала',
                'constraints': [models.UniqueConstraint(fields=('channel', 'name'), name='channel_secret_name')],
            },
        ),
        migrations.CreateModel(
            name='RawChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=8, verbose_name='что')),
                ('at', models.DateTimeField(verbose_name='когда')),
                ('text', models.TextField(blank=True, verbose_name='новый текст')),
                ('reach', models.JSONField(blank=True, default=dict, verbose_name='охват')),
                ('taken', models.BooleanField(default=False, verbose_name='учтено')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
                ('raw', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='channels.rawmessage')),
            ],
            options={
                'verbose_name': 'изменение в источнике',
                'ordering': ['at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('raw', 'kind', 'at'), name='raw_change_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['edited', 'removed', 'reach'])), name='raw_change_kind')],
            },
        ),
        fence("channels_channelsecret"),
        fence("channels_feed"),
        fence("channels_rawchange"),
    ]
