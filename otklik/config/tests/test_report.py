"""`otklik report`: files of a paper, kept in the system only when it is frozen."""

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from otklik.common.errors import Refused
from otklik.config.cli.report import command
from otklik.reports.models import Report
from otklik.topics.models import Block
from tests.town import build_town

pytestmark = pytest.mark.django_db


def test_it_writes_files_by_a_command(tmp_path: Path) -> None:
    town = build_town()
    key = town.municipality.key
    asked = ["note", "--municipality", key, "--period", "2026-09", "--out", str(tmp_path)]
    done = CliRunner().invoke(command, [*asked, "--format", "docx,xlsx,pdf,html"], catch_exceptions=False)
    assert done.exit_code == 0
    assert {one.suffix for one in tmp_path.iterdir()} == {".docx", ".xlsx", ".pdf", ".html"}
    assert not Report.objects.exists()
    CliRunner().invoke(command, [*asked, "--format", "html", "--freeze"], catch_exceptions=False)
    assert Report.objects.get().number == 1
    with pytest.raises(Refused, match="Формата"):
        CliRunner().invoke(command, [*asked, "--format", "odt"], catch_exceptions=False)


def test_it_counts_what_has_come_a_moment_ago(tmp_path: Path) -> None:
    town = build_town()
    came = datetime.fromisoformat("2026-09-10T12:00:00+03:00")
    town.case("На улице Ленина огромная яма на дороге.", "pos", came)
    asked = ["week", "--municipality", town.municipality.key, "--period", "2026-09", "--out", str(tmp_path)]
    CliRunner().invoke(command, [*asked, "--format", "html,HTML"], catch_exceptions=False)
    (page,) = (one.read_text().replace("\u00a0", " ") for one in tmp_path.iterdir())
    assert "поступило 1 сообщение" in page


REFUSED = {
    "note --period 2099-05": "ещё не начался",
    "note --period 9999-12": "не прочитан",
    "note --period 0001": "проверьте год",
    "note --period 2026-09 --format ,": "хотя бы один формат",
    "note --period 2026-09 --about planet:1": "есть topic",
    "note --period 2026-09 --about topic:road-potholes": "составляется обо всём",
    "materials --period 2026-09 --about request:7": "Выберите запрос",
    "rating --period 2026-W40": "за целый месяц",
}


def test_it_refuses_in_one_sentence(tmp_path: Path) -> None:
    own = ["--municipality", build_town().municipality.key, "--out", str(tmp_path / "new")]
    for words, said in REFUSED.items():
        with pytest.raises(Refused, match=said):
            CliRunner().invoke(command, [*words.split(), *own], catch_exceptions=False)
    assert not (tmp_path / "new").exists()


def test_it_names_the_file_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    asked = [
        "week",
        "--municipality",
        build_town().municipality.key,
        "--period",
        "2026-09",
        "--format",
        "html",
    ]
    with pytest.raises(Refused, match="не записан"):
        CliRunner().invoke(command, [*asked, "--out", str(tmp_path / "file" / "in")], catch_exceptions=False)


def test_it_writes_a_reference_about_a_block(tmp_path: Path) -> None:
    town = build_town()
    block = Block.objects.filter(municipality=town.municipality)[0]
    asked = ["branch", "--municipality", town.municipality.key, "--period", "2026-09", "--out", str(tmp_path)]
    named = [*asked, "--format", "html", "--about", f"block:{block.key}"]
    done = CliRunner().invoke(command, named, catch_exceptions=False)
    assert done.exit_code == 0
    assert block.title in next(tmp_path.iterdir()).read_text().replace("\u00a0", " ")
    with pytest.raises(Refused, match="направление"):
        CliRunner().invoke(command, [*asked, "--format", "html"], catch_exceptions=False)
