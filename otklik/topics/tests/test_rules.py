from otklik.topics.rules import DOUBT, reason_of, suggest

TITLES = {"lamps": "Фонари", "roads": "Дороги", "waste": "Мусор"}
RANKED = [("lamps", 0.9), ("roads", 0.06), ("waste", 0.04)]


def test_it_offers_the_likeliest_topic_and_the_next_ones() -> None:
    found = suggest(RANKED, ["Фонарь", "горит"], TITLES, known_words=4)
    assert (found.topic_key, found.sureness) == ("lamps", 0.9)
    assert found.alternatives == (("roads", 0.06), ("waste", 0.04))
    assert found.reason == "Тема «Фонари»: решили слова «Фонарь», «горит», уверенность 90\u00a0%."


def test_it_is_never_sure_of_unknown_words() -> None:
    assert suggest(RANKED, [], TITLES, known_words=1).sureness == DOUBT


def test_it_says_when_only_the_meaning_spoke() -> None:
    assert reason_of("Фонари", 0.4, ()) == (
        "Тема «Фонари» подходит по общему смыслу текста, уверенность 40\u00a0%."
    )
