from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CharterConfig(AppConfig):
    name = "otklik.charter"
    label = "charter"
    verbose_name = "Положение"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Gather what packages say about evidence, the way the admin gathers its modules."""
        autodiscover_modules("evidence", "own_evidence")
