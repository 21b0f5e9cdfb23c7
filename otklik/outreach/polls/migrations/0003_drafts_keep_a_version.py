from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("polls", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="poll",
            name="version",
            field=models.PositiveIntegerField(default=1, verbose_name="версия"),
        ),
    ]
