"""A municipality may keep its own DOCX template of a form."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0002_scope_function"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reports", "0002_row_security"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=20, verbose_name="форма")),
                ("name", models.CharField(max_length=120, verbose_name="файл")),
                ("content", models.BinaryField(verbose_name="содержание")),
                ("at", models.DateTimeField(verbose_name="загружен")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "шаблон отчёта",
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "form"), name="report_template_once")
                ],
            },
        ),
        fence("reports_reporttemplate"),
    ]
