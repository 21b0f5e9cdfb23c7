"""Addresses under /accounts/; allauth gathers them by the provider."""

from django.urls import path

from otklik.accounts.esia import views

urlpatterns = [
    path("gosuslugi/login/", views.login, name="gosuslugi_login"),
    path("gosuslugi/login/callback/", views.callback, name="gosuslugi_callback"),
]
