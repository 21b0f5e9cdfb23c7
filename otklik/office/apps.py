from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OfficeConfig(AppConfig):
    name = "otklik.office"
    label = "office"
    verbose_name = "Заседания и поручения"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Gather what packages offer for an agenda, the way the charter gathers evidence."""
        autodiscover_modules("agenda_sources")
