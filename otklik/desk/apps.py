from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "otklik.desk"
    label = "desk"
    verbose_name = "Стол"
    default_auto_field = "django.db.models.BigAutoField"
