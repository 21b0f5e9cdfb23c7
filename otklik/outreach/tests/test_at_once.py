"""One publication written down by several at once, each on a connection of its own: one line of the register."""

from datetime import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.outreach import services
from otklik.outreach.models import Publication
from tests.at_once import at_once

MANY = 4


@pytest.fixture
def town(committed: str) -> Municipality:
    with transaction.atomic():
        return Municipality.objects.create(key="once", name="Город", short_name="Город", region="Область")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_the_same_link_about_the_same_thing_is_kept_once(town: Municipality, now: datetime) -> None:
    told = services.PublicationWords(
        "Опросы месяца", "site", now.date(), outlet="Страница района", url="https://example.org/1"
    )

    def publish() -> None:
        with within(town.pk):
            services.publish(town, told, None, now)

    assert at_once(*[publish] * MANY) == ["done"] * MANY
    with within(town.pk):
        assert Publication.objects.count() == 1
