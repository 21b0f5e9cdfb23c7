"""The worker is really killed by SIGKILL while it places posts, or two place at once: each stands there once."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from otklik.accounts.models import User
from otklik.channels import steps
from otklik.common.models import Municipality
from otklik.common.scope import within
from otklik.outreach.content.models import Post
from otklik.outreach.content.services import approve, write
from tests.channels.posting import MAKES, Wall
from tests.channels.posting import wall as opened
from tests.fakes.network import Network
from tests.fixtures.database import TestServer

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
TEXT = "С 9 до 17 часов на Заречной не будет воды. Подвоз — к школе."
AT = timedelta(minutes=2)


def start(environment: dict[str, str], step: str, ahead: timedelta) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "tests.chaos.poster", step, str(ahead.total_seconds())]
    more = {"DJANGO_SETTINGS_MODULE": "otklik.config.settings", "OTKLIK_OUTSIDE_ALLOWED": "127.0.0.1"}
    return subprocess.Popen(
        words,
        env={**environment, **more},
        cwd=ROOT,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def end(worker: subprocess.Popen[str]) -> int:
    """How its life ended."""
    _, said = worker.communicate(timeout=120)
    assert worker.returncode in (0, -signal.SIGKILL), said
    return worker.returncode


@pytest.fixture
def environment(
    committed: str, test_server: TestServer, tmp_path: Path, settings: Settings
) -> dict[str, str]:
    own = {"OTKLIK_DATA": str(tmp_path / "data"), "SECRET_KEY": settings.SECRET_KEY}
    outside = {key: value for key, value in os.environ.items() if key.startswith("PYTHON")}
    return {**outside, **test_server.environment(committed), **own}


def agreed(wall: Wall) -> None:
    """Three posts of one minute."""
    author = User.objects.create(username="poster", password="!")
    for number in range(3):
        material = write(
            wall.page.municipality,
            title="Вода",
            text=f"{TEXT} Часть {number}.",
            pages=[wall.page],
            at=timezone.now() + AT,
            by=author,
        )
        approve(material, author)


@pytest.mark.parametrize("step", [*steps.PLACING, *steps.SENDING, "two at once"])
def test_each_post_stands_once_though_the_worker_is_killed(step: str, environment: dict[str, str]) -> None:
    with Network(vk := MAKES["vk"]()):
        place = Municipality.objects.create(key="town", name="Округ", short_name="Округ", region="Край")
        with within(place.pk):
            wall = opened(vk, place)
            agreed(wall)
        if step == "two at once":
            workers = [start(environment, "never", AT) for _ in range(2)]
            assert [end(worker) for worker in workers] == [0, 0]
        else:
            assert end(start(environment, step, AT)) == -signal.SIGKILL
        for hours in (1, 2, 30):
            assert end(start(environment, "never", timedelta(hours=hours))) == 0
        assert sorted(wall.posts) == [f"{TEXT} Часть {number}." for number in range(3)]
        with within(place.pk):
            assert set(Post.objects.values_list("state", flat=True)) == {"placed"}
            assert Post.objects.values("link").distinct().count() == 3
