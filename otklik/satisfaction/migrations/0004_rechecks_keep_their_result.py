from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("satisfaction", "0003_one_score_an_invitation"),
    ]

    operations = [
        migrations.AddField(
            model_name="recheck",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[("right", "ответ верный"), ("reopened", "открыть заново")],
                default="",
                max_length=12,
                verbose_name="итог",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="recheck",
            name="outcome",
            field=models.CharField(blank=True, max_length=300, verbose_name="что увидели"),
        ),
    ]
