from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    name = "otklik.analytics.criteria"
    label = "criteria"
    verbose_name = "Критерии анализа"
    default_auto_field = "django.db.models.BigAutoField"
