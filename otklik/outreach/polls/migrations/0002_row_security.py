"""The second wall: polls of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence

TABLES = (
    "poll", "question", "option", "stratum", "admission", "envelope", "ballot", "choice", "pulse", "codesent",
    "proposal", "sign", "outerresult", "decision", "decisionstep",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("polls", "0001_polls_votes_discussions"), ("common", "0002_scope_function")]

    operations = [fence(f"polls_{table}") for table in TABLES]
