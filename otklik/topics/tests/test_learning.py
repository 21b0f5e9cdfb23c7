import numpy as np
import pytest

from otklik.topics.learning import TopicModel, best_temperature, probabilities

STEMS = {
    "road": [
        "яма на дороге",
        "разбит асфальт",
        "дорога вся в выбоинах",
        "колея на улице",
        "асфальт провалился",
    ],
    "light": ["не горит фонарь", "темно на улице", "фонари погасли", "нет освещения", "лампа перегорела"],
    "waste": ["не вывозят мусор", "контейнер переполнен", "мусор у баков", "свалка во дворе", "баки полные"],
}
TEXTS = [
    f"{stem} {tail}" for stems in STEMS.values() for stem in stems for tail in ("", "у дома 5", "весной")
]
LABELS = [label for label, stems in STEMS.items() for _ in stems for _ in range(3)]


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return TopicModel().fit(TEXTS, LABELS, kin=[number // 3 for number in range(len(TEXTS))])


def test_it_tells_labels_of_new_texts(model: TopicModel) -> None:
    new = ["Большая яма посреди дороги", "Фонарь у школы не горит", "Мусор не вывозят вторую неделю"]
    assert model.predict(new) == ["road", "light", "waste"]


def test_it_gives_probabilities_of_all_labels(model: TopicModel) -> None:
    told = model.predict_proba(["яма на дороге", "совсем другое дело", ""])
    assert told.shape == (3, 3)
    assert np.allclose(told.sum(axis=1), 1)
    assert told[0].max() > told[1].max()


def test_it_learns_two_labels_as_well_as_many() -> None:
    pairs = [(text, label) for text, label in zip(TEXTS, LABELS, strict=True) if label != "waste"]
    model = TopicModel().fit([text for text, _ in pairs], [label for _, label in pairs])
    assert model.predict(["разбит асфальт", "погас фонарь"]) == ["road", "light"]


def test_it_refuses_to_learn_one_label() -> None:
    with pytest.raises(ValueError, match="two labels"):
        TopicModel().fit(["яма", "выбоина"], ["road", "road"])


def test_it_survives_a_label_with_a_single_text() -> None:
    model = TopicModel().fit([*TEXTS, "залило подвал"], [*LABELS, "water"])
    assert model.labels == ("light", "road", "waste", "water")
    assert np.isfinite(model.predict_proba(["вода в подвале"])).all()


def test_it_finds_the_temperature_that_made_the_answers() -> None:
    generator = np.random.default_rng(7)
    scores = generator.normal(size=(4000, 5))
    right = np.array([generator.choice(5, p=row) for row in probabilities(scores, 0.5)])
    assert best_temperature(scores, right) == pytest.approx(0.5, rel=0.1)
