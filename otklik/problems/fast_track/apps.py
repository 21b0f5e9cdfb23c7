from django.apps import AppConfig


class FastTrackConfig(AppConfig):
    name = "otklik.problems.fast_track"
    label = "fast_track"
    verbose_name = "Ускоренные механизмы"
    default_auto_field = "django.db.models.BigAutoField"
