"""Timers of risks: they remind, speak higher, take the reach; none of them moves or closes a card."""

from datetime import datetime
from typing import Any

import pytest

from otklik.accounts.models import Notice
from otklik.audit.models import JournalEntry
from otklik.channels.models import RawChange
from otklik.risks import services
from otklik.risks.forget import GONE, UNDECIDED, erase_old, shown_of
from otklik.risks.models import Alert, Reach, Reaction, RiskNudge, Sighting
from otklik.risks.reaching import figures_in, mark_of, take_reach
from otklik.risks.reminding import mind
from otklik.risks.services import Figures
from otklik.risks.tests.cast import HOUR, LOW, MINUTE, NOW, Cast, fresh

pytestmark = pytest.mark.django_db


def said_of(text: str) -> int:
    return Notice.objects.filter(text__contains=text).count()


def test_it_reminds_then_speaks_higher_each_once(cast: Cast) -> None:
    risk = cast.found()
    assert mind(cast.whose, NOW + 20 * MINUTE) == 0
    assert mind(cast.whose, NOW + 25 * MINUTE) == 1
    assert said_of("алерт-чат до 12:30") >= 1
    assert mind(cast.whose, NOW + 26 * MINUTE) == 0
    mind(cast.whose, NOW + 31 * MINUTE)
    mind(cast.whose, NOW + 40 * MINUTE)
    kinds = RiskNudge.objects.filter(clock__key="alert").order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["soon", "late", "escalated"]
    above = Notice.objects.get(permission="risks.close")
    assert "сообщите — куратор, ЦУР" in above.text.replace("\u00a0", " ")
    assert JournalEntry.objects.filter(code="risks.escalated").count() == 1
    assert fresh(risk).state == "found"


def test_a_stopped_clock_is_silent(cast: Cast) -> None:
    cast.told()
    mind(cast.whose, NOW + 40 * MINUTE)
    assert not RiskNudge.objects.filter(clock__key="alert").exists()


def test_the_end_of_the_watch_asks_for_an_observation_and_closes_nothing(cast: Cast) -> None:
    risk = cast.watched()
    mind(cast.whose, NOW + 30 * HOUR)
    said = said_of("часы наблюдения прошли")
    assert said >= 1
    assert fresh(risk).state == "reaction"
    services.return_to_work(risk, "пишут снова", cast.officer, NOW + 31 * HOUR)
    services.placed(risk, cast.officer, NOW + 31 * HOUR)
    mind(cast.whose, NOW + 54 * HOUR)
    assert said_of("часы наблюдения прошли") == said
    mind(cast.whose, NOW + 56 * HOUR)
    assert said_of("часы наблюдения прошли") > said


def test_it_asks_for_the_second_measure_of_reach_once(cast: Cast) -> None:
    cast.found(LOW)
    for minutes in (125, 130):
        mind(cast.whose, NOW + minutes * MINUTE)
    assert said_of("измерьте охват") == 1


@pytest.mark.parametrize(
    ("hours", "taken", "mark"),
    [
        (0, set(), "t0"),
        (1, {"t0"}, "other"),
        (2, {"t0"}, "h2"),
        (3, {"t0", "h2"}, "other"),
        (25, {"t0", "h2"}, "h24"),
        (25, {"t0", "h2", "h24"}, "other"),
        (25, {"t0"}, "h24"),
    ],
)
def test_a_measure_answers_the_last_mark_that_has_come(hours: int, taken: set[str], mark: str) -> None:
    assert mark_of(NOW, NOW + hours * HOUR, taken) == mark


def test_it_reads_only_the_counts_a_network_tells() -> None:
    assert figures_in({"views": 5, "likes": 2, "comments": "много", "reposts": -1, "x": 9}) == {
        "views": 5,
        "reactions": 2,
    }


def test_it_takes_the_reach_a_network_told_after_detection(cast: Cast) -> None:
    raw = cast.town.raw("Вода ржавая", "vk", NOW)
    risk = cast.found(raw=raw, reach=Figures(views=100))
    for hours, views in ((1, 150), (2, 400), (24, 900)):
        RawChange.objects.create(
            municipality=cast.whose, raw=raw, kind="reach", at=NOW + hours * HOUR, reach={"views": views}
        )
    assert (take_reach(cast.whose, NOW + 25 * HOUR), take_reach(cast.whose, NOW + 25 * HOUR)) == (3, 0)
    assert list(Reach.objects.filter(risk=risk).values_list("mark", "views", "source")) == [
        ("t0", 100, "channel"), ("other", 150, "channel"), ("h2", 400, "channel"), ("h24", 900, "channel"),
    ]  # fmt: skip


def test_it_forgets_the_link_and_the_copy_and_keeps_the_card(cast: Cast) -> None:
    risk = cast.closed()
    Alert.objects.create(
        municipality=cast.whose,
        risk=risk,
        kind="answer",
        is_answer=True,
        text="Видели",
        at=NOW,
        by_title="староста",
    )
    seen: dict[str, Any] = {
        "municipality": cast.whose,
        "kind": "prone",
        "at": NOW,
        "text": "Вода",
        "reason": "тема",
    }
    Sighting.objects.create(**seen, key="case:1", state="not_risk", why="решено", decided_at=NOW)
    Sighting.objects.create(**seen, key="case:2")
    Reaction.objects.filter(risk=risk).update(links=["https://vk.com/wall7_1"])
    assert shown_of(risk)["ссылка"] == risk.link
    assert erase_old(cast.whose, datetime.fromisoformat("2026-12-01T12:00:00+03:00")) == 0
    later = datetime.fromisoformat("2029-12-01T12:00:00+03:00")
    assert (erase_old(cast.whose, later), erase_old(cast.whose, later)) == (3, 0)
    assert not Sighting.objects.exclude(text=GONE).exists()
    assert Sighting.objects.get(key="case:2").why == UNDECIDED
    assert not Reaction.objects.filter(risk=risk).exclude(links=[]).exists()
    kept = fresh(risk)
    assert shown_of(kept) == {}
    assert (kept.link, kept.kept_text, kept.state, kept.number) == ("", GONE, "closed", 1)
    assert not Alert.objects.filter(is_answer=True).exclude(text=GONE).exists()


def test_an_exercise_is_reminded_of_as_an_exercise(cast: Cast) -> None:
    services.found(
        cast.whose,
        services.Seen("Учебная тревога", "Учения", source="call"),
        LOW,
        cast.officer,
        NOW,
        drill=True,
    )
    mind(cast.whose, NOW + 23 * HOUR)
    assert said_of("Учебный.") >= 1
