from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "otklik.outreach"
    label = "outreach"
    verbose_name = "Официальные страницы"
    default_auto_field = "django.db.models.BigAutoField"
