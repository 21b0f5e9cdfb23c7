from django.apps import AppConfig


class RoadmapsConfig(AppConfig):
    name = "otklik.problems.roadmaps"
    label = "roadmaps"
    verbose_name = "Дорожные карты"
    default_auto_field = "django.db.models.BigAutoField"
