"""Personal data ends by its term: the person, the words, the letters and the files; the case and figures stay."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from otklik.audit.models import JournalEntry
from otklik.audit.services import verify_journal
from otklik.cases import services
from otklik.cases.forget import ERASED, erase_old, shown_of
from otklik.cases.models import Answer, Applicant, Case, CaseFile, CaseText
from otklik.channels.files import path_of, store_file
from otklik.channels.models import Outgoing, RawMessage
from tests.town import Town, build_town

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-10-20T09:00:00+03:00")
TEXT = (
    "Меня зовут Сидорова Анна Петровна, телефон 8 900 123-45-67. На улице Гагарина, 12 яма. Когда заделаете?"
)
ANSWER = "Сидорова Анна Петровна, яму у дома 12 заделали 20.10.2026."


@pytest.fixture
def town(settings: Settings, tmp_path: Path) -> Town:
    settings.MEDIA_ROOT = tmp_path
    return build_town()


def after(years: int) -> datetime:
    """A moment past the term of what is changed today."""
    return timezone.now() + timedelta(days=365 * years + 2)


def closed_case(town: Town, kind: str = "web_form") -> Case:
    case = town.case(TEXT, kind, NOW, author="Сидорова Анна Петровна", email="anna@example.org")
    case = services.assign_case(case, town.bodies[0], town.vera, NOW, "разобрано")
    services.take_case(case, town.boris, NOW)
    services.save_draft(case, ANSWER, "solved", None, 0, town.boris)
    services.submit_answer(case, town.boris, NOW)
    services.approve_answer(case, town.vera, NOW)
    services.sign_answer(case, town.vera, NOW)
    case.refresh_from_db()
    if case.state == "placing":
        services.mark_placed(case, "https://example.org/1", town.vera, NOW)
    case = services.close_case(case, town.vera, NOW)
    Outgoing.objects.update(state="sent", sent_at=NOW)
    return case


def test_it_erases_the_person_everywhere_and_keeps_the_case(
    town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    case = closed_case(town)
    stored = store_file("Сидорова".encode(), "паспорт.txt", town.municipality)
    CaseFile.objects.create(municipality=town.municipality, case=case, file=stored)
    path = path_of(stored)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_old(town.municipality, after(5)) == 1
    texts = [
        *CaseText.objects.values_list("text", flat=True),
        *Answer.objects.values_list("text", flat=True),
        *Outgoing.objects.values_list("body", flat=True),
        *(str(payload) for payload in RawMessage.objects.values_list("payload", flat=True)),
        *(str(row) for row in Applicant.objects.values_list("name", "phone", "email", "address")),
    ]
    assert not [text for text in texts if "Сидоров" in text or "anna@" in text or "123-45-67" in text]
    assert not path.exists()
    case.refresh_from_db()
    assert case.state == "closed"
    assert case.terms.exists() and case.moves.exists()
    assert list(shown_of(case).values()) == [ERASED]


def test_it_leaves_a_register_of_deletions_and_touches_nothing_twice(town: Town) -> None:
    case, later = closed_case(town), after(5)
    assert erase_old(town.municipality, later) == 1
    assert erase_old(town.municipality, later) == 0
    entry = JournalEntry.objects.get(code="cases.erased")
    assert (entry.thing_id, entry.why) == (str(case.pk), "истёк срок хранения")
    assert verify_journal(town.municipality) == []


def test_it_keeps_social_networks_shorter_and_open_cases_for_ever(town: Town) -> None:
    ordinary, social = closed_case(town), closed_case(town, "incident")
    town.case("На улице Ленина не горит фонарь.", "incident", NOW)
    assert erase_old(town.municipality, after(3)) == 1
    assert CaseText.objects.get(case=social).text == ERASED
    assert CaseText.objects.get(case=ordinary).text != ERASED
