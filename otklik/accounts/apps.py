from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "otklik.accounts"
    label = "accounts"
    verbose_name = "Люди и права"
    default_auto_field = "django.db.models.BigAutoField"
