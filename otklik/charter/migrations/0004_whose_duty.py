from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("charter", "0003_evidence_counted_ahead"),
    ]

    operations = [
        migrations.AddField(
            model_name="clause",
            name="actor",
            field=models.CharField(blank=True, max_length=40, verbose_name="чья обязанность"),
        ),
    ]
