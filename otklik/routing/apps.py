from django.apps import AppConfig


class RoutingConfig(AppConfig):
    name = "otklik.routing"
    label = "routing"
    verbose_name = "Автоправила"
    default_auto_field = "django.db.models.BigAutoField"
