"""Talks with bots and what was heard in them; answers are found by what they answer."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0008_reading_has_a_rhythm_and_files"),
        ("common", "0002_scope_function"),
    ]

    operations = [
        migrations.CreateModel(
            name="BotTalk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chat", models.CharField(max_length=80, verbose_name="чат")),
                ("state", models.JSONField(default=dict, verbose_name="состояние")),
                ("changed_at", models.DateTimeField(verbose_name="когда говорили")),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="talks",
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
                "verbose_name": "разговор с ботом",
                "indexes": [models.Index(fields=["municipality", "changed_at"], name="bot_talk_old")],
                "constraints": [models.UniqueConstraint(fields=("channel", "chat"), name="bot_talk_once")],
            },
        ),
        migrations.CreateModel(
            name="BotEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outer_id", models.CharField(max_length=200, verbose_name="внешний номер")),
                ("chat", models.CharField(max_length=80, verbose_name="чат")),
                ("at", models.DateTimeField(verbose_name="когда")),
                ("order", models.BigIntegerField(default=0, verbose_name="порядок")),
                ("content", models.JSONField(default=dict, verbose_name="что сказано")),
                ("asks", models.CharField(blank=True, max_length=10, verbose_name="о чём спрашивает")),
                ("state", models.CharField(default="new", max_length=8, verbose_name="состояние")),
                ("kept_at", models.DateTimeField(auto_now_add=True)),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bot_events",
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
                "verbose_name": "сказанное боту",
                "indexes": [
                    models.Index(
                        condition=Q(("state__in", ["new", "asked"])),
                        fields=["municipality", "state", "asks"],
                        name="bot_event_waiting",
                    ),
                    models.Index(fields=["municipality", "kept_at"], name="bot_event_old"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("channel", "outer_id"), name="bot_event_once"),
                    models.CheckConstraint(
                        condition=Q(("state__in", ["new", "asked", "done", "failed"])), name="bot_event_state"
                    ),
                    models.CheckConstraint(
                        condition=Q(("asks__in", ["", "status", "rating"])), name="bot_event_asks"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("reply_to", ""), _negated=True),
                fields=["channel", "reply_to"],
                name="outgoing_answers",
            ),
        ),
        fence("channels_bottalk"),
        fence("channels_botevent"),
    ]
