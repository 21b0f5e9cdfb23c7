from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_twins_are_looked_up_without_a_pending_list")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="street_kind",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=20, verbose_name="вид улицы"
            ),
        ),
    ]
