"""Decisions about pages: what a check finds, what a machine misses on a page, addresses, coverage by the law."""

from datetime import UTC, date, datetime, timedelta

import pytest

from otklik.common.errors import Refused
from otklik.outreach.rules import (
    CHECKS,
    LAW_MARKS,
    PageFacts,
    Seen,
    check_address,
    check_marks,
    findings,
    findings_from,
    gaps_of,
    missing_marks,
    new_gaps,
    uncovered,
)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = date(2026, 11, 21)
NAME = "Администрация муниципального округа"
WHOLE = PageFacts(
    "vk", NAME, "пресс-секретарь", "распоряжение № 3", True, 3, "https://adm.example", TODAY, True
)
TEXT = f"{NAME}. Тел. 8 (81651) 4-20-06, почта adm@okrug.example, сайт adm.example"
GOOD = Seen(True, posts_in_week=4, verified=True, text=TEXT)


def codes(page: PageFacts, seen: Seen) -> list[str]:
    return [one.code for one in gaps_of(findings(page, seen, NOW, TODAY, 180))]


def test_a_page_in_order_has_no_gap_and_every_line_is_said() -> None:
    found = findings(WHOLE, GOOD, NOW, TODAY, 180)
    assert [one.code for one in found] == list(CHECKS)
    assert {one.state for one in found} == {"ok"}
    assert findings_from(one.to_data() for one in found) == found


@pytest.mark.parametrize(
    ("page", "seen", "expected"),
    [
        (WHOLE, Seen(False), ["answers"]),
        (WHOLE, Seen(True, posts_in_week=2, text=TEXT), ["activity"]),
        (WHOLE, Seen(True, last_post_at=NOW - timedelta(days=8), text=TEXT), ["activity"]),
        (WHOLE, Seen(True, last_post_at=NOW - timedelta(days=6), text=TEXT), []),
        (WHOLE, Seen(True, text=TEXT), []),
        (WHOLE, Seen(True, posts_in_week=4, verified=False, text=TEXT), ["verified"]),
        (WHOLE, Seen(None, "Площадка не дала посмотреть."), []),
    ],
)
def test_what_is_seen_makes_a_gap_and_what_is_not_known_makes_none(
    page: PageFacts, seen: Seen, expected: list[str]
) -> None:
    assert codes(page, seen) == expected


def test_the_register_itself_lacks_things() -> None:
    bare = PageFacts("ok", NAME, "", "", False, 3)
    assert codes(bare, Seen(True, posts_in_week=3)) == ["responsible", "act", "verified", "law"]
    elsewhere = PageFacts("telegram", NAME, "пресс-секретарь", "акт", False, 3, law_on=TODAY, law_passed=True)
    assert codes(elsewhere, Seen(True, posts_in_week=3)) == []
    site = PageFacts("site", NAME, "пресс-секретарь", "акт", False, 0, law_on=TODAY, law_passed=True)
    assert codes(site, Seen(True)) == []


def test_a_check_list_grows_old_and_a_failed_one_stays_a_gap() -> None:
    old = PageFacts("vk", NAME, "пост", "акт", True, 0, "", TODAY - timedelta(days=181), True)
    assert codes(old, GOOD) == ["law"]
    (told,) = gaps_of(findings(old, GOOD, NOW, TODAY, 21))
    assert told.words.endswith("прошло больше 21\xa0дня.")
    failed = PageFacts("vk", NAME, "пост", "акт", True, 0, "", TODAY, False, ["contacts"])
    law = next(one for one in findings(failed, GOOD, NOW, TODAY, 180) if one.code == "law")
    assert law.state == "gap"
    assert LAW_MARKS["contacts"].lower() in law.words


def test_a_gap_says_what_to_do() -> None:
    bare = PageFacts("vk", NAME, "", "", False, 3)
    for one in gaps_of(findings(bare, Seen(False, posts_in_week=0), NOW, TODAY, 180)):
        assert one.todo, one.code


def test_a_machine_names_what_it_does_not_see() -> None:
    assert missing_marks(TEXT, NAME, "https://www.adm.example", "vk") == []
    assert missing_marks("Новости округа", NAME, "adm.example", "vk") == [
        "наименование",
        "телефон",
        "почту",
        "ссылку на сайт",
    ]
    assert missing_marks(TEXT, NAME, "other.example", "site") == []


def test_a_check_list_is_whole() -> None:
    marks = dict.fromkeys(LAW_MARKS, "yes")
    assert check_marks(marks)
    assert check_marks({**marks, "on_site": "none"})
    assert not check_marks({**marks, "sign": "no"})
    with pytest.raises(Refused, match="Остался"):
        check_marks({**marks, "rules": ""})


@pytest.mark.parametrize(
    ("network", "url"),
    [
        ("vk", "https://ok.ru/group/1"),
        ("ok", "vk.com/club1"),
        ("site", "ftp://adm.example"),
        ("max", "https://"),
    ],
)
def test_an_address_of_another_network_is_refused(network: str, url: str) -> None:
    with pytest.raises(Refused):
        check_address(network, url)


def test_an_address_of_its_network_is_taken() -> None:
    for network, url in (
        ("vk", "https://m.vk.com/club1"),
        ("telegram", "https://t.me/x"),
        ("site", "http://a.ru"),
    ):
        check_address(network, url)


def test_the_law_asks_for_two_networks_of_each_organisation() -> None:
    pages = [("Школа", "vk"), ("Школа", "site"), ("Администрация", "vk"), ("Администрация", "ok")]
    assert uncovered(pages) == [("Школа", "ok")]
    assert uncovered([]) == []


def test_a_known_gap_is_told_once() -> None:
    found = findings(PageFacts("vk", NAME, "", "акт", True, 0, "", TODAY, True), GOOD, NOW, TODAY, 180)
    assert [one.code for one in new_gaps([], found)] == ["responsible"]
    assert new_gaps(["responsible"], found) == []
