"""Charts: each kind is drawn by its definition, in its place, with tokens, links and nothing a policy forbids."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from otklik.analytics.charts.easel import Easel, NotDrawnError
from otklik.analytics.charts.kept import drawn, kept
from otklik.analytics.charts.plot import Kind, Order, Plot, Point, SizeName, order_from
from otklik.analytics.charts.theme import SIZES, colours, place_of

KINDS: tuple[Kind, ...] = ("days", "lines", "ranks", "split", "ahead", "spans", "way")
EVIL = '<script>alert("1")</script>'


@pytest.fixture(scope="module")
def easel() -> Iterator[Easel]:
    made = Easel()
    yield made
    made.close()


def plot(kind: Kind) -> Plot:
    """Six marks in an order that is not the alphabet's, one told of, bounds on some of them."""
    points = tuple(
        Point(
            f"{name} окт",
            float(number),
            f"{number} шт",
            before=4.0,
            low=1.0 if number < 9 else None,
            high=8.0 if number < 9 else None,
            series="всего",
            is_told=number == 12,
            is_ahead=number > 9,
            href=f"/cases/?since={name}&until={name}",
        )
        for name, number in ((30, 5), (9, 12), (21, 7), (1, 0), (2, 3), (3, 4))
    )
    return Plot(kind, "Больше всего 9 октября", "карточек", "День", points, 6.0, "в целом")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", ["small", "wide", "wall"])
def test_it_draws_every_kind_in_its_place_for_both_themes(easel: Easel, kind: Kind, size: SizeName) -> None:
    order = Order(plot(kind), size)
    svg = easel.draw(order).decode()
    width, height = place_of(order)
    assert f'viewBox="0 0 {width} {height}"' in svg
    assert not re.search(r"\bstyle=|font-family|xmlns|javascript|https?:", svg)
    assert not re.findall(r"#[0-9a-f]{6}", svg), "a colour that is no token has one theme only"
    assert "var(--ink" in svg
    if kind not in ("lines", "ahead", "way"):
        assert svg.count("<a href=") == 6
        assert 'href="/cases/?since=30&amp;until=30" tabindex="-1"' in svg


def test_it_keeps_the_order_of_the_rows(easel: Easel) -> None:
    svg = easel.draw(Order(plot("days"), "wide")).decode()
    told = re.findall(r">(\d+) окт<", svg)
    assert told == ["30", "9", "21", "1", "2", "3"]


def test_it_writes_numbers_as_russians_do(easel: Easel) -> None:
    big = Plot("days", "Много", "карточек", "Месяц", (Point("окт", 12_500.5, "12 500,5"),))
    assert re.search(r">1?\d\u202f000<", easel.draw(Order(big, "wide")).decode())


def test_it_draws_a_picture_to_take_away_with_its_title_and_no_links(easel: Easel) -> None:
    svg = easel.draw(Order(plot("ranks"), "wide", "svg")).decode()
    assert "Больше всего 9 октября" in svg and "href" not in svg and colours()["ink"] in svg
    assert easel.draw(Order(plot("ranks"), "wide", "png")).startswith(b"\x89PNG")


def test_it_never_lets_words_become_markup(easel: Easel) -> None:
    evil = Plot("ranks", EVIL, EVIL, EVIL, (Point(EVIL, 1.0, EVIL, href='/"><script>'),))
    for look in ("page", "svg"):
        order = order_from({**Order(evil).to_data(), "look": look})
        assert "<script" not in easel.draw(order).decode()


def test_it_draws_nothing_and_one_without_falling(easel: Easel) -> None:
    for kind in KINDS:
        for points in ((), (Point("a", None),), (Point("a", 0.0, "0"),)):
            assert easel.draw(Order(Plot(kind, "т", "шт", "Тема", points))).startswith(b"<svg")


def test_it_says_what_was_wrong_and_draws_on(easel: Easel) -> None:
    wrong = order_from({**Order(plot("days")).to_data(), "size": "huge"})
    with pytest.raises(NotDrawnError, match="KeyError"):
        easel.draw(wrong)
    assert easel.draw(Order(plot("days")))


def test_it_starts_again_after_its_process_has_ended(easel: Easel) -> None:
    easel.draw(Order(plot("days")))
    easel.close()
    easel.wake()
    assert easel.draw(Order(plot("days")))


def test_it_gives_up_on_a_process_that_is_silent_or_gone() -> None:
    silent = (sys.executable, "-c", "import time; time.sleep(60)")
    for words in (silent, ("false",)):
        with pytest.raises(NotDrawnError):
            Easel(words, patience=0.2).draw(Order(plot("days")))


def test_it_keeps_what_was_drawn_and_draws_changed_rows_anew(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    order = Order(plot("split"))
    assert kept(order) is None
    assert drawn(order) == kept(order)
    assert kept(Order(plot("ranks"))) is None
    assert order_from(order.to_data()) == order and order_from(order.to_data()).digest == order.digest


def test_its_web_process_never_loads_the_engine() -> None:
    code = "import otklik.analytics.charts.easel, otklik.analytics.charts.theme, sys; print('altair' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "False\n"
    )
    assert set(SIZES) == {"small", "wide", "wall"}
