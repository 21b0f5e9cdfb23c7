"""Addresses for monitoring."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def test_it_is_alive(client: Client) -> None:
    assert client.get("/health/live").content == b"ok"


def test_it_is_not_ready_until_the_database_is_set_up(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "faults": ["setup"]})


def test_it_shows_gauges_to_the_monitoring_host(client: Client) -> None:
    text = client.get("/metrics").content.decode()
    assert "otklik_database_up 1.0" in text
    assert 'otklik_raw_messages{state="failed"} 0.0' in text


def test_it_hides_gauges_from_others(client: Client, settings: Settings) -> None:
    settings.METRICS_FROM = ["10.0.0.1"]
    assert client.get("/metrics").status_code == 404
