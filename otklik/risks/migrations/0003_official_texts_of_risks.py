"""Official texts of risks, behind the second wall from the beginning."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from otklik.common.rls import fence


class Migration(migrations.Migration):

    dependencies = [
        ('common', '0002_scope_function'),
        ('content', '0002_row_security'),
        ('risks', '0002_row_security'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='круг')),
                ('at', models.DateTimeField(verbose_name='когда')),
                ('by_title', models.CharField(blank=True, max_length=200, verbose_name='должность')),
                ('kind', models.CharField(choices=[('first', 'первое слово'), ('full', 'полный ответ')], max_length=5, verbose_name='какой')),
                ('text', models.TextField(verbose_name='текст')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('material', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='content.material')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.municipality', verbose_name='муниципалитет')),
                ('risk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='risks.risk')),
            ],
            options={
                'verbose_name': 'официальный текст риска',
                'ordering': ['-at', '-pk'],
            },
        ),
        fence('risks_answer'),
    ]
