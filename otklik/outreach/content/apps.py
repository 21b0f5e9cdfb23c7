from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ContentConfig(AppConfig):
    name = "otklik.outreach.content"
    label = "content"
    verbose_name = "План публикаций"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Gather what packages above propose to write about, the way the charter gathers evidence."""
        autodiscover_modules("content_offers")
