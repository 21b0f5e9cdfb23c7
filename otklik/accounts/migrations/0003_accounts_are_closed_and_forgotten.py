from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="закрыт с"),
        ),
        migrations.AddField(
            model_name="user",
            name="close_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="почему закрыт"),
        ),
        migrations.AddField(
            model_name="user",
            name="erased_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="обезличен"),
        ),
    ]
