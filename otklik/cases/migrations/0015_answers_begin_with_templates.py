"""Texts people begin an answer with, each town's own."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from otklik.common.rls import fence


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0014_term_of_the_outer_system'),
        ('common', '0002_scope_function'),
        ('topics', '0001_first_shape'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(blank=True, max_length=60, verbose_name='ключ')),
                ('title', models.CharField(max_length=120, verbose_name='название')),
                ('text', models.TextField(verbose_name='текст')),
                ('kind', models.CharField(choices=[('solved', 'решено'), ('explained', 'разъяснено'), ('interim', 'промежуточный'), ('forwarded', 'перенаправлено'), ('refused', 'отказ')], default='explained', max_length=12, verbose_name='вид ответа')),
                ('group', models.CharField(blank=True, max_length=40, verbose_name='группа тем')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='не предлагается с')),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
                ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='topics.topic')),
            ],
            options={
                'verbose_name': 'шаблон ответа',
                'ordering': ['title'],
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('municipality', 'title'), name='answer_template_title'),
                    models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('municipality', 'key'), name='answer_template_key'),
                ],
            },
        ),
        fence("cases_answertemplate"),
    ]
