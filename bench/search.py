"""Search in Russian over every case: words of every tenth message, of one in a thousand, of one season, of none."""

from urllib.parse import urlencode

from bench.desk import measure_pages
from bench.filling import fill
from bench.measuring import Measured

WORDS = (
    "дорога", "яма", "вода", "дом", "снег", "борщевик", "ямы на дороге", "не горят фонари", "парапет",
    "шлагбаум", "голубятня", "карьер", "часовня", "плотина", "обелиск", '"когда заделают"', "яма -снег",
    "экскаватор", "тираннозавр",
)  # fmt: skip


def measure(cases: int) -> Measured:
    """Milliseconds of a found page, alone and with other conditions; numbers are searched too."""
    fill(cases)
    number = cases // 2
    asked = [
        *({"q": word} for word in WORDS),
        {"q": f"заявка {100_000 + number}"},
        {"q": str(number)},
        {"q": "снег", "state": "open"},
        {"q": "борщевик", "term": "overdue"},
        {"q": "автобус", "channel": "paper"},
        {"q": "яма", "repeat": "1", "kind": "appeal"},
    ]
    return measure_pages("search", cases, [f"/cases/?{urlencode(one)}" for one in asked])
