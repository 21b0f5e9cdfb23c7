"""A municipality without people: enough for channels."""

from pathlib import Path

import pytest
from pytest_django import Settings

from otklik.channels.models import Channel
from otklik.channels.services import channel_of_kind
from otklik.common.models import Municipality
from otklik.common.scope import set_scope


@pytest.fixture
def place(db: None, settings: Settings, tmp_path: Path) -> Municipality:
    """A town of its own, seen by the test's transaction; files go to a temporary folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
    municipality = Municipality.objects.create(
        key="verkhneozersk",
        name="Верхнеозёрский округ",
        short_name="Верхнеозёрск",
        region="Край",
        time_zone="Asia/Krasnoyarsk",
    )
    set_scope([municipality.pk])
    return municipality


@pytest.fixture
def file_channel(place: Municipality) -> Channel:
    return channel_of_kind(place, "file")
