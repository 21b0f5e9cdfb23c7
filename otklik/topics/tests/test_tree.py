import re
from collections import Counter

from otklik.charter.schema import GROUPS
from otklik.language.lemmas import normal
from otklik.topics import tree

CODE = re.compile(r"^\d{4}(\.\d{4}){3,4}$")


def test_it_has_unique_keys_and_titles() -> None:
    cards = tree.topic_cards()
    assert len({card.key for card in cards}) == len(cards) >= 120
    assert len({card.title for card in cards}) == len(cards)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", card.key) and len(card.key) <= 60 for card in cards)


def test_it_uses_every_group_of_the_charter_and_no_other() -> None:
    assert {card.group for card in tree.topic_cards()} == set(GROUPS)


def test_it_writes_codes_as_the_state_classifier_does() -> None:
    codes = [code for card in tree.topic_cards() for code in card.codes]
    assert codes
    assert [code for code in codes if not CODE.match(code)] == []
    without = {card.key for card in tree.topic_cards() if not card.codes}
    assert without == {"noise", "public-order", "post"}


def test_it_has_key_words_and_a_sensible_threshold_for_every_topic() -> None:
    for card in tree.topic_cards():
        assert len(card.keywords) >= 5, card.key
        assert 0.5 <= card.threshold < 1, card.key


def test_it_teaches_every_topic_by_fifteen_different_phrases() -> None:
    phrases = tree.phrases()
    counted = Counter(phrase.key for phrase in phrases)
    assert set(counted) == {card.key for card in tree.topic_cards()}
    assert {key: number for key, number in counted.items() if number < 15} == {}
    assert len({normal(phrase.text) for phrase in phrases}) == len(phrases)


def test_it_keeps_phrases_in_the_file_of_their_group() -> None:
    group = {card.key: card.group for card in tree.topic_cards()}
    for path in (tree.DATA / "phrases").glob("*.csv"):
        keys = {line.split(",")[0] for line in path.read_text("utf-8").splitlines()[1:]}
        assert {group[key] for key in keys} == {path.stem}


def test_it_has_frames_for_each_part_of_a_letter() -> None:
    assert {part for part, texts in tree.frames().items() if len(texts) >= 15} == {"open", "place", "close"}
