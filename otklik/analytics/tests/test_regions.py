"""A region is known by its code, by its name where a municipality has no code yet, and never taken for another."""

import pytest

from otklik.analytics.lake.regions import NOWHERE, region_of
from otklik.charter.files import preset_folders, read_charter


@pytest.mark.parametrize(
    ("oktmo", "name", "code"),
    [
        ("49606000", "Мурманская область", "49"),
        ("", "Новгородская область", "49"),
        ("", "Нижегородская область", "22"),
        ("", "Красноярский край", "04"),
        ("", "Омская область", "52"),
        ("", "Томская область", "69"),
        ("", "Алтайский край", "01"),
        ("", "Республика Алтай", "84"),
        ("", "Ямало-Ненецкий автономный округ", "71"),
        ("", "Ненецкий автономный округ", "11"),
        ("", "Сахалинская область", "64"),
        ("", "Республика Саха (Якутия)", "98"),
        ("", "Московская область", "46"),
        ("", "Приозёрье", NOWHERE),
    ],
)
def test_it_is_known_by_its_code_or_by_its_name(oktmo: str, name: str, code: str) -> None:
    assert region_of(oktmo, name) == code


def test_every_preset_lies_in_a_region() -> None:
    found = {key: read_charter(folder).identity for key, folder in preset_folders().items()}
    told = {key: region_of("", one.region) for key, one in found.items()}
    assert NOWHERE not in told.values()
    assert all(one.oktmo[:2] in ("", told[key]) for key, one in found.items())
