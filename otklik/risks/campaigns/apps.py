from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "otklik.risks.campaigns"
    label = "campaigns"
    verbose_name = "Предупредительные кампании"
    default_auto_field = "django.db.models.BigAutoField"
