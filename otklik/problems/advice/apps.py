from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "otklik.problems.advice"
    label = "advice"
    verbose_name = "Рекомендации и практики"
    default_auto_field = "django.db.models.BigAutoField"
