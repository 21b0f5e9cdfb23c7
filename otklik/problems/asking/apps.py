from django.apps import AppConfig


class AskingConfig(AppConfig):
    name = "otklik.problems.asking"
    label = "asking"
    verbose_name = "Очередь вопросов к жителям"
    default_auto_field = "django.db.models.BigAutoField"
