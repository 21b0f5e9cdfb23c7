"""The lake: nothing of a person in it, and every measure over it equals the one over the database."""

import os
import shutil
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import ibis
import pytest
from click.testing import CliRunner
from ibis.expr.types import Table
from pyarrow import parquet

from otklik.accounts.models import Body
from otklik.analytics.columns import COLUMNS, HOURS, STATE_CLASSES
from otklik.analytics.lake.expressions import counted, waited
from otklik.analytics.measures import MEASURES
from otklik.analytics.selectors import hours, sums
from otklik.analytics.services import rebuild
from otklik.cases.models import Case
from otklik.channels.models import Channel
from otklik.common.models import Municipality
from otklik.common.period import Period
from otklik.config.cli.lake import command
from otklik.places.models import Settlement
from otklik.topics.models import Block, Topic
from tests.analytics.living import NOW, live
from tests.town import Town, build_town

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def lake(db: None, tmp_path: Path) -> Path:
    town = build_town()
    live(town, 15)
    rebuild(town.municipality, now=NOW)
    done = CliRunner().invoke(command, ["export", "--out", str(tmp_path)], catch_exceptions=False)
    assert "строк" in done.stdout
    return tmp_path


def read(backend: ibis.BaseBackend, lake: Path, name: str) -> Table:
    return backend.read_parquet(str(lake / name / "*" / "*" / "*.parquet"))


def same_everywhere(backend: ibis.BaseBackend, lake: Path, town: Town) -> None:
    """Whole and by channel, each measure of the catalogue."""
    own, catalogue = [town.municipality.pk], list(MEASURES.values())
    facts, steps = read(backend, lake, "facts"), read(backend, lake, "hours")
    for by in ((), ("channel",), ("month",)):
        if by == ("month",):
            facts, steps = (one.mutate(month=one.day.truncate("M").cast("date")) for one in (facts, steps))
        told = rows_of(counted(facts, catalogue, by), by)
        slow = rows_of(waited(steps, catalogue, by), by)
        said = sums(own, YEAR, by)
        histograms = {what: hours(own, YEAR, what, by) for what in HOURS}
        assert told.keys() == said.keys()
        for cut, figures in said.items():
            by_name = {what: found[cut] for what, found in histograms.items() if cut in found}
            for one in catalogue:
                if one.unit == "на 1000":
                    continue
                number = one.of(figures, by_name).number
                lake_row = slow.get(cut, {}) if one.waited else told[cut]
                assert lake_row.get(one.key) == (None if number is None else pytest.approx(number)), (
                    cut,
                    one.key,
                )


def rows_of(table: Table, by: tuple[str, ...]) -> dict[tuple[object, ...], dict[str, object]]:
    return {tuple(row[name] for name in by): row for row in table.to_pyarrow().to_pylist()}


def test_it_counts_every_measure_in_the_lake_as_in_the_database(lake: Path) -> None:
    same_everywhere(ibis.duckdb.connect(), lake, Town(Case.objects.all()[0].municipality))


CUTS = {"channel", "kind", "topic", "body", "region", "municipality", "day"}
LEAVES = {
    "facts": CUTS | {"block", "settlement", "state_class", *COLUMNS},
    "hours": CUTS | {"what", "hours", "count"},
}
"""Every column of the lake: a new one is thought of before it leaves."""


def test_it_lets_nothing_of_a_case_or_a_person_out(lake: Path) -> None:
    for name, columns in LEAVES.items():
        for path in (lake / name).rglob("*.parquet"):
            assert set(parquet.read_schema(path).names) == columns
    told = {
        str(value)
        for name in LEAVES
        for row in read(ibis.duckdb.connect(), lake, name).to_pyarrow().to_pylist()
        for value in row.values()
        if isinstance(value, str)
    }
    known = {
        "",
        *STATE_CLASSES,
        *HOURS,
        "appeal",
        "message",
        *(path.name for path in lake.glob("*/*/month=*")),
    }
    for model, word in (
        (Channel, "key"),
        (Topic, "key"),
        (Block, "key"),
        (Body, "key"),
        (Settlement, "name"),
    ):
        known |= set(model._default_manager.values_list(word, flat=True))
    known |= {key for town in Municipality.objects.all() for key in (town.key, town.oktmo[:2])}
    assert {word.removeprefix("month=") for word in known} >= told


def test_it_lays_files_by_region_and_month(lake: Path) -> None:
    town = Municipality.objects.get(key="borovichi")
    folders = {path.parent.relative_to(lake) for path in lake.rglob("*.parquet")}
    assert {(*path.parts[:2],) for path in folders} == {(name, f"region={town.oktmo[:2]}") for name in LEAVES}
    for folder in folders:
        months = {
            str(day)[:7] for day in parquet.read_table(lake / folder / "borovichi.parquet")["day"].to_pylist()
        }
        assert months <= {folder.name.removeprefix("month=")}


def test_it_replaces_files_of_its_own_and_keeps_the_days_asked_for(lake: Path) -> None:
    before = {path: path.stat().st_size for path in lake.rglob("*.parquet")}
    words = ["export", "--out", str(lake), "--since", "2026-10-01", "--until", "2026-10-31"]
    CliRunner().invoke(command, words, catch_exceptions=False)
    assert set(lake.rglob("*.parquet")) == set(before)
    wrong = CliRunner().invoke(command, [*words[:3], "--since", "2026-10-02", "--until", "2026-10-01"])
    assert wrong.exit_code != 0


def test_it_stays_out_of_the_processes_that_answer_pages() -> None:
    words = (
        "import sys, django; django.setup(); import otklik.config.urls;"
        "print({'ibis', 'duckdb', 'pyarrow', 'pandas'} & sys.modules.keys())"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "otklik.config.settings"}
    said = subprocess.run(
        [sys.executable, "-c", words], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "set()"


def lacks_for_spark() -> str:
    """What the machine has not; empty when everything is there."""
    lacks = []
    if find_spec("pyspark") is None:
        lacks.append("пакета pyspark (ставит make test-slow по requirements/spark.txt)")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        lacks.append("Java 17 (пакет openjdk-17-jre-headless)")
    return " и ".join(lacks)


@pytest.mark.slow
def test_it_counts_the_same_on_a_spark_cluster(lake: Path) -> None:
    if lacks := lacks_for_spark():
        pytest.skip(f"Счёт на Spark не испытан: нет {lacks}.")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "4",
        "spark.driver.host": "127.0.0.1",
    }
    session = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    try:
        same_everywhere(ibis.pyspark.connect(session), lake, Town(Case.objects.all()[0].municipality))
    finally:
        session.stop()
