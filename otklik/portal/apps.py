from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "otklik.portal"
    label = "portal"
    verbose_name = "Портал"
    default_auto_field = "django.db.models.BigAutoField"
