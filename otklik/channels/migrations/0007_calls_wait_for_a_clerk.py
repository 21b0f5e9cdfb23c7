import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from otklik.common.rls import fence


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0006_outgoing_says_its_way'),
        ('common', '0002_scope_function'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PhoneCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outer_id', models.CharField(max_length=200, verbose_name='номер в системе связи')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='телефон')),
                ('came_at', models.DateTimeField(verbose_name='когда звонили')),
                ('outcome', models.CharField(choices=[('talk', 'разговор'), ('missed', 'не дождались'), ('refused', 'отказ линии')], max_length=8, verbose_name='чем кончился')),
                ('seconds', models.PositiveIntegerField(default=0, verbose_name='разговор, секунд')),
                ('operator', models.CharField(blank=True, max_length=160, verbose_name='оператор')),
                ('recording', models.CharField(blank=True, max_length=500, verbose_name='запись')),
                ('state', models.CharField(choices=[('new', 'ждёт карточки'), ('to_call', 'перезвонить'), ('done', 'закрыт'), ('not_reached', 'не дозвонились')], max_length=12, verbose_name='состояние')),
                ('next_try_at', models.DateTimeField(blank=True, null=True, verbose_name='перезвонить не раньше')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='закрыт')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='почему без карточки')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='channels.channel')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
                ('raw', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='call', to='channels.rawmessage')),
            ],
            options={
                'verbose_name': 'звонок',
                'ordering': ['came_at', 'id'],
                'indexes': [
                    models.Index(condition=models.Q(('state__in', ['new', 'to_call'])), fields=['municipality', 'came_at'], name='call_waiting'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('channel', 'outer_id'), name='call_once'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['new', 'to_call', 'done', 'not_reached'])), name='call_state'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('raw__isnull', False), models.Q(('why', ''), _negated=True), _connector='OR'), name='call_done_says_why'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CallTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='когда')),
                ('is_reached', models.BooleanField(verbose_name='дозвонились')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tries', to='channels.phonecall')),
            ],
            options={
                'verbose_name': 'попытка перезвонить',
                'ordering': ['at', 'id'],
            },
        ),
        fence("channels_phonecall"),
        fence("channels_calltry"),
    ]
