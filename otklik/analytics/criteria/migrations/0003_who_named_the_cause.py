"""A cause of a growth is a post's word: the post stands beside it as it was then."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("criteria", "0002_row_security")]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="by_title",
            field=models.CharField(blank=True, max_length=200, verbose_name="должность записавшего"),
        )
    ]
