"""`otklik report`: files of a paper, kept in the system only when it is frozen."""

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
