import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from otklik.common.rls import fence

OWNER = ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет'))


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0009_talks_with_bots'),
        ('common', '0002_scope_function'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnswerSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveIntegerField(verbose_name='ответов')),
                ('at', models.DateTimeField(verbose_name='выдана')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheets', to='channels.channel')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels.storedfile')),
                OWNER,
            ],
            options={'verbose_name': 'таблица ответов', 'ordering': ['-at', '-id']},
        ),
        migrations.CreateModel(
            name='GivenAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outgoing', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='given', to='channels.outgoing')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='channels.answersheet')),
                OWNER,
            ],
            options={'verbose_name': 'переданный ответ'},
        ),
        fence('channels_answersheet'),
        fence('channels_givenanswer'),
    ]
