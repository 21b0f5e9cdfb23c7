"""An edit or a removal that overtook its message waits for it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0013_words_of_colleagues_are_asked"),
        ("common", "0002_scope_function"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlyChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outer_id", models.CharField(max_length=200, verbose_name="внешний номер")),
                ("kind", models.CharField(max_length=8, verbose_name="что")),
                ("at", models.DateTimeField(verbose_name="когда")),
                ("text", models.TextField(blank=True, verbose_name="новый текст")),
                ("kept_at", models.DateTimeField(verbose_name="когда узнали")),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="channels.channel",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="common.municipality",
                        verbose_name="муниципалитет",
                    ),
                ),
            ],
            options={
                "verbose_name": "изменение раньше сообщения",
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["municipality", "kept_at"], name="early_change_old")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("channel", "outer_id", "kind", "at"), name="early_change_once"
                    ),
                    models.CheckConstraint(
                        condition=Q(("kind__in", ["edited", "removed"])), name="early_change_kind"
                    ),
                ],
            },
        ),
        fence("channels_earlychange"),
    ]
