"""Questions about the way in through Госуслуги."""

from django.conf import settings


def can_enter() -> bool:
    """Whether the installation is connected to ЕСИА."""
    return "gosuslugi" in settings.SOCIALACCOUNT_PROVIDERS
