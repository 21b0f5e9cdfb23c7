"""Nobody read the author's post: whoever wrote a material stands in it with the title of that day."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("content", "0002_row_security")]

    operations = [migrations.RemoveField(model_name="material", name="author_post")]
