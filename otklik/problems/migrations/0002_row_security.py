"""The second wall: problems of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("problems", "0001_problems_and_causes"), ("common", "0002_scope_function")]

    operations = [
        fence("problems_problemcounter"),
        fence("problems_outerindicator"),
        fence("problems_problem"),
        fence("problems_officialtext"),
        fence("problems_problemcase"),
        fence("problems_problembody"),
        fence("problems_cause"),
        fence("problems_causeevidence"),
        fence("problems_talkerror"),
    ]
