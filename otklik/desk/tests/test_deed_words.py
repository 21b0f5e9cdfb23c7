"""Every deed marked with a duty has its words and a screen that exists."""

import importlib

from otklik.charter.carrying import carried_out, deeds_of
from otklik.desk.deed_words import WORDS, deed_links, spoken_of


def marked() -> set[str]:
    """Deeds of the services behind the screens."""
    importlib.import_module("otklik.desk.urls")
    names = {deed.name for clause in carried_out() for deed in deeds_of(clause)}
    return {name for name in names if name.startswith("otklik.") and ".tests." not in name}


def test_every_marked_deed_has_words_and_a_screen() -> None:
    names = marked()
    assert names - {name for name, _ in spoken_of(names)} == set()
    assert len(spoken_of(f"otklik.{name}" for name in WORDS)) == len(WORDS)


def test_a_deed_of_one_name_is_told_once() -> None:
    links = deed_links("BOG-III.2.6")
    assert links and len(links) == len(set(links))
