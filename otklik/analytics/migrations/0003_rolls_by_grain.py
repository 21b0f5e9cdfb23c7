"""One table of rolls instead of the monthly one: what a year of daily facts costs is paid once, when they are built.

Facts are only figures over cases, so the old roll is emptied and the next run of the timer builds them all anew.
"""

from django.db import migrations, models

from otklik.common.rls import fence


ADDED = [
    ("move", "ходы", "последний виденный ход"),
    ("score", "оценки", "последняя виденная оценка"),
    ("invitation", "приглашения", "последнее виденное приглашение"),
]


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_row_security")]

    operations = [
        migrations.RunSQL(
            sql=[
                "UPDATE analytics_factmark SET brought_at = NULL",
                "DROP POLICY IF EXISTS analytics_monthfact_scope ON analytics_monthfact",
            ],
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RemoveIndex(model_name="monthfact", name="monthfact_day"),
        migrations.RenameModel(old_name="MonthFact", new_name="RollFact"),
        migrations.RunSQL(sql="DELETE FROM analytics_rollfact", reverse_sql=migrations.RunSQL.noop),
        migrations.AlterModelOptions(name="rollfact", options={"verbose_name": "свёртка фактов"}),
        migrations.AddField(
            model_name="rollfact",
            name="grain",
            field=models.CharField(default="month", max_length=8, verbose_name="свёртка"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="rollfact",
            name="settlement",
            field=models.BigIntegerField(default=0, verbose_name="населённый пункт"),
        ),
        migrations.AddField(
            model_name="rollfact",
            name="h3",
            field=models.CharField(blank=True, default="", max_length=16, verbose_name="ячейка"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="rollfact",
            index=models.Index(fields=["municipality", "grain", "day"], name="rollfact_day"),
        ),
        migrations.AddIndex(
            model_name="dayfact",
            index=models.Index(fields=["municipality", "topic", "day"], name="dayfact_topic"),
        ),
        fence("analytics_rollfact"),
        *(
            migrations.AlterField(
                model_name="factmark",
                name=f"last_{name}",
                field=models.BigIntegerField(default=0, verbose_name=f"читать {many} после"),
            )
            for name, many, _ in ADDED
        ),
        *(
            migrations.AddField(
                model_name="factmark",
                name=f"seen_{name}",
                field=models.BigIntegerField(default=0, verbose_name=seen),
            )
            for name, _, seen in ADDED
        ),
    ]
