from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "otklik.quality"
    label = "quality"
    verbose_name = "Качество"
    default_auto_field = "django.db.models.BigAutoField"
