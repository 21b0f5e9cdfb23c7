"""The second wall: rows of other municipalities do not exist for the application."""

from django.db import migrations

from otklik.common.rls import fence


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_first_shape"), ("common", "0002_scope_function")]

    operations = [
        fence("cases_casecounter"),
        fence("cases_applicant"),
        fence("cases_case"),
        fence("cases_casetext"),
        fence("cases_question"),
        fence("cases_casefile"),
        fence("cases_twin"),
        fence("cases_savedview"),
        fence("cases_move"),
        fence("cases_assignment"),
        fence("cases_term"),
        fence("cases_answer"),
        fence("cases_draft"),
        fence("cases_note"),
    ]
