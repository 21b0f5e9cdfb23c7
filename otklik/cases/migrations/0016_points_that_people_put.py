"""Cases tell a point put by a person from one taken from the gazetteer; pins that came with messages are known."""

from django.db import migrations, models
from django.db.models import Q

FILL = """
UPDATE cases_case AS told SET point_given = true FROM channels_rawmessage AS raw
WHERE raw.id = told.raw_id AND told.lat IS NOT NULL AND raw.payload ->> 'lat' IS NOT NULL
  AND told.lat = (raw.payload ->> 'lat')::float
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_answers_begin_with_templates"),
        ("channels", "0013_words_of_colleagues_are_asked"),
    ]

    operations = [
        migrations.AddField(
            "case",
            "point_given",
            models.BooleanField("точку поставил человек", default=False, db_default=False),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["municipality", "settlement"],
                name="case_given_point",
                condition=Q(point_given=True),
                include=["lat", "lon"],
            ),
        ),
    ]
