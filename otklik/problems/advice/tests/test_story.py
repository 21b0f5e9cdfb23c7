"""Advice from a ground to its effect: proposed, decided, adopted by blocks, counted; the board of priorities."""

from datetime import timedelta

import pytest
from django.utils import timezone

from otklik.accounts.models import Notice
from otklik.analytics.services import rebuild
from otklik.audit.models import JournalEntry
from otklik.cases.models import Case
from otklik.charter.evidence import evidence_for
from otklik.common.errors import Refused
from otklik.common.period import Period
from otklik.problems.advice.models import Adoption, Advice, Effect
from otklik.problems.advice.selectors import adopted_by, alike, board, catalogue
from otklik.problems.advice.services import (
    AdviceText,
    EffectText,
    advise,
    change_advice,
    decide,
    make_priority,
    record_effect,
    report_adoption,
    set_effort,
)
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(microsecond=0)
TODAY = timezone.localdate()
DAYS = Period(TODAY - timedelta(days=30), TODAY + timedelta(days=1))
PIT = "На улице Гагарина напротив дома {} огромная яма на дороге, пробили колесо. Когда заделаете?"


@pytest.fixture
def town() -> Town:
    return build_town()


def said(town: Town, kind: str = "communication", /, **more: object) -> AdviceText:
    values: dict[str, object] = {
        "kind": kind,
        "title": "Отвечать на языке жителя",
        "text": "Писать срок и кто сделает, без ссылок на номера актов.",
        "ground": "каждое пятое письмо возвращают с вопросом",
        "body": town.bodies[0],
    }
    return AdviceText(**{**values, **more})  # type: ignore[arg-type]


def count_of(town: Town, key: str) -> int:
    proof = evidence_for(key, town.municipality, DAYS)
    assert proof is not None
    return proof.count


def test_it_goes_from_a_ground_to_a_decision(town: Town) -> None:
    made = advise(town.municipality, said(town), town.vera, NOW)
    assert (made.number, made.state) == (1, "proposed")
    assert Notice.objects.get(body=town.bodies[0]).link == f"/advice/{made.pk}/"
    changed = change_advice(made, said(town, title="Отвечать просто"), made.version, town.vera)
    with pytest.raises(Refused, match="изменил кто-то другой"):
        change_advice(made, said(town), made.version, town.vera)
    with pytest.raises(Refused, match="решения ещё нет"):
        report_adoption(changed, "", "adopted", "сделали", TODAY, town.vera, NOW)
    with pytest.raises(Refused, match="Напишите, почему"):
        decide(changed, True, " ", town.vera, NOW)
    accepted = decide(changed, True, "пробуем с понедельника", town.vera, NOW)
    with pytest.raises(Refused, match="решение уже есть"):
        decide(accepted, False, "передумали", town.vera, NOW)
    with pytest.raises(Refused, match="внесите новую"):
        change_advice(accepted, said(town), accepted.version, town.vera)
    assert advise(town.municipality, said(town), town.vera, NOW).number == 2
    codes = set(JournalEntry.objects.filter(code__startswith="advice.").values_list("code", flat=True))
    assert codes == {"advice.made", "advice.changed", "advice.accepted"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ground": " "}, "на чём оно основано"),
        ({"body": None}, "кому это адресовано"),
        ({"is_urgent": True}, "срочной рекомендации"),
        ({"gives": "fame"}, "эффект из списка"),
        ({"kind": "wish"}, "вид из списка"),
    ],
)
def test_it_refuses_advice_that_rests_on_nothing(town: Town, change: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        advise(town.municipality, said(town, **change), town.vera, NOW)


def test_it_finds_a_like_practice_by_its_words(town: Town) -> None:
    snow = "Выкладываем карту уборки снега каждое утро, жители видят очередь улиц."
    first = advise(
        town.municipality, said(town, "practice", title="Карта уборки снега", text=snow), town.vera, NOW
    )
    advise(
        town.municipality,
        said(town, "practice", title="Запись в кружки", text="Одна форма на все школы."),
        town.vera,
        NOW,
    )
    found = alike(town.municipality, "Жители просят показать, когда уберут снег на улице", ["practice"])
    assert [one.pk for one, _ in found] == [first.pk]
    assert "снег" in found[0][1].words
    assert alike(town.municipality, snow, ["practice"], besides=first.pk) == []
    assert list(catalogue(town.municipality, asked="уборкой снега")) == [first]
    assert not catalogue(town.municipality, kind="digital").exists()


def test_blocks_report_and_the_effect_is_counted_or_told(town: Town) -> None:
    change_day = TODAY - timedelta(days=20)
    for number in range(6):
        day = change_day + timedelta(days=-5 if number < 4 else 5)
        town.case(PIT.format(number), now=NOW - timedelta(days=(TODAY - day).days))
    rebuild(town.municipality)
    made = advise(town.municipality, said(town, "practice", gives="quality", body=None), town.vera, NOW)
    accepted = decide(made, True, "берём", town.vera, NOW)
    with pytest.raises(Refused, match="Напишите, что сделано"):
        report_adoption(accepted, "", "adopted", "", TODAY, town.vera, NOW)
    report_adoption(accepted, "", "working", "учим людей", TODAY, town.vera, NOW - timedelta(hours=1))
    last = report_adoption(accepted, "", "adopted", "пишут все", TODAY, town.vera, NOW)
    assert adopted_by(town.municipality, TODAY) == [(accepted, [last])]
    counted = EffectText("quality", "показатель", measure="received", changed_on=change_day, days=14)
    effect = record_effect(accepted, counted, town.vera, NOW)
    assert (effect.before, effect.after) == (4, 2)
    with pytest.raises(Refused, match="ещё не прошли"):
        late = EffectText("quality", "показатель", measure="received", changed_on=TODAY, days=14)
        record_effect(accepted, late, town.vera, NOW)
    with pytest.raises(Refused, match="откуда это известно"):
        record_effect(accepted, EffectText("economy", " ", words="экономим бумагу"), town.vera, NOW)
    with pytest.raises(Refused, match="словами"):
        record_effect(accepted, EffectText("economy", "смета"), town.vera, NOW)
    record_effect(accepted, EffectText("economy", "смета", words="бумаги ушло меньше"), town.vera, NOW)
    expected = {"practices": 1, "practices_adopted": 1, "practice_effect": 2, "adoption_reports": 2}
    assert {key: count_of(town, f"problems.{key}") for key in expected} == expected
    Effect.objects.all().delete()
    Adoption.objects.all().delete()
    Advice.objects.all().delete()
    assert {key: count_of(town, f"problems.{key}") for key in expected} == dict.fromkeys(expected, 0)


def test_each_kind_proves_its_own_clause(town: Town) -> None:
    link = "/cases/?topic=roads"
    kinds = {
        "problems.recommendations": said(town),
        "problems.online": said(town, "online"),
        "problems.priorities": said(town, "priority"),
        "problems.digital": said(town, "digital"),
        "problems.digital_link": said(town, "digital", block_key="roads", programme="карта ремонтов"),
        "problems.new_services": said(town, "service"),
        "problems.optimisation": said(town, "optimisation"),
        "problems.urgent": said(town, "online", is_urgent=True, ground_link=link),
        "problems.proposals": said(town, "decision"),
    }
    for key, text in kinds.items():
        Advice.objects.all().delete()
        assert count_of(town, key) == 0
        made = advise(town.municipality, text, town.vera, NOW)
        proof = evidence_for(key, town.municipality, DAYS)
        assert proof is not None
        assert (proof.count, proof.last_at) == (1, made.at), key
    assert count_of(town, "problems.decisions") == 0
    urgent = advise(town.municipality, kinds["problems.urgent"], town.vera, NOW)
    decide(urgent, False, "уже сделано", town.vera, NOW)
    assert count_of(town, "problems.decisions") == 1
    rollout = decide(
        advise(town.municipality, said(town, "rollout"), town.vera, NOW), True, "да", town.vera, NOW
    )
    assert count_of(town, "problems.rollout") == 0
    report_adoption(rollout, "", "working", "завели учётные записи", TODAY, town.vera, NOW)
    assert count_of(town, "problems.rollout") == 1


def test_the_board_puts_first_what_costs_least_for_most(town: Town) -> None:
    for number in range(5):
        town.case(PIT.format(number), now=NOW - timedelta(days=10))
    town.case(
        "В подъезде на улице Победы, 3 нет отопления третий день. Почему?", now=NOW - timedelta(days=10)
    )
    rebuild(town.municipality)
    lines = board(town.municipality, TODAY)
    pits = Case.objects.filter(masked_text__contains="яма").first()
    assert pits is not None
    assert lines[0].topic == pits.topic
    assert lines[0].load.received == 5
    assert "не оценены" in lines[0].rank.reason
    other = lines[1]
    set_effort(town.municipality, lines[0].topic, "large", "нужен подрядчик", town.vera, NOW)
    set_effort(town.municipality, other.topic, "small", "", town.vera, NOW)
    with pytest.raises(Refused, match="мало, средне или много"):
        set_effort(town.municipality, other.topic, "huge", "", town.vera, NOW)
    assert board(town.municipality, TODAY)[0].topic == other.topic
    text = said(town, "priority", title="", ground="-")
    made = make_priority(town.municipality, lines[0], text, DAYS, town.vera, NOW)
    assert "5 карточек" in made.ground.replace("\xa0", " ")
    again = {one.topic: one.advice for one in board(town.municipality, TODAY)}
    assert again[lines[0].topic] == made
