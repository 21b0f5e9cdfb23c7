import csv
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as pace
from hypothesis import strategies as st

from otklik.language.embeddings import embed
from otklik.language.lemmas import normal
from otklik.topics import tree
from otklik.topics.calibration import known_temperature
from otklik.topics.services import suggest_topic, suggest_topics
from otklik.topics.suggester import Suggester, open_suggester, read_kept, taught_model, taught_texts, tells

with (Path(__file__).parent / "examples.csv").open(encoding="utf-8", newline="") as file:
    EXAMPLES = [(row["key"], row["text"]) for row in csv.DictReader(file)]
GARBAGE = ["", "   ", "!!!", ")))) :)", "ыва ывапр олдж", "qwerty zxcvb", "12345 678", "ъъъ", "а" * 5000]


@pytest.mark.parametrize(("key", "text"), EXAMPLES)
def test_it_suggests_the_topic_of_a_fresh_sentence(key: str, text: str) -> None:
    suggestion = suggest_topic(text)
    assert key in [suggestion.topic_key, *(other for other, _ in suggestion.alternatives)]


def test_it_puts_the_right_topic_first_nine_times_of_ten() -> None:
    right = [
        found.topic_key == key
        for found, (key, _) in zip(suggest_topics([t for _, t in EXAMPLES]), EXAMPLES, strict=True)
    ]
    assert sum(right) >= 0.9 * len(EXAMPLES)


def test_it_has_examples_that_were_not_taught() -> None:
    taught = {normal(phrase.text) for phrase in tree.phrases()}
    assert len(EXAMPLES) >= 40
    assert not [text for _, text in EXAMPLES if normal(text) in taught]


@pytest.mark.parametrize("text", GARBAGE)
def test_it_is_not_sure_of_a_text_without_sense(text: str) -> None:
    assert suggest_topic(text).sureness <= 0.2


def test_it_quotes_words_that_stand_in_the_text() -> None:
    for _, text in EXAMPLES:
        found = suggest_topic(text)
        assert found.words, text
        assert all(word in text for word in found.words)
        assert all(f"«{word}»" in found.reason for word in found.words)


def test_it_says_the_same_alone_and_in_a_crowd() -> None:
    texts = [text for _, text in EXAMPLES]
    crowd = suggest_topics(texts, embed(texts))
    for text, together in zip(texts[:10], crowd, strict=False):
        alone = suggest_topic(text)
        assert alone.topic_key == together.topic_key
        assert alone.words == together.words
        assert alone.sureness == pytest.approx(together.sureness, abs=0.01)


def test_it_does_not_read_the_places_of_masked_data() -> None:
    assert suggest_topic("[ФИО] [телефон] [дата рождения]").sureness <= 0.2


def test_it_reads_the_kept_model(tmp_path: Path) -> None:
    first, name = kept_model()
    (tmp_path / name).write_bytes((Path(settings.DATA_DIR) / "models" / name).read_bytes())
    second = open_suggester(tmp_path)
    assert first.model.temperature == second.model.temperature
    assert first.suggest(["Яма на дороге"]) == second.suggest(["Яма на дороге"])


def test_a_spoilt_file_of_a_model_is_no_model(tmp_path: Path) -> None:
    whole = (Path(settings.DATA_DIR) / "models" / kept_model()[1]).read_bytes()
    for content in (b"", b"spoilt", bytes(range(256)), whole[:1000], whole[: len(whole) // 2]):
        (tmp_path / "model").write_bytes(content)
        assert read_kept(tmp_path / "model") is None
    assert read_kept(tmp_path / "absent") is None


@pytest.mark.slow
def test_it_makes_a_spoilt_file_anew_and_drops_older_ones(tmp_path: Path) -> None:
    first, name = kept_model()
    older = tmp_path / "topics-old.joblib"
    for path in (older, tmp_path / name):
        path.write_bytes(b"spoilt")
    mended = open_suggester(tmp_path)
    assert first.suggest(["Яма на дороге"]) == mended.suggest(["Яма на дороге"])
    assert not older.exists()
    assert read_kept(tmp_path / name) is not None


def kept_model() -> tuple[Suggester, str]:
    """The model of the tests and the name of its file."""
    kept = Path(settings.DATA_DIR) / "models"
    made = open_suggester(kept)
    return made, next(path.name for path in kept.glob(f"topics-*-{tree.digest()}.joblib"))


def test_its_temperature_is_known_for_these_data() -> None:
    assert known_temperature(), "the data have changed: run python -m otklik.topics.calibration"


@pytest.mark.slow
def test_the_known_temperature_is_the_one_that_is_found() -> None:
    assert known_temperature() == pytest.approx(taught_model().temperature, rel=0.02)


def test_it_teaches_letters_beside_phrases() -> None:
    texts, labels, kin = taught_texts()
    assert len(texts) == len(labels) == len(kin) > 1.8 * len(tree.phrases())
    assert taught_texts() == (texts, labels, kin)


def test_its_sureness_comes_true_on_fresh_sentences() -> None:
    found = suggest_topics([text for _, text in EXAMPLES])
    sure = np.array([one.sureness for one in found])
    right = np.array([one.topic_key == key for one, (key, _) in zip(found, EXAMPLES, strict=True)])
    assert right[sure >= 0.85].mean() >= 0.95
    assert abs(right.mean() - sure.mean()) < 0.25


@given(st.text(max_size=300))
@pace(max_examples=60, deadline=None)
def test_it_gives_ordered_probabilities_for_any_text(text: str) -> None:
    found = suggest_topic(text)
    told = [found.sureness, *(sureness for _, sureness in found.alternatives)]
    assert all(0 <= one <= 1 for one in told)
    assert told == sorted(told, reverse=True)
    assert sum(told) <= 1.001
    assert all(word in text for word in found.words)


def test_it_never_quotes_little_words() -> None:
    assert [word for word in ("после", "к", "и", "не", "этот", "яма", "газон") if tells(word)] == [
        "яма",
        "газон",
    ]
