"""Learning from a municipality's own labels: refused when they are few, judged on rows kept aside."""

from pathlib import Path

import pytest
from pytest_django import Settings

from otklik.audit.models import JournalEntry
from otklik.common.errors import Refused
from otklik.common.models import Municipality
from otklik.common.scope import set_scope
from otklik.topics import services, tree
from otklik.topics.retraining import LEAST_ROWS, Label, is_aside, judged, learn
from otklik.topics.rules import NOTHING, Suggestion
from otklik.topics.suggester import Suggester

SAID = {"one": "road-potholes", "two": "road-unpaved"}
LOCAL = (
    "У проходной",
    "Возле бани",
    "За мостом",
    "На пятачке",
    "У кольца",
    "За клубом",
    "У кассы",
    "На горке",
)


class Told(Suggester):
    """Says of each text what the table says, always sure."""

    def suggest(self, texts: object, vectors: object = None) -> list[Suggestion]:
        assert isinstance(texts, list)
        return [Suggestion(SAID[text], 0.9, (), (), "") if text in SAID else NOTHING for text in texts]


def local_labels(n: int) -> list[Label]:
    """Texts in words only this town uses: its «пятачок» is a bus stop, whatever the phrases say of it."""
    keys = [card.key for card in tree.topic_cards()[:10]]
    return [(f"{LOCAL[i % 8]} опять кыштымка номер {i} ждёт {keys[i % 10]}", keys[i % 10]) for i in range(n)]


def present() -> Suggester:
    return Told(None, None, {})  # type: ignore[arg-type]  # only `suggest` is asked


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ([], "разных текстов 0"),
        (local_labels(LEAST_ROWS - 1), f"разных текстов {LEAST_ROWS - 1}"),
        ([(f"текст {i}", "road-potholes") for i in range(LEAST_ROWS)], "тем с 5 и более текстами 1"),
        ([("Один и тот же текст", "road-potholes")] * 1000, "разных текстов 1"),
    ],
)
def test_it_refuses_to_learn_from_too_little(labels: list[Label], words: str) -> None:
    with pytest.raises(Refused, match=words):
        learn(labels, present())


def test_it_keeps_about_a_fifth_aside_and_copies_together() -> None:
    aside = [is_aside(text) for text, _ in local_labels(1000)]
    assert 150 < sum(aside) < 250
    assert is_aside("Яма, на дороге!") == is_aside("яма,  на дороге!")


def test_it_judges_topic_group_and_sureness() -> None:
    figures = judged(
        present(), [("one", "road-potholes"), ("one", "road-unpaved"), ("two", "water-none"), ("?", "x")]
    )
    assert (figures.topic, figures.group, figures.sure, figures.sure_wrong) == (0.25, 0.5, 0.75, 0.333)


@pytest.mark.slow
@pytest.mark.django_db
def test_what_a_town_has_learnt_speaks_in_that_town_alone(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    town = Municipality.objects.create(key="verkhneozersk", name="В", short_name="В", region="Край")
    set_scope([town.pk])
    assert services.learnt_at(town) is None
    learning = services.learn_own(local_labels(400), town)
    assert learning.is_better
    assert learning.after.topic > learning.before.topic
    assert services.learnt_at(town) is not None
    assert JournalEntry.objects.get().code == "topics.learnt"
    text, key = local_labels(401)[-1]
    assert services.suggest_topics([text], town=town.key)[0].topic_key == key
    assert services.suggest_topics([text]) == services.suggest_topics([text], town="another")
