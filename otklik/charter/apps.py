from django.apps import AppConfig


class CharterConfig(AppConfig):
    name = "otklik.charter"
    label = "charter"
    verbose_name = "Положение"
    default_auto_field = "django.db.models.BigAutoField"
