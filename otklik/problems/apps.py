from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "otklik.problems"
    label = "problems"
    verbose_name = "Проблемы"
    default_auto_field = "django.db.models.BigAutoField"
