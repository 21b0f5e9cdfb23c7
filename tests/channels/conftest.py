"""A whole town for the stories of channels; a file that needs less makes its own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.town import Town, build_town


@pytest.fixture
def town(db: None, settings: Settings, tmp_path: Path) -> Town:
    settings.MEDIA_ROOT, settings.EXCHANGE_ROOT = tmp_path / "files", tmp_path / "exchange"
    return build_town()
