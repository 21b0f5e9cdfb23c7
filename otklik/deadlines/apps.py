from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "otklik.deadlines"
    label = "deadlines"
    verbose_name = "Сроки"
    default_auto_field = "django.db.models.BigAutoField"
