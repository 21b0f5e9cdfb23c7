from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("channels", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="headings",
            field=models.JSONField(blank=True, default=list, verbose_name="шапка"),
        ),
    ]
