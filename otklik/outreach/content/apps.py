from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "otklik.outreach.content"
    label = "content"
    verbose_name = "План публикаций"
    default_auto_field = "django.db.models.BigAutoField"
