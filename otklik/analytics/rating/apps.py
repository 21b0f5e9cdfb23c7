from django.apps import AppConfig


class RatingConfig(AppConfig):
    name = "otklik.analytics.rating"
    label = "rating"
    verbose_name = "Рейтинг органов"
    default_auto_field = "django.db.models.BigAutoField"
