"""The conversation about a case: threads, what was said, words as they came; how far a post has reached."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from otklik.common.rls import fence


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0012_links_keep_when_both_cases_came'),
        ('channels', '0007_calls_wait_for_a_clerk'),
        ('common', '0002_scope_function'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='answer',
            name='way',
            field=models.CharField(blank=True, db_default='', default='', max_length=8, verbose_name='каким путём'),
        ),
        migrations.AddField(
            model_name='case',
            name='reach',
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict, verbose_name='охват'),
        ),
        migrations.AddField(
            model_name='draft',
            name='way',
            field=models.CharField(blank=True, db_default='', default='', max_length=8, verbose_name='каким путём'),
        ),
        migrations.CreateModel(
            name='Utterance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_by', models.CharField(choices=[('applicant', 'заявитель'), ('official', 'администрация'), ('resident', 'другой участник')], max_length=10, verbose_name='кто')),
                ('kind', models.CharField(choices=[('remark', 'реплика'), ('question', 'вопрос заявителю'), ('reply', 'ответ на вопрос'), ('edited', 'текст изменён в источнике'), ('removed', 'удалено в источнике')], default='remark', max_length=10, verbose_name='что')),
                ('at', models.DateTimeField(verbose_name='когда')),
                ('masked_text', models.TextField(blank=True, verbose_name='слова без личных данных')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='должность')),
                ('page', models.CharField(blank=True, max_length=300, verbose_name='страница')),
                ('link', models.CharField(blank=True, max_length=500, verbose_name='ссылка')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='utterances', to='cases.case')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
                ('outgoing', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='utterance', to='channels.outgoing')),
                ('raw', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='utterances', to='channels.rawmessage')),
            ],
            options={
                'verbose_name': 'реплика',
                'ordering': ['at', 'id'],
                'indexes': [
                    models.Index(fields=['case', 'at'], name='utterance_case'),
                ],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('kind__in', ['remark', 'reply'])), fields=('raw',), name='raw_said_once'),
                    models.CheckConstraint(condition=models.Q(('said_by__in', ['applicant', 'official', 'resident'])), name='utterance_speaker'),
                ],
            },
        ),
        migrations.CreateModel(
            name='UtteranceText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='слова как пришли')),
                ('spans', models.JSONField(default=list, verbose_name='личные данные')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
                ('utterance', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='original', to='cases.utterance')),
            ],
            options={
                'verbose_name': 'реплика как пришла',
            },
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, verbose_name='разговор')),
                ('author', models.CharField(blank=True, max_length=64, verbose_name='отпечаток автора')),
                ('since', models.DateTimeField(verbose_name='с')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='cases.case')),
                ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.channel')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
            ],
            options={
                'verbose_name': 'разговор',
                'indexes': [models.Index(fields=['channel', 'key', 'author'], name='thread_found')],
                'constraints': [models.UniqueConstraint(fields=('case', 'channel', 'key'), name='thread_of_case')],
            },
        ),
        fence("cases_thread"),
        fence("cases_utterance"),
        fence("cases_utterancetext"),
    ]
