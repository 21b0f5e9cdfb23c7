"""Links between like cases keep when both came, so that those of a period are found by one index."""

from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

FILL = """
UPDATE cases_twin AS twin SET case_came_at = one.came_at, other_came_at = other.came_at
FROM cases_case AS one, cases_case AS other WHERE one.id = twin.case_id AND other.id = twin.other_id
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_answers_are_vouched_for")]

    operations = [
        migrations.AddField(
            "twin",
            "case_came_at",
            models.DateTimeField("карточка пришла", default=timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            "twin",
            "other_came_at",
            models.DateTimeField("похожая пришла", default=timezone.now),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "twin",
            models.Index(
                fields=["municipality", "case_came_at"],
                include=["other_came_at", "case", "other", "decision"],
                name="twin_came",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["municipality", "came_at"],
                condition=Q(joined_to__isnull=False),
                include=["joined_to"],
                name="case_joined",
            ),
        ),
    ]
