from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "otklik.office"
    label = "office"
    verbose_name = "Заседания и поручения"
    default_auto_field = "django.db.models.BigAutoField"
