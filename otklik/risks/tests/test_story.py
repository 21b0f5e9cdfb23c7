"""A risk from the post seen to the reaction observed: each step with its record, refused out of turn."""

from datetime import timedelta

import pytest

from otklik.channels.models import Outgoing
from otklik.common.errors import Refused
from otklik.outreach.content import services as content
from otklik.outreach.content.models import Post
from otklik.outreach.models import Publication
from otklik.places.models import Settlement
from otklik.risks import services
from otklik.risks.models import Alert, RiskMove, Verification
from otklik.risks.rules import lacks
from otklik.risks.selectors import clocks_now, standing_of
from otklik.risks.services import Observed, Place
from otklik.risks.tests.cast import CALM, HOUR, LINK, LOW, MINUTE, NOW, TEXT, Cast, fresh

pytestmark = pytest.mark.django_db


def test_a_risk_goes_the_whole_way_and_every_step_is_on_record(cast: Cast) -> None:
    risk = cast.closed()
    deeds = list(RiskMove.objects.filter(risk=risk).order_by("at", "pk").values_list("deed", "to"))
    assert [deed for deed, _ in deeds] == [
        "found", "tell_chat", "verify", "answer", "place", "control", "placed", "report", "observe", "observe", "close",
    ]  # fmt: skip
    assert (risk.state, risk.verdict, risk.number) == ("closed", "confirmed", 1)
    assert "дальше не распространяется, реакция спокойная" in risk.closed_why
    assert all(one.stopped_at is not None for one in clocks_now(risk))


def test_the_copy_is_kept_without_the_phone_and_nothing_personal_reaches_the_chat(cast: Cast) -> None:
    risk = cast.told(gist="Пишет Сидорова Мария Петровна: вода ржавая")
    assert "8 921" not in risk.kept_text and "[телефон]" in risk.kept_text
    assert "Сидорова" not in risk.gist
    said = Outgoing.objects.get(about=risk.about)
    assert "Сидорова" not in said.body and "921" not in said.body and LINK in said.body


def test_a_village_that_sounds_like_a_name_may_be_named_in_the_chat(cast: Cast) -> None:
    hamlet = Settlement.objects.create(municipality=cast.whose, name="Иван Теремец", kind="х")
    risk = cast.found(settlement=hamlet, gist="Пишут, что в деревне Ильина Гора вода непригодна")
    said = services.tell_chat(risk, cast.officer, NOW).text
    assert "Иван Теремец" in said and "Ильина Гора" in said


def test_a_card_needs_a_source_a_gist_and_a_reason_of_its_level(cast: Cast) -> None:
    with pytest.raises(Refused, match="без источника риск не проверить"):
        cast.found(link="", text="")
    with pytest.raises(Refused, match="поле «суть»"):
        cast.found(gist=" ")
    with pytest.raises(Refused, match="почему такой уровень"):
        cast.found(services.Level("high", ""))
    with pytest.raises(Refused, match="другие признаки"):
        cast.found(services.Level("low", "так", ("быстрый рост",)))
    with pytest.raises(Refused, match="Риски ведёт"):
        services.check(cast.found(), cast.reader, NOW)


def test_clocks_stop_at_their_deeds_and_a_level_counts_them_anew(cast: Cast) -> None:
    risk = cast.told()
    alert, verify = (one for one in clocks_now(risk) if one.key in ("alert", "verify"))
    assert (alert.stopped_at, verify.due_at) == (NOW + 5 * MINUTE, NOW + HOUR)
    critical = services.Level("critical", "есть пострадавшие", ("угроза жизни или здоровью",))
    services.set_level(risk, critical, cast.officer, NOW + 6 * MINUTE)
    alert, verify = (one for one in clocks_now(risk) if one.key in ("alert", "verify"))
    assert (alert.due_at, alert.stopped_at) == (NOW + 30 * MINUTE, NOW + 5 * MINUTE)
    assert (verify.due_at, verify.stopped_at) == (NOW + 30 * MINUTE, None)
    assert "высокий → критический" in RiskMove.objects.get(deed="level").words


def test_a_false_alarm_is_verified_too_and_closed_only_by_what_was_seen(cast: Cast) -> None:
    risk = cast.told()
    with pytest.raises(Refused, match="направлен в алерт-чат"):
        services.no_answer(risk, "опровергнуто", cast.officer, NOW)
    services.verify(risk, "refuted", "на месте воды чистые, акт № 4", cast.officer, NOW + HOUR)
    services.no_answer(risk, "запись удалена автором, повтора нет", cast.officer, NOW + HOUR)
    with pytest.raises(Refused, match="Наблюдений реакции нет"):
        services.close(risk, cast.officer, NOW + 40 * HOUR)
    services.observe(risk, CALM, cast.officer, NOW + 2 * HOUR)
    with pytest.raises(Refused, match="Часы наблюдения ещё не прошли"):
        services.close(risk, cast.officer, NOW + 40 * HOUR)
    services.observe(risk, CALM, cast.officer, NOW + 26 * HOUR)
    assert services.close(risk, cast.officer, NOW + 26 * HOUR).verdict == "refuted"


def test_what_is_true_is_answered(cast: Cast) -> None:
    with pytest.raises(Refused, match="только на опровергнутое"):
        services.no_answer(cast.in_work("partly"), "не хотим", cast.officer, NOW + HOUR)


def test_a_later_verdict_mends_an_earlier_one_and_both_stay(cast: Cast) -> None:
    risk = cast.in_work("confirmed")
    services.verify(risk, "partly", "вторая проба чистая", cast.officer, NOW + 30 * MINUTE)
    assert list(Verification.objects.filter(risk=risk).values_list("verdict", flat=True)) == [
        "partly",
        "confirmed",
    ]
    assert fresh(risk).verdict == "partly"
    assert fresh(risk).state == "work"


def test_an_answer_stands_where_it_was_seen_and_nowhere_else(cast: Cast) -> None:
    risk = cast.in_work()
    now = NOW + 50 * MINUTE
    with pytest.raises(Refused, match="Сначала запишите официальный текст"):
        services.place(risk, Place("site", "Сайт", "https://okrug.example/1", now), cast.officer, now)
    with pytest.raises(Refused, match="личные данные: «Сидоровой Марии Петровне»"):
        services.answer(risk, "Сидоровой Марии Петровне ответили.", cast.officer, now)
    services.answer(risk, TEXT, cast.officer, now)
    with pytest.raises(Refused, match="Мест, где стоит полный ответ, нет"):
        services.placed(risk, cast.officer, now)
    first = services.place(risk, Place("site", "Сайт", "https://okrug.example/1", now), cast.officer, now)
    with pytest.raises(Refused, match="Проверьте размещение: Сайт"):
        services.placed(risk, cast.officer, now)
    services.control(first, False, cast.officer, now, "страница не открывается")
    with pytest.raises(Refused, match="Ответа нет ни в одном месте"):
        services.placed(risk, cast.officer, now)
    services.control(first, True, cast.officer, now)
    assert services.placed(risk, cast.officer, now).state == "answer_placed"


def test_the_answer_goes_through_the_content_plan_to_three_pages(cast: Cast) -> None:
    risk, now = cast.in_work(), NOW + 30 * MINUTE
    pages = [cast.page(name) for name in ("Округ", "Школа", "Больница")]
    given = services.answer(risk, TEXT, cast.officer, now, pages)
    assert given.material is not None
    assert (given.material.about, given.material.posts.count()) == (risk.about, 3)
    content.approve(given.material, cast.officer, now)
    with pytest.raises(Refused, match="Ещё не вышло записей: 3"):
        services.placed(risk, cast.officer, now)
    for place, post in enumerate(Post.objects.filter(material=given.material).order_by("pk")):
        content.place_by_hand(post, f"https://vk.com/wall-9_{place}", cast.officer, now + MINUTE)
    assert services.take_posts(risk, now + MINUTE) == 3
    assert services.take_posts(risk, now + MINUTE) == 0
    for one in risk.placements.all():
        services.control(one, True, cast.officer, now + 2 * MINUTE)
    services.placed(risk, cast.officer, now + 3 * MINUTE)
    stopped = {one.key: one.stopped_at for one in clocks_now(risk)}
    assert stopped["first_word"] == stopped["full_answer"] == now + MINUTE


def test_a_first_word_stops_its_own_clock_alone(cast: Cast) -> None:
    risk, now = cast.told(), NOW + 20 * MINUTE
    where = Place("comment", "Под записью", "https://vk.com/wall-100_7?reply=1", now, is_first_word=True)
    services.answer(risk, "Видим, проверяем, ответим до 15:00.", cast.officer, now, kind="first")
    services.place(risk, where, cast.officer, now)
    stopped = {one.key: one.stopped_at for one in clocks_now(risk)}
    assert (stopped["first_word"], stopped["full_answer"]) == (now, None)


def test_a_report_names_every_missing_part_and_takes_publications_of_the_register(cast: Cast) -> None:
    risk, now = cast.in_work(), NOW + HOUR
    services.answer(risk, TEXT, cast.officer, now)
    place = services.place(
        risk, Place("site", "Сайт округа", "https://okrug.example/1", now), cast.officer, now
    )
    services.control(place, True, cast.officer, now)
    services.placed(risk, cast.officer, now)
    with pytest.raises(Refused, match=r"замечание: нет ссылок на публикации \(часть 2\)\."):
        services.report(risk, cast.officer, now)
    Publication.objects.create(
        municipality=cast.whose,
        title="Вода в норме",
        kind="regional_media",
        outlet="Областная газета",
        url="https://gazeta.example/7",
        on=NOW.date(),
        about=risk.about,
        at=now,
    )
    services.report(risk, cast.officer, now)
    said = Alert.objects.get(risk=risk, kind="report")
    assert said.parts["places"] == ["Сайт округа"]
    assert ["regional_media", "https://gazeta.example/7"] in said.parts["links"]
    assert TEXT in said.text and fresh(risk).state == "report"


@pytest.mark.slow
def test_growing_spread_takes_the_card_back_to_work_and_the_watch_begins_anew(cast: Cast) -> None:
    risk = cast.watched()
    later = NOW + 26 * HOUR
    services.observe(risk, Observed("grows", "negative", "перепечатали в трёх чатах"), cast.officer, later)
    with pytest.raises(Refused, match="Распространение продолжается: верните риск в отработку"):
        services.close(risk, cast.officer, later)
    services.return_to_work(risk, "перепечатали в трёх чатах", cast.officer, later)
    services.answer(risk, f"{TEXT} Второй колодец проверят завтра.", cast.officer, later)
    again = services.place(
        risk,
        Place("official_page", "Страница округа", "https://vk.com/wall-1_99", later),
        cast.officer,
        later,
    )
    services.control(again, True, cast.officer, later)
    services.placed(risk, cast.officer, later)
    watch = next(one for one in clocks_now(risk) if one.key == "watch")
    assert (watch.due_at, watch.stopped_at) == (later + 24 * HOUR, None)
    assert lacks(standing_of(fresh(risk)), needs_both=True, now=later + 25 * HOUR)


def test_a_spread_that_comes_again_reopens_the_card_with_its_history(cast: Cast) -> None:
    risk = cast.closed()
    later = NOW + timedelta(days=9)
    services.repeat(risk, "снова пишут о воде, теперь в Ключах", cast.officer, later)
    again = fresh(risk)
    assert (again.state, again.round, again.verdict, again.closed_at) == ("found", 2, "", None)
    assert {one.key for one in clocks_now(again)} == {"alert", "verify", "first_word", "full_answer"}
    assert clocks_now(again)[0].start_at == later
    assert again.moves.filter(round=1).count() == 11
    services.tell_chat(again, cast.officer, later + MINUTE)
    with pytest.raises(Refused, match="направлен в алерт-чат"):
        services.close(again, cast.officer, later + HOUR)


def test_of_two_people_the_second_sees_the_card_as_the_first_left_it(cast: Cast) -> None:
    risk = cast.found(LOW)
    stale = fresh(risk)
    services.tell_chat(risk, cast.officer, NOW)
    with pytest.raises(Refused, match="направлен в алерт-чат"):
        services.tell_chat(stale, cast.officer, NOW)
    seen = services.Seen("Вода", "Вода ржавая", link=LINK)
    with pytest.raises(Refused, match="карточку изменил кто-то другой"):
        services.change(stale, seen, stale.version, cast.officer, NOW)
    changed = services.change(risk, seen, fresh(risk).version, cast.officer, NOW)
    assert (changed.title, changed.number) == ("Вода", 1)


def test_unknown_facts_measures_and_those_told_stand_on_the_card(cast: Cast) -> None:
    risk = cast.told()
    fact = services.note_unknown(risk, "Кто брал пробу", "", cast.officer, NOW, cast.town.bodies[0])
    assert fact.told_to == cast.town.bodies[0].short_name
    services.learn(fact, "лаборатория района", cast.officer, NOW + HOUR)
    with pytest.raises(Refused, match="уже выяснено"):
        services.learn(fact, "ещё раз", cast.officer, NOW + HOUR)
    with pytest.raises(Refused, match="ответственная должность и срок"):
        services.add_measure(risk, "planned", "Промыть сеть", cast.officer, NOW)
    with pytest.raises(Refused, match="уже прошёл"):
        services.add_measure(risk, "planned", "Промыть сеть", cast.officer, NOW, cast.post, NOW)
    planned = services.add_measure(risk, "planned", "Промыть сеть", cast.officer, NOW, cast.post, NOW + HOUR)
    services.measure_done(planned, cast.officer, NOW + HOUR)
    with pytest.raises(Refused, match="Сообщать нечего"):
        services.tell_progress(cast.found(LOW), cast.officer, NOW)
    services.add_measure(risk, "planned", "Проверить скважину", cast.officer, NOW, cast.post, NOW + HOUR)
    said = services.tell_progress(risk, cast.officer, NOW)
    assert "Меры планируются: Проверить скважину" in said.text and cast.post.title in said.text
    told = services.tell(risk, "глава", cast.officer, NOW, "звонок", "вода в двух сёлах")
    assert (told.level_key, told.by_title) == ("high", "officer")
    with pytest.raises(Refused, match="хотя бы одно число"):
        services.add_reach(risk, services.Figures(), cast.officer, NOW)
    services.add_reach(risk, services.Figures(views=900), cast.officer, NOW + 2 * HOUR, "h2")
    assert list(risk.reach.values_list("mark", "views")) == [("t0", 420), ("h2", 900)]


def test_what_was_learnt_and_what_made_up_for_the_harm_stand_on_the_card(cast: Cast) -> None:
    risk = cast.found(LOW)
    link = "https://vk.com/wall-1_5"
    made = services.compensate(risk, "Как проверяют воду", "Страница округа", link, cast.officer, NOW)
    services.write_effect(made, "вопросов о воде за неделю вдвое меньше", cast.officer, NOW + HOUR)
    assert risk.compensations.get().effect_at == NOW + HOUR
    lesson = "пробы — на сайт в тот же день"
    kept = services.learn_lesson(risk, "анализы не публикуют", lesson, cast.officer, NOW)
    assert (kept.root_cause, kept.lesson) == ("анализы не публикуют", lesson)
