from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    name = "otklik.office.errands"
    label = "errands"
    verbose_name = "Поручения"
    default_auto_field = "django.db.models.BigAutoField"
