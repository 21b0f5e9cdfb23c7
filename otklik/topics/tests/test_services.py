from datetime import date

import pytest

from otklik.charter.files import preset_folders, read_charter
from otklik.charter.schema import Charter
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.common.scope import within
from otklik.topics import tree
from otklik.topics.evidence import approved
from otklik.topics.models import Block, Topic
from otklik.topics.selectors import block_of_topic, topics_of
from otklik.topics.services import load_blocks, load_topics

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    town, _ = Municipality.objects.get_or_create(
        key="borovichi",
        defaults={"name": "Боровичский район", "short_name": "Боровичи", "region": "Новгородская область"},
    )
    return town


@pytest.fixture
def charter() -> Charter:
    return read_charter(preset_folders()["borovichi"])


def test_it_loads_the_tree_twice_without_doubles() -> None:
    assert load_topics() == load_topics() == Topic.objects.filter(is_open=True).count()
    first = Topic.objects.order_by("position").first()
    assert first is not None and first.key == tree.topic_cards()[0].key


def test_it_closes_a_topic_gone_from_the_file_and_keeps_the_row() -> None:
    Topic.objects.create(key="steam-trains", group="transport", title="Паровозы")
    load_topics()
    assert not Topic.objects.get(key="steam-trains").is_open


def test_it_mends_an_edited_row() -> None:
    load_topics()
    Topic.objects.filter(key="manholes").update(title="Иное", is_open=False)
    load_topics()
    assert Topic.objects.get(key="manholes").is_open
    assert Topic.objects.get(key="manholes").title == "Открытые люки"


def test_it_divides_all_topics_among_blocks(town: Municipality, charter: Charter) -> None:
    load_topics()
    with within(town.id):
        assert load_blocks(charter, town) == load_blocks(charter, town) == len(charter.blocks)
        assert Block.objects.filter(municipality=town).count() == len(charter.blocks)
        for topic in Topic.objects.filter(is_open=True):
            assert topic.blocks.filter(municipality=town).count() == 1, topic.key
        block = block_of_topic(town, Topic.objects.get(key="school-meals"))
        assert block is not None and block.key == "social"
        assert topics_of(town).count() == len(tree.topic_cards())


def test_it_takes_away_a_block_that_left_the_charter(town: Municipality, charter: Charter) -> None:
    load_topics()
    with within(town.id):
        Block.objects.create(municipality=town, key="old", title="Прежний блок")
        load_blocks(charter, town)
        assert not Block.objects.filter(municipality=town, key="old").exists()


@pytest.mark.parametrize("key", sorted(preset_folders()))
def test_it_finds_a_block_for_every_topic_of_each_preset(key: str) -> None:
    load_topics()
    charter = read_charter(preset_folders()[key])
    town, _ = Municipality.objects.get_or_create(
        key=key, defaults={"name": key, "short_name": key, "region": "Край"}
    )
    with within(town.id):
        load_blocks(charter, town)
        assert topics_of(town).count() == len(tree.topic_cards())


def test_a_town_without_blocks_works_with_the_whole_tree(town: Municipality) -> None:
    load_topics()
    with within(town.id):
        Block.objects.filter(municipality=town).delete()
        assert topics_of(town).count() == len(tree.topic_cards())
        assert block_of_topic(town, Topic.objects.get(key="manholes")) is None


def test_it_proves_that_topics_are_approved(town: Municipality, charter: Charter) -> None:
    load_topics()
    with within(town.id):
        load_blocks(charter, town)
        evidence = approved(town, Period(date(2026, 1, 1), date(2026, 12, 31)))
    assert evidence.count == len(tree.topic_cards())
    assert "в 23\u00a0направлениях" in evidence.words
