import pytest

from otklik.topics.keywords import Lexicon, strengths

LEXICON = Lexicon(
    {
        "lamps": ["фонарь", "не горит свет"],
        "roof": ["течь крыша", "крыша"],
        "snow": ["снег с крыши", "снег"],
        "roads": ["яма", "снег"],
    }
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Фонари погасли", {("lamps", ("Фонари",))}),
        ("У нас крыша сильно течёт", {("roof", ("крыша", "течёт")), ("roof", ("крыша",))}),
        ("На дорогах ЯМЫ", {("roads", ("ЯМЫ",))}),
        ("Всё хорошо", set()),
        ("", set()),
    ],
)
def test_it_finds_key_words_in_any_form(text: str, said: set[tuple[str, tuple[str, ...]]]) -> None:
    assert {(hit.topic, hit.said) for hit in LEXICON.hits(text)} == said


def test_it_does_not_join_words_that_stand_far_apart() -> None:
    far = "Течёт в подвале вода уже вторую неделю подряд, а ещё чердак и крыша"
    assert [hit.said for hit in LEXICON.hits(far)] == [("крыша",)]


def test_it_counts_a_shared_word_for_each_topic_the_less() -> None:
    table = strengths([LEXICON.hits("снег"), LEXICON.hits("яма")], ["lamps", "roads", "roof", "snow"])
    assert table[0, 1] == table[0, 3] < table[1, 1]
    assert table[0, 0] == 0


def test_it_counts_a_repeated_word_once() -> None:
    assert len(LEXICON.hits("яма яма яма Яма")) == 1
