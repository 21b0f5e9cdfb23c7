"""A new municipality's charter from a few answers passes the check as it stands, whatever was chosen."""

from pathlib import Path

import pytest

from otklik.charter.drafting import CHANNELS, CHOSEN, LEVELS, Answers, draft_charter, draft_clauses
from otklik.charter.files import read_preset


@pytest.mark.parametrize(
    ("level", "parts", "channels"),
    [
        (LEVELS[0], [], ["paper"]),
        (LEVELS[1], ["rating", "note"], ["pos", "incident"]),
        (LEVELS[2], sorted(CHOSEN), sorted(CHANNELS)),
    ],
)
def test_it_passes_the_check(tmp_path: Path, level: str, parts: list[str], channels: list[str]) -> None:
    name = 'Округ «Заречье» "новый" № 5'
    answers = Answers(
        "zarechye",
        "ZAR",
        name,
        name,
        "Край",
        "Asia/Omsk",
        level,
        "Глава",
        "Заместитель",
        "Секретарь",
        parts,
        channels,
    )
    folder = tmp_path / answers.key
    folder.mkdir()
    (folder / "charter.toml").write_text(draft_charter(answers), encoding="utf-8")
    (folder / "clauses.csv").write_text(draft_clauses(answers), encoding="utf-8")
    preset = read_preset(folder)
    assert preset.charter.identity.name == name
    assert set(channels) <= preset.charter.channels.keys()
    assert preset.charter.rating.on is ("rating" in parts)
