"""The chain finds an edited, removed or swapped row, whoever did it."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from otklik.audit.models import JournalEntry
from otklik.audit.selectors import sentences
from otklik.audit.services import record, verify_journal
from otklik.common.models import Municipality
from otklik.common.scope import within
from tests.fixtures.database import TestServer


@pytest.fixture
def town(committed: str) -> Iterator[Municipality]:
    town = Municipality.objects.create(
        key="ozersk", name="Озёрск", short_name="Озёрск", region="Озёрный край"
    )
    with within(town.pk):
        for number in range(5):
            record(town, "cases.registered", None, town, why=f"причина {number}")
    yield town


def as_owner(server: TestServer, name: str, *statements: str) -> None:
    with psycopg.connect(server.owner_url(name)) as owner:
        owner.execute("ALTER TABLE audit_journalentry DISABLE TRIGGER journal_append_only")
        for statement in statements:
            owner.execute(statement.encode())


def breaks(town: Municipality) -> list[str]:
    with within(town.pk):
        return [one.words for one in verify_journal(town)]


def test_a_sound_chain_has_no_breaks(town: Municipality) -> None:
    assert breaks(town) == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE audit_journalentry SET why = 'другая' WHERE number = 3", "изменено"),
        ("UPDATE audit_journalentry SET at = at + interval '1 day' WHERE number = 3", "изменено"),
        ("DELETE FROM audit_journalentry WHERE number = 3", "удалены"),
        ("DELETE FROM audit_journalentry WHERE number = 5", "не сходится"),
        (
            "UPDATE audit_journalentry SET number = CASE number WHEN 2 THEN 1003 ELSE 1002 END WHERE number IN (2, 3);"
            "UPDATE audit_journalentry SET number = number - 1000 WHERE number > 1000",
            "не продолжает",
        ),
    ],
)
def test_it_finds_what_the_owner_changed(
    town: Municipality, test_server: TestServer, committed: str, statement: str, words: str
) -> None:
    as_owner(test_server, committed, *statement.split(";"))
    assert any(words in one for one in breaks(town))


def test_the_application_can_neither_edit_nor_remove(town: Municipality) -> None:
    for statement in ("UPDATE audit_journalentry SET why = ''", "DELETE FROM audit_journalentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with within(town.pk):
        assert JournalEntry.objects.count() == 5


@pytest.mark.django_db
def test_every_code_has_a_sentence() -> None:
    assert all(words and words[0].islower() for words in sentences().values())
