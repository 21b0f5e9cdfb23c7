from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "otklik.common"
    label = "common"
    verbose_name = "Общее"
    default_auto_field = "django.db.models.BigAutoField"
