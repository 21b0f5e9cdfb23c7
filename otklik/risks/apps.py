from django.apps import AppConfig


class RisksConfig(AppConfig):
    name = "otklik.risks"
    label = "risks"
    verbose_name = "Информационные риски"
    default_auto_field = "django.db.models.BigAutoField"
