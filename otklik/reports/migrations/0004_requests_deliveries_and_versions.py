"""Parts of blocks keep words; requests for materials; what the worker composes; letters; versions of looks."""


import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from otklik.common.rls import fence


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0004_import_runs_stop_and_go_on'),
        ('common', '0002_scope_function'),
        ('reports', '0003_own_templates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Composition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=20, verbose_name='форма')),
                ('charter_key', models.CharField(blank=True, max_length=40, verbose_name='отчёт положения')),
                ('about_kind', models.CharField(blank=True, max_length=12, verbose_name='о чём')),
                ('about_key', models.CharField(blank=True, max_length=60, verbose_name='о ком именно')),
                ('since', models.DateField(verbose_name='с')),
                ('until', models.DateField(verbose_name='по')),
                ('state', models.CharField(choices=[('waiting', 'ждёт очереди'), ('running', 'составляется'), ('done', 'составлен'), ('failed', 'не составлен')], default='waiting', max_length=8, verbose_name='состояние')),
                ('done', models.PositiveSmallIntegerField(default=0, verbose_name='частей готово')),
                ('total', models.PositiveSmallIntegerField(default=0, verbose_name='частей')),
                ('error', models.CharField(blank=True, max_length=300, verbose_name='почему не составлен')),
                ('asked_at', models.DateTimeField(verbose_name='заказан')),
                ('started_at', models.DateTimeField(null=True, verbose_name='начат')),
            ],
            options={
                'verbose_name': 'составление отчёта',
                'ordering': ['-asked_at'],
            },
        ),
        migrations.CreateModel(
            name='Dispatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', models.CharField(max_length=300, verbose_name='куда')),
                ('number', models.CharField(blank=True, max_length=100, verbose_name='номер там')),
                ('at', models.DateTimeField(verbose_name='когда')),
            ],
            options={
                'verbose_name': 'отправка отчёта',
                'ordering': ['at'],
            },
        ),
        migrations.CreateModel(
            name='MaterialRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='номер')),
                ('charter_key', models.CharField(blank=True, max_length=40, verbose_name='отчёт положения')),
                ('sender', models.CharField(max_length=200, verbose_name='от кого')),
                ('outer_number', models.CharField(blank=True, max_length=60, verbose_name='номер письма')),
                ('outer_day', models.DateField(null=True, verbose_name='дата письма')),
                ('text', models.TextField(verbose_name='что просят')),
                ('since', models.DateField(verbose_name='с')),
                ('until', models.DateField(verbose_name='по')),
                ('due', models.DateField(verbose_name='срок')),
                ('taken_at', models.DateTimeField(verbose_name='принят')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='отозван')),
                ('withdrawn_why', models.CharField(blank=True, max_length=300, verbose_name='почему отозван')),
            ],
            options={
                'verbose_name': 'запрос материалов',
                'ordering': ['due', 'number'],
            },
        ),
        migrations.CreateModel(
            name='RequestPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('block_key', models.CharField(max_length=60, verbose_name='блок')),
                ('block_title', models.CharField(max_length=200, verbose_name='название блока')),
                ('due', models.DateField(verbose_name='срок части')),
                ('text', models.TextField(blank=True, verbose_name='часть')),
                ('filled_at', models.DateTimeField(null=True, verbose_name='заполнено')),
                ('filled_title', models.CharField(blank=True, max_length=200, verbose_name='должность')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='подтверждено')),
                ('confirmed_title', models.CharField(blank=True, max_length=200, verbose_name='должность подтвердившего')),
                ('returned_why', models.CharField(blank=True, max_length=300, verbose_name='почему возвращено')),
            ],
            options={
                'verbose_name': 'часть блока',
                'ordering': ['block_title'],
            },
        ),
        migrations.AlterModelOptions(
            name='reportconfirmation',
            options={'ordering': ['block_title'], 'verbose_name': 'подтверждение блока'},
        ),
        migrations.AlterModelOptions(
            name='reporttemplate',
            options={'ordering': ['-version'], 'verbose_name': 'шаблон отчёта'},
        ),
        migrations.RemoveConstraint(
            model_name='reporttemplate',
            name='report_template_once',
        ),
        migrations.AddField(
            model_name='report',
            name='about_key',
            field=models.CharField(blank=True, max_length=60, verbose_name='о ком именно'),
        ),
        migrations.AddField(
            model_name='report',
            name='about_kind',
            field=models.CharField(blank=True, max_length=12, verbose_name='о чём'),
        ),
        migrations.AddField(
            model_name='report',
            name='unconfirmed_why',
            field=models.CharField(blank=True, max_length=300, verbose_name='почему без подтверждений'),
        ),
        migrations.AddField(
            model_name='reportconfirmation',
            name='text',
            field=models.TextField(blank=True, verbose_name='что добавил блок'),
        ),
        migrations.AddField(
            model_name='reporttemplate',
            name='is_dropped',
            field=models.BooleanField(default=False, verbose_name='снят'),
        ),
        migrations.AddField(
            model_name='reporttemplate',
            name='taken_at',
            field=models.DateTimeField(null=True, verbose_name='принят'),
        ),
        migrations.AddField(
            model_name='reporttemplate',
            name='version',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='версия'),
        ),
        migrations.AlterField(
            model_name='reportconfirmation',
            name='at',
            field=models.DateTimeField(null=True, verbose_name='подтверждено'),
        ),
        migrations.AddConstraint(
            model_name='reporttemplate',
            constraint=models.UniqueConstraint(fields=('municipality', 'form', 'version'), name='report_template_version'),
        ),
        migrations.AddField(
            model_name='composition',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='composition',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет'),
        ),
        migrations.AddField(
            model_name='composition',
            name='report',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='reports.report'),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет'),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='outgoing',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.outgoing'),
        ),
        migrations.AddField(
            model_name='dispatch',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatches', to='reports.report'),
        ),
        migrations.AddField(
            model_name='materialrequest',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет'),
        ),
        migrations.AddField(
            model_name='materialrequest',
            name='report',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='material_request', to='reports.report'),
        ),
        migrations.AddField(
            model_name='materialrequest',
            name='taken_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='requestpart',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='requestpart',
            name='filled_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='requestpart',
            name='municipality',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет'),
        ),
        migrations.AddField(
            model_name='requestpart',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='reports.materialrequest'),
        ),
        migrations.AddIndex(
            model_name='composition',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['municipality', 'asked_at'], name='composition_waiting'),
        ),
        migrations.AddConstraint(
            model_name='composition',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'failed'])), name='composition_state'),
        ),
        migrations.AddConstraint(
            model_name='materialrequest',
            constraint=models.UniqueConstraint(fields=('municipality', 'number'), name='material_request_number'),
        ),
        migrations.AddConstraint(
            model_name='materialrequest',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='material_request_days'),
        ),
        migrations.AddConstraint(
            model_name='materialrequest',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_why', ''), _negated=True), _connector='OR'), name='withdrawn_request_says_why'),
        ),
        migrations.AddConstraint(
            model_name='requestpart',
            constraint=models.UniqueConstraint(fields=('request', 'block_key'), name='request_block_once'),
        ),
        migrations.AddConstraint(
            model_name='requestpart',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), models.Q(('filled_at__isnull', False), models.Q(('text', ''), _negated=True)), _connector='OR'), name='confirmed_part_is_filled'),
        ),
        fence("reports_composition"),
        fence("reports_dispatch"),
        fence("reports_materialrequest"),
        fence("reports_requestpart"),
        migrations.RunSQL("UPDATE reports_reporttemplate SET taken_at = at", migrations.RunSQL.noop),
    ]
