from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "otklik.places"
    label = "places"
    verbose_name = "Места"
    default_auto_field = "django.db.models.BigAutoField"
