from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("channels", "0003_import_headings")]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="reading_since",
            field=models.DateTimeField(null=True, verbose_name="читают с"),
        ),
        migrations.AddField(
            model_name="importrun",
            name="reading_from",
            field=models.PositiveIntegerField(default=0, verbose_name="читают со строки"),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "stopping", "stopped", "done", "failed"]),
                name="import_state",
            ),
        ),
    ]
