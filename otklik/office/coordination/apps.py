from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "otklik.office.coordination"
    label = "coordination"
    verbose_name = "Координация"
    default_auto_field = "django.db.models.BigAutoField"
