"""The second wall: risks of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence

TABLES = (
    *("risk", "riskcounter", "riskcase", "riskproblem", "riskroadmap", "riskmove", "riskclock", "risknudge"),
    *("watchedpage", "watchday", "riskpronetopic", "sighting", "alert"),
    *("reach", "verification", "unknownfact", "measure", "told", "placement", "reaction", "compensation"),
)


class Migration(migrations.Migration):
    dependencies = [("risks", "0001_risks_and_their_history"), ("common", "0002_scope_function")]

    operations = [fence(f"risks_{name}") for name in TABLES]
