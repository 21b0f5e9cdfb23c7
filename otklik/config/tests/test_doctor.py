"""What `otklik doctor` says of a host that is not in order; the database's own faults are tried in privatedb."""

import socket
from pathlib import Path

import pytest

from otklik.charter.tests.invented import write_preset
from otklik.common.errors import Refused
from otklik.config import state
from otklik.config.database import address
from otklik.config.doctor import host
from otklik.config.trouble import Trouble


def seen(what: str, port: int = 1) -> list[str]:
    return [f"{one.state}: {one.seen}" for one in host.examine(port) if one.what == what]


def test_it_tells_a_file_in_place_of_the_folder_a_full_disk_and_a_taken_port(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "data"
    file.write_text("")
    monkeypatch.setenv("OTKLIK_DATA", str(file))
    assert seen("папка данных") == [f"bad: {file} — не папка"]
    monkeypatch.setenv("OTKLIK_DATA", str(tmp_path))
    monkeypatch.setattr(host, "VERY_LITTLE_SPACE", 1 << 62)
    assert seen("место на диске")[0].startswith("bad: свободно")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        assert seen("порт страниц", number) == [f"warn: {number} занят"]


def test_it_goes_on_when_a_setting_is_not_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMAIL_PORT", "smtp")
    assert seen("почта") == ["bad: порт не назначен"]


def test_it_tells_a_mistyped_folder_of_presets_and_names_what_a_right_one_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OTKLIK_PRESETS", raising=False)
    assert seen("свои положения") == ["ok: не назначены"]
    monkeypatch.setenv("OTKLIK_PRESETS", str(tmp_path / "gone"))
    assert seen("свои положения") == ["bad: не найдены"]
    monkeypatch.setenv("OTKLIK_PRESETS", str(tmp_path))
    write_preset(tmp_path)
    assert seen("свои положения") == [f"ok: zarechye ({tmp_path})"]


def test_no_command_begins_with_a_mistyped_folder_of_presets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTKLIK_PRESETS", str(tmp_path / "gone"))
    monkeypatch.setattr(state, "read", lambda key: "as of yesterday")
    with pytest.raises(Refused, match="OTKLIK_PRESETS"):
        state.needs_setup()


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgresql://a@b:port/c"])
def test_an_address_of_no_postgresql_is_one_sentence(url: str) -> None:
    with pytest.raises(Trouble, match="postgresql://"):
        address(url)


def test_a_secret_whose_file_is_gone_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMAIL_HOST", raising=False)
    monkeypatch.setenv("EMAIL_HOST_FILE", str(tmp_path / "gone"))
    with pytest.raises(Trouble, match="EMAIL_HOST_FILE"):
        list(host.examine(1))
