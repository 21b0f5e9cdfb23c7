"""Screens of satisfaction and quality ask for answers of a stretch of days; the queue for explained ones."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_houses_of_a_near_map")]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["municipality", "-answered_at"],
                name="case_answered",
                condition=Q(answered_at__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["municipality", "-answered_at"],
                name="case_explained",
                condition=Q(solvable=True, result="explained"),
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["municipality", "created_at"], name="answer_handed"),
        ),
    ]
