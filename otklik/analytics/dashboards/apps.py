from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "otklik.analytics.dashboards"
    label = "dashboards"
    verbose_name = "Сводки"
    default_auto_field = "django.db.models.BigAutoField"
