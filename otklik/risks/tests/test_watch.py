"""The daily watch: looks with «ничего не найдено», missing days, findings of the machine, the register of topics."""

from dataclasses import replace
from datetime import timedelta

import pytest

from otklik.analytics.criteria.models import Criterion, Finding
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.risks import prefill, services
from otklik.risks.models import Sighting, WatchDay, WatchedPage
from otklik.risks.noticing import notice, plain_url
from otklik.risks.selectors import prone_topics, sightings
from otklik.risks.services import PageText
from otklik.risks.tests.cast import HOUR, LOW, NOW, Cast
from otklik.risks.watchlog import watch_table
from otklik.topics.models import Topic

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WATER = "Третий день нет воды, звоню 8 921 123-45-67"


def page(cast: Cast, kind: str = "local_pages", url: str = "https://vk.com/okrug") -> WatchedPage:
    text = PageText(kind, "Подслушано", url, "староста" if kind == "resident_chats" else "", None, 4000)
    return services.watch_page(cast.whose, text, cast.officer, NOW - 3 * DAY)


def test_it_keeps_looks_that_found_nothing_and_shows_the_days_without_one(cast: Cast) -> None:
    watched = page(cast)
    services.log_look(watched, 0, cast.officer, NOW - 2 * DAY)
    services.log_look(watched, 2, cast.officer, NOW, "две записи о воде")
    (row,) = watch_table(cast.whose, Period(NOW.date() - 4 * DAY, NOW.date()))
    assert [one.state for one in row.cells] == ["none", "missing", "nothing", "missing", "found"]
    assert [one.is_looked for one in row.cells] == [False, False, True, False, True]
    assert row.cells[-1].found == 2


def test_only_a_chat_that_let_us_in_is_looked_at(cast: Cast) -> None:
    with pytest.raises(Refused, match="напишите, кто впустил"):
        services.watch_page(
            cast.whose, PageText("resident_chats", "Чат", "https://t.me/x"), cast.officer, NOW
        )
    watched = page(cast, "resident_chats", "https://t.me/okrug_chat/")
    assert watched.url == "https://t.me/okrug_chat"
    with pytest.raises(Refused, match="уже под наблюдением"):
        page(cast, "resident_chats", "https://t.me/okrug_chat")
    services.leave_page(watched, "чат закрыт", cast.officer, NOW)
    with pytest.raises(Refused, match="больше не наблюдают"):
        services.log_look(watched, 0, cast.officer, NOW)


def test_it_asks_what_was_found(cast: Cast) -> None:
    with pytest.raises(Refused, match="Напишите, что найдено"):
        services.log_look(page(cast), 1, cast.officer, NOW)
    assert services.log_nothing(list(WatchedPage.objects.all()), cast.officer, NOW) == 1
    assert WatchDay.objects.get().found == 0


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://vk.com/okrug/", "vk.com/okrug"),
        ("http://m.vk.com/Okrug", "vk.com/okrug"),
        ("https://www.ok.ru/group/1", "ok.ru/group/1"),
        ("https://vk.com/public123", "vk.com/club123"),
        ("https://vk.ru/club123/", "vk.com/club123"),
        ("", ""),
    ],
)
def test_it_compares_addresses_by_what_matters(url: str, bare: str) -> None:
    assert plain_url(url) == bare


def test_it_notices_posts_of_watched_pages_once_and_masks_them(cast: Cast) -> None:
    watched = page(cast)
    cast.town.case(
        WATER,
        "vk",
        NOW - HOUR,
        page="https://vk.com/okrug",
        link="https://vk.com/wall-5_6",
        reach={"views": 90},
    )
    cast.town.case(WATER, "vk", NOW - HOUR, page="Страница администрации")
    assert (notice(cast.whose, NOW), notice(cast.whose, NOW)) == (1, 0)
    (seen,) = sightings(cast.whose)
    assert (seen.page, seen.views, seen.link) == (watched, 90, "https://vk.com/wall-5_6")
    assert "[телефон]" in seen.text and "921" not in seen.text


def test_it_knows_a_page_by_its_number_its_title_and_an_open_page_without_a_watch(cast: Cast) -> None:
    watched = page(cast, url="https://vk.com/public55")
    cast.town.raw(WATER, "vk", NOW - HOUR, page="https://vk.com/club55")
    cast.town.raw(WATER, "vk", NOW - HOUR, page="подслушано ")
    cast.town.raw(WATER, "vk", NOW - HOUR, link="https://vk.com/wall-55_9")
    cast.town.raw(WATER, "vk", NOW - HOUR, page="https://vk.com/club77")
    assert notice(cast.whose, NOW) == 4
    assert [one.page for one in sightings(cast.whose).order_by("pk")].count(watched) == 3
    assert sightings(cast.whose).get(page=None).reason.startswith("запись на открытой странице")


def test_a_finding_becomes_a_risk_in_one_deed_or_is_dismissed_with_a_reason(cast: Cast) -> None:
    page(cast)
    for place in range(2):
        cast.town.case(
            WATER, "vk", NOW - HOUR, page="https://vk.com/okrug", link=f"https://vk.com/wall-5_{place}"
        )
    notice(cast.whose, NOW)
    first, second = sightings(cast.whose)
    seen = prefill.from_sighting(first)
    level = prefill.proposed(prefill.level_for(cast.whose, seen, NOW))
    risk = services.found(cast.whose, seen, level, cast.officer, NOW)
    first.refresh_from_db()
    assert (first.state, first.risk, risk.source) == ("risk", risk, "keyword")
    assert risk.cases.get().case == first.case
    with pytest.raises(Refused, match="уже разобрали"):
        services.found(cast.whose, seen, LOW, cast.officer, NOW)
    services.dismiss(second, "вопрос решён в тот же день", cast.officer, NOW)
    assert Sighting.objects.get(pk=second.pk).why == "вопрос решён в тот же день"
    assert not sightings(cast.whose).exists()


def test_it_notices_topics_of_the_register_by_the_topic_and_by_words(cast: Cast) -> None:
    topic = Topic.objects.get(key="road-potholes")
    services.list_prone(
        cast.whose, topic, "повторяется каждую весну", cast.officer, NOW, ["питьевая вода"], "medium"
    )
    with pytest.raises(Refused, match="уже в перечне"):
        services.list_prone(cast.whose, topic, "ещё раз", cast.officer, NOW)
    cast.town.case("В питьевой воде песок", "vk", NOW - HOUR)
    cast.town.case("Не работает фонарь", "vk", NOW - HOUR)
    assert notice(cast.whose, NOW) == 1
    assert "повторяется каждую весну" in sightings(cast.whose).get().reason
    row = prone_topics(cast.whose).get()
    services.strike_prone(row, "дорогу построили", cast.officer, NOW + HOUR)
    assert not prone_topics(cast.whose).exists()


def test_it_takes_spikes_of_the_analysis(cast: Cast) -> None:
    criterion = Criterion.objects.create(
        municipality=cast.whose,
        title="Всплеск",
        measure="received",
        comparison="spike",
        limit=1,
        window_days=1,
    )
    Finding.objects.create(
        municipality=cast.whose,
        criterion=criterion,
        since=NOW.date(),
        until=NOW.date(),
        text="По теме «вода» за день 30 карточек, обычно 4",
        formula="день против такого же дня недели",
        at=NOW - HOUR,
    )
    assert notice(cast.whose, NOW) == 1
    seen = prefill.from_sighting(sightings(cast.whose).get())
    assert (seen.source, seen.text[:8]) == ("spike", "По теме ")
    assert services.found(cast.whose, replace(seen, link=""), LOW, cast.officer, NOW).number == 1


def test_the_machine_has_a_line_of_its_own_and_a_person_still_owes_a_look(cast: Cast) -> None:
    watched = page(cast)
    WatchedPage.objects.filter(pk=watched.pk).update(channel=cast.town.channel("vk"))
    notice(cast.whose, NOW)
    notice(cast.whose, NOW + HOUR)
    line = WatchDay.objects.get(page=watched)
    assert (line.by, line.words) == (None, "прочитано каналом")
    (row,) = watch_table(cast.whose, Period(NOW.date(), NOW.date()))
    assert [one.state for one in row.cells] == ["missing"]


def test_a_case_and_a_raw_message_give_the_same_card(cast: Cast) -> None:
    case = cast.town.case("Во дворе дома 5 яма", "vk", NOW, link="https://vk.com/wall-5_6")
    assert case.raw is not None
    from_case, from_raw = prefill.from_case(case), prefill.from_raw(case.raw)
    assert from_case == from_raw
    assert (from_case.source, from_case.case) == ("case", case)
    raw = cast.town.raw(WATER, "vk", NOW, link="https://vk.com/wall-5_7")
    bare = prefill.from_raw(raw)
    assert (bare.source, bare.case, bare.link) == ("post", None, "https://vk.com/wall-5_7")
    assert "921" not in bare.text
