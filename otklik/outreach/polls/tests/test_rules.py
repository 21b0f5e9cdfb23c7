"""What a draft lacks, how answers are read, signs of fraud, weights: exact tables."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.common.errors import Refused
from otklik.outreach.polls import fraud
from otklik.outreach.polls.rules import Asked, Mark, Outline, check_deed, lacks, padded, read_answers
from otklik.outreach.polls.weighing import Feature, weigh

TODAY = date(2026, 10, 20)
ONE = Asked(1, "Что обновить", "single", options=(11, 12))
OTHER = Asked(9, "Что ещё обновить", "single", options=(91, 92))
MANY = Asked(2, "Чего не хватает", "multiple", False, 2, options=(21, 22, 23))
SCALE = Asked(3, "Довольны ли", "scale", False, low=1, high=5)
WORDS = Asked(4, "Что ещё", "text", False)
POINT = Asked(5, "Где", "point", False)
READY = Outline("poll", "О чём", "Зачем", "Правила", "Район", "Жители", TODAY, TODAY, [ONE])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, []),
        ({"why": " "}, ["Напишите, зачем спрашиваете и что решится по ответам."]),
        ({"closes_on": None}, ["Назовите первый и последний день."]),
        ({"closes_on": date(2026, 10, 19)}, ["Последний день раньше первого: поправьте срок."]),
        ({"questions": []}, ["Добавьте хотя бы один вопрос."]),
        ({"questions": [], "form": "discussion"}, []),
        (
            {"questions": [SCALE], "form": "vote"},
            ["В голосовании нужен вопрос с вариантами: за что голосуют."],
        ),
        (
            {"questions": [Asked(1, "Что", "single", options=(1,))]},
            ["В вопросе 1 меньше двух вариантов ответа: допишите."],
        ),
    ],
)
def test_it_says_what_a_draft_lacks(more: dict[str, object], said: list[str]) -> None:
    outline = Outline(**{**READY.__dict__, **more})
    assert lacks(outline, TODAY) == said


def test_it_leads_a_poll_from_state_to_state_and_nowhere_else() -> None:
    assert check_deed("submit", "draft") == "approval"
    with pytest.raises(Refused, match="Сейчас состояние «идёт»"):
        check_deed("submit", "open")


@pytest.mark.parametrize(
    ("asked", "fields", "marks"),
    [
        (ONE, {"q1": ["12"]}, [Mark(1, option=12)]),
        (MANY, {"q2": ["21", "23", "21"]}, [Mark(2, option=21), Mark(2, option=23)]),
        (MANY, {}, []),
        (SCALE, {"q3": ["5"]}, [Mark(3, number=5)]),
        (WORDS, {"q4": [" свет\x00 "]}, [Mark(4, text="свет")]),
        (
            POINT,
            {"q5": [""], "q5_lat": ["58.3881234"], "q5_lon": ["33.9"]},
            [Mark(5, lat=58.38812, lon=33.9)],
        ),
        (POINT, {"q5": ["у школы"], "q5_lat": ["58.3"]}, [Mark(5, text="у школы")]),
        (POINT, {"q5": ["у школы"], "q5_lat": ["nan"], "q5_lon": ["1e9"]}, [Mark(5, text="у школы")]),
    ],
)
def test_it_reads_an_answer(asked: Asked, fields: dict[str, list[str]], marks: list[Mark]) -> None:
    read, faults = read_answers([asked, OTHER], {"q9": ["91"], **fields})
    assert not faults
    assert read == [*marks, Mark(9, option=91)]


@pytest.mark.parametrize(
    ("asked", "values", "said"),
    [
        (ONE, [], "Выберите один ответ."),
        (ONE, ["11", "12"], "Выберите один ответ."),
        (ONE, ["99"], "Такого ответа в списке нет: выберите заново."),
        (MANY, ["21", "22", "23"], "Отмечено 3, можно не больше 2: снимите лишние."),
        (SCALE, ["6"], "Оценка от\u00a01 до\u00a05."),
        (SCALE, ["-1"], "Оценка от\u00a01 до\u00a05."),
        (WORDS, ["а" * 1001], "Ответ длиннее 1\u202f000\u00a0знаков: сократите его."),
    ],
)
def test_it_says_what_is_wrong_with_an_answer(asked: Asked, values: list[str], said: str) -> None:
    assert read_answers([asked], {f"q{asked.key}": values})[1] == {asked.key: said}


def test_it_takes_no_empty_ballot() -> None:
    assert read_answers([MANY, SCALE], {})[1] == {2: "Ответьте хотя бы на один вопрос."}


def test_votes_of_one_length_class_look_alike() -> None:
    assert len(padded("да").encode()) == len(padded("совсем другой ответ").encode()) == 256


AGES = Feature("возраст", {"young": 6000, "old": 4000}, {"young": "до 35", "old": "от 35"})
AREAS = Feature("место", {"town": 7000, "village": 3000}, {"town": "город", "village": "сёла"})


@given(st.lists(st.integers(30, 60), min_size=4, max_size=4))
def test_weights_bring_every_group_to_its_share_of_residents(counts: list[int]) -> None:
    cells: dict[tuple[str, ...], int] = dict(
        zip([(age, area) for age in AGES.population for area in AREAS.population], counts, strict=True)
    )
    done = weigh(cells, [AGES, AREAS])
    assert done.is_done, done.words
    whole = sum(n * done.weights[cell] for cell, n in cells.items())
    for place, feature in enumerate((AGES, AREAS)):
        for group, residents in feature.population.items():
            ours = sum(n * done.weights[cell] for cell, n in cells.items() if cell[place] == group)
            assert ours / whole == pytest.approx(residents / sum(feature.population.values()), abs=1e-4)
    assert 0 < done.worth <= sum(counts) + 1e-6


@pytest.mark.parametrize(
    ("cells", "features", "said"),
    [
        ({("young",): 50, ("old",): 50}, [], "возраст и место жительства не спрашивали"),
        ({("young",): 50}, [Feature("возраст", {}, {})], "численность групп не указана"),
        ({}, [AGES], "ответов нет"),
        ({("young",): 50, ("old",): 9}, [AGES], "в группе «от 35» меньше 10 ответов"),
        ({("young",): 20, ("old",): 20, ("",): 60}, [AGES], "о себе сообщили только 40\u00a0% ответивших"),
        ({("young",): 10, ("old",): 990}, [AGES], "один голос пришлось бы считать за 60"),
    ],
)
def test_it_refuses_to_weigh_where_that_would_be_dishonest(
    cells: dict[tuple[str, ...], int], features: list[Feature], said: str
) -> None:
    done = weigh(cells, features)
    assert not done.is_done
    assert said in done.words


def test_it_sees_a_burst_beside_a_quiet_day() -> None:
    spans = {f"2026-10-20T12:{minute:02}": 3 for minute in range(0, 50, 5)}
    assert not fraud.bursts(spans)
    found = fraud.bursts({**spans, "2026-10-20T13:00": 60})
    assert [(one.kind, one.votes) for one in found] == [("burst", 60)]
    assert "С 13:00 20.10 за 5 минут 60\u00a0голосов, обычно 3" in found[0].words
    assert 0 < found[0].sureness <= fraud.MOST_SURE


def test_it_sees_a_network_of_many_votes_and_no_household() -> None:
    assert not fraud.networks({"a": 4, "b": 3}, 7)
    found = fraud.networks({"a": 40, "b": 3, "c": 12}, 1000)
    assert [one.key for one in found] == ["a"]


def test_it_sees_words_copied_word_for_word() -> None:
    copied = "Прошу построить Парк, а не стоянку!"
    texts = [copied, copied.upper(), *[copied] * 4, "да", "да", "да", "да", "да"]
    assert [(one.kind, one.votes) for one in fraud.same_texts(texts)] == [("text", 6)]


def test_it_sees_points_out_of_the_territory() -> None:
    assert not fraud.far_points([0.3, 2.0, None])
    found = fraud.far_points([0.3, 700.0, 640.2])
    assert (found[0].votes, found[0].kind) == (2, "place")


def test_keys_of_signs_are_the_same_when_found_again() -> None:
    counts = Counter({"net": 40})
    assert fraud.networks(counts, 50)[0].key == fraud.networks(counts + Counter({"net": 2}), 60)[0].key
