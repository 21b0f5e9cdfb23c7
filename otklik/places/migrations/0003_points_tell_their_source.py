from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0002_row_security")]

    operations = [
        migrations.AddField(
            "settlement",
            "point_from",
            models.CharField(
                "откуда точка",
                max_length=6,
                choices=[
                    ("preset", "из начального справочника"),
                    ("list", "из списка"),
                    ("hand", "поставлена вручную"),
                    ("marks", "по отметкам"),
                ],
                blank=True,
                default="",
                db_default="",
            ),
        ),
        migrations.AddField(
            "settlement", "point_at", models.DateTimeField("точка поставлена", null=True, blank=True)
        ),
        migrations.AddField(
            "settlement",
            "point_title",
            models.CharField("кто поставил точку", max_length=200, blank=True, default="", db_default=""),
        ),
    ]
