"""Nobody wrote the key of a compensating publication: its link names the post."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("risks", "0003_official_texts_of_risks")]

    operations = [migrations.RemoveField(model_name="compensation", name="key")]
