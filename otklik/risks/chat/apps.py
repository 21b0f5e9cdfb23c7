from django.apps import AppConfig


class RiskChatConfig(AppConfig):
    """Keeps no tables of its own; an application so that its evidence is gathered."""

    name = "otklik.risks.chat"
    label = "risk_chat"
    verbose_name = "Алерт-чат"
