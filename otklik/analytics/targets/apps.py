from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "otklik.analytics.targets"
    label = "targets"
    verbose_name = "Целевые показатели"
    default_auto_field = "django.db.models.BigAutoField"
