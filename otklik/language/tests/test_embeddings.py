import numpy as np

from otklik.language.embeddings import READ_CHARACTERS, SIZE, embed


def test_it_gives_a_unit_vector_per_text() -> None:
    vectors = embed(["Яма на дороге", "Не горит фонарь"])
    assert vectors.shape == (2, SIZE)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_it_puts_near_meanings_near() -> None:
    pit, hole, doctor = embed(
        ["Большая яма на дороге", "Асфальт разбит, выбоины на проезжей части", "Не попасть на приём к врачу"]
    )
    assert pit @ hole > pit @ doctor


def test_it_gives_zeros_for_a_text_without_words() -> None:
    assert not embed(["", " \n", "!!! :)"]).any()
    assert embed([]).shape == (0, SIZE)


def test_it_reads_each_text_alike_alone_and_in_a_crowd() -> None:
    texts = [f"Во дворе дома {number} не вывозят мусор" for number in range(150)]
    crowd = embed(texts)
    assert np.allclose(crowd[[0, 77, 149]], embed([texts[0], texts[77], texts[149]]), atol=1e-3)


def test_it_reads_the_opening_of_a_long_text() -> None:
    opening = "Крыша течёт " * (READ_CHARACTERS // 12 + 1)
    assert np.allclose(embed([opening + "первый хвост"]), embed([opening + "второй хвост"]), atol=1e-3)
