from django.apps import AppConfig


class SatisfactionConfig(AppConfig):
    name = "otklik.satisfaction"
    label = "satisfaction"
    verbose_name = "Удовлетворённость"
    default_auto_field = "django.db.models.BigAutoField"
