"""«Прервать» and «Продолжить» on the page of a file."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from otklik.accounts.models import User
from otklik.channels.importing.run import start_run
from tests.town import Town

Enter = Callable[[User], Client]
TABLE = "id,text\n1,На улице Ленина не горит фонарь\n".encode()


def test_a_file_is_stopped_and_goes_on_from_its_page(
    town: Town, enter: Enter, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    run = start_run(
        BytesIO(TABLE), "t.csv", town.channel("phone"), None, "", {"text": "text", "outer_id": "id"}
    )
    client, page = enter(town.vera), reverse("desk:import_run", args=[run.pk])
    assert "Прервать" in client.get(page).content.decode()
    client.post(reverse("desk:import_stop", args=[run.pk]))
    stopped = client.get(page).content.decode()
    assert "Загрузка прервана" in stopped
    assert "Прервать" not in stopped
    assert "прерван на 0" in client.get(reverse("desk:imports")).content.decode()
    client.post(reverse("desk:import_go_on", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == "waiting"
    assert client.post(reverse("desk:import_go_on", args=[run.pk])).status_code == 422
