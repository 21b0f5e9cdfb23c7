import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from otklik.common.rls import fence


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_requests_deliveries_and_versions'),
        ('channels', '0010_answers_given_in_tables'),
        ('common', '0002_scope_function'),
    ]

    operations = [
        migrations.CreateModel(
            name='HandedTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, verbose_name='таблица')),
                ('title', models.CharField(max_length=200, verbose_name='название')),
                ('since', models.DateField(verbose_name='с')),
                ('until', models.DateField(verbose_name='по')),
                ('rows', models.PositiveIntegerField(verbose_name='строк')),
                ('state', models.CharField(choices=[('waiting', 'ждёт отправки'), ('sent', 'передана'), ('dead', 'не передана')], default='waiting', max_length=8, verbose_name='состояние')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='попыток')),
                ('next_try_at', models.DateTimeField(verbose_name='следующая попытка')),
                ('error', models.CharField(blank=True, max_length=400, verbose_name='почему не передана')),
                ('made_at', models.DateTimeField(verbose_name='составлена')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='передана')),
                ('proof', models.CharField(blank=True, max_length=300, verbose_name='куда')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.channel')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.storedfile')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
            ],
            options={
                'verbose_name': 'таблица для региона',
                'ordering': ['-made_at', '-id'],
                'constraints': [
                    models.UniqueConstraint(fields=['channel', 'key', 'since', 'until'], name='handed_once'),
                    models.CheckConstraint(condition=Q(until__gte=F('since')), name='handed_days'),
                    models.CheckConstraint(condition=~Q(state='sent') | Q(sent_at__isnull=False), name='handed_sent_has_a_time'),
                ],
            },
        ),
        fence('reports_handedtable'),
    ]
