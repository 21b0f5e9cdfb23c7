"""Addresses of the room «Отчёты»."""

from django.urls import path

from otklik.desk.views import handed, report_requests, report_templates, reports

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/compose/", reports.compose, name="report_compose"),
    path("reports/<int:key>/", reports.report, name="report"),
    path("reports/<int:key>/do/<slug:name>/", reports.deed, name="report_deed"),
    path("reports/<int:key>/file.<str:form>", reports.file, name="report_file"),
    path("reports/reference/", reports.reference, name="report_reference"),
    path("reports/compositions/<int:key>/drop/", reports.drop_composition, name="report_composition_drop"),
    path("reports/requests/new/", report_requests.new, name="report_request_new"),
    path("reports/requests/take/", report_requests.take, name="report_request_take"),
    path("reports/requests/<int:key>/", report_requests.one, name="report_request"),
    path("reports/requests/<int:key>/do/<slug:name>/", report_requests.deed, name="report_request_deed"),
    path("reports/templates/<slug:name>.docx", report_templates.template, name="report_template"),
    path("reports/templates/<slug:name>/", report_templates.look, name="report_look"),
    path(
        "reports/templates/<slug:name>/change/",
        report_templates.change_template,
        name="report_template_change",
    ),
    path(
        "reports/templates/<slug:name>/<int:version>.docx",
        report_templates.preview,
        name="report_template_preview",
    ),
    path("tables-out/", handed.handed, name="handed"),
    path("tables-out/<int:key>/", handed.file, name="handed_file"),
    path("tables-out/<int:key>/again/", handed.again, name="handed_again"),
]
