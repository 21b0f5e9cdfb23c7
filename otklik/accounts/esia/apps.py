from django.apps import AppConfig


class EsiaConfig(AppConfig):
    name = "otklik.accounts.esia"
    verbose_name = "Вход через Госуслуги"
