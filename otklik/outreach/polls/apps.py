from django.apps import AppConfig


class PollsConfig(AppConfig):
    name = "otklik.outreach.polls"
    label = "polls"
    verbose_name = "Опросы, голосования, обсуждения"
    default_auto_field = "django.db.models.BigAutoField"
