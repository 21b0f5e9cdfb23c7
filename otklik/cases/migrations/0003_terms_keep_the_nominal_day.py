"""A term remembers its day before any shift, so that an extension is counted from it."""

import datetime

from django.db import migrations, models

from otklik.cases.states import STATES


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_row_security")]

    operations = [
        migrations.AddField(
            "term",
            "nominal_on",
            models.DateField("день до переноса", default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.AlterField(
            "case",
            "state",
            models.CharField("состояние", max_length=12, choices=STATES, default="registered"),
        ),
        migrations.AlterField("move", "state", models.CharField("стало", max_length=12, choices=STATES)),
    ]
