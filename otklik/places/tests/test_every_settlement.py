"""Every settlement of every preset, with its kind, in all six cases of Russian as the dictionary bends the name."""

import pytest

from otklik.charter.files import preset_folders
from otklik.language.morphology import analyzer
from otklik.places.files import read_folder
from otklik.places.rules import find_place

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
FRAMES = (
    "{} без света",
    "Возле {} яма",
    "Дорога к {} разбита",
    "Дорога в {} разбита",
    "Мост перед {} провалился",
    "В {} не горят фонари",
)
KINDS = {
    "г": "город", "рп": "посёлок", "пгт": "посёлок", "п": "посёлок", "с": "село", "д": "деревня", "х": "хутор",
    "ст-ца": "станица", "рзд": "разъезд",
}  # fmt: skip
# The dictionary takes these names for other words: «бо́льшая» for «большая», a surname for a village.
MISREAD = {"Большая Глушица", "Кукушкино", "Удино"}
PRESETS = sorted(preset_folders())


def bent(words: str, case: str) -> str | None:
    """Every word in the case, None when the dictionary cannot bend one."""
    found = []
    for word in words.split():
        if word[0].isdigit():
            return None
        parses = [
            one for one in analyzer().parse(word) if {"nomn"} in one.tag and one.tag.POS in ("NOUN", "ADJF")
        ]
        form = parses[0].inflect({case}) if parses else None
        if form is None:
            return None
        found.append(
            "-".join(part.capitalize() for part in form.word.split("-")) if word[0].isupper() else form.word
        )
    return " ".join(found)


@pytest.mark.parametrize("key", PRESETS)
def test_it_reads_every_settlement_in_every_case(key: str) -> None:
    known = read_folder(key)
    missed = []
    for settlement in known.settlements:
        for case, frame in zip(CASES, FRAMES, strict=True):
            names = {
                settlement.name,
                settlement.name if settlement.name in MISREAD else bent(settlement.name, case),
            }
            for name in names - {None}:
                text = frame.format(f"{bent(KINDS[settlement.kind], case)} {name}")
                found = find_place(text, known).settlement
                if found != settlement.name:
                    missed.append((text, found))
    assert missed == []
