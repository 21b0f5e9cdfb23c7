from django.apps import AppConfig


class LanguageConfig(AppConfig):
    name = "otklik.language"
    label = "language"
    verbose_name = "Язык"
    default_auto_field = "django.db.models.BigAutoField"
