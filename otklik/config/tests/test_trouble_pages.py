"""Pages that tell why another did not open: one clear thing in Russian, a way out, nothing of the program's inside."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path


def fails(request: HttpRequest) -> HttpResponse:
    """A view with a fault."""
    raise RuntimeError("пароль базы 12345")


def asks_too_much(request: HttpRequest) -> HttpResponse:
    """A view that takes a form."""
    return HttpResponse("принято")


urlpatterns = [path("fails/", fails), path("form/", asks_too_much)]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_a_missing_page_says_so_and_leads_home() -> None:
    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


def test_a_fault_says_nothing_of_its_inside() -> None:
    answer = Client(raise_request_exception=False).get("/fails/")
    assert answer.status_code == 500
    assert "Сохранённое цело" in answer.content.decode()
    assert "12345" not in answer.content.decode()


def test_a_form_of_an_old_page_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/form/", {"a": "b"})
    assert answer.status_code == 403
    assert "обновите страницу" in answer.content.decode()
