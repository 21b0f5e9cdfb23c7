"""Single houses of a near map are looked up by the cells in sight."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('cases', '0007_streets_keep_their_kind')]

    operations = [
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('h3', ''), _negated=True), fields=['municipality', 'h3', 'came_at'], include=('lat', 'lon'), name='case_cell'),
        ),
    ]
