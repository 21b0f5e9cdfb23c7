from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "otklik.topics"
    label = "topics"
    verbose_name = "Темы"
    default_auto_field = "django.db.models.BigAutoField"
